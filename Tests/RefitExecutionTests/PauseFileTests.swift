import Foundation
import RefitExecution
import RefitTesting
import Testing

/// Whatever lies at `state/PAUSED` pauses, and nothing of it is waited for.
@Suite struct PauseFileTests {
  private let scratch: ScratchDirectory
  private let project: ProjectDirectory

  init() throws {
    scratch = try ScratchDirectory("refit-pause")
    try scratch.makeDirectory("state")
    project = ProjectDirectory(root: scratch.path)
  }

  private var reason: String? { PauseFile.read(project)?.because }

  @Test func withoutAFileNothingIsPaused() throws {
    #expect(PauseFile.read(project) == nil)
    try FileManager.default.removeItem(atPath: project.state)
    #expect(PauseFile.read(project) == nil)
  }

  @Test func itsTextIsTheReasonAndItsOwnerTheActor() throws {
    try scratch.write("  year-end close,\n\u{1B}[31mask ada\u{0}\n", to: "state/PAUSED")
    let pause = try #require(PauseFile.read(project))
    #expect(pause.because == "year-end close, [31mask ada")
    #expect(pause.actor == NSUserName())
    #expect(pause.origin == .file)
    #expect(pause.model == nil)
  }

  @Test func anEmptyFilePausesToo() throws {
    try scratch.write("", to: "state/PAUSED")
    #expect(reason == "it gives no reason")
  }

  @Test func aPipeIsNotWaitedFor() throws {
    #expect(mkfifo(project.pauseFile, 0o644) == 0)
    #expect(reason == "it is no regular file, and gives no reason")
  }

  @Test func aDirectoryPauses() throws {
    try scratch.makeDirectory("state/PAUSED")
    #expect(reason == "it is a directory, and gives no reason")
  }

  @Test func aLinkThatLeadsNowherePauses() throws {
    #expect(symlink("nowhere", project.pauseFile) == 0)
    #expect(reason == "it is a link that leads nowhere")
  }

  @Test func anEndlessFileIsReadAtItsBeginning() throws {
    try scratch.write("", to: "state/PAUSED")
    #expect(truncate(project.pauseFile, 1 << 40) == 0)
    #expect(reason == "it gives no reason")
    try scratch.write(String(repeating: "long ", count: 100_000), to: "state/PAUSED")
    #expect(reason?.count == 200)
  }

  @Test func whatIsNoTextIsRepaired() throws {
    try scratch.write([0xFF, 0xFE, UInt8(ascii: "x")], to: "state/PAUSED")
    #expect(reason == "\u{FFFD}\u{FFFD}x")
  }
}
