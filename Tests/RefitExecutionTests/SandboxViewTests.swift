import Glibc
import RefitCore
import Testing

@testable import RefitExecution

@Suite("What a job sees of the files")
struct SandboxViewTests {
  private var project = ExecutionProject()
  private var workspace: AttemptWorkspace {
    AttemptWorkspace(project: project.directory, vault: project.vault)
  }
  private var root: String { project.files.path }

  init() {
    project.files.write("loan,at,bad\nA,t,0\nB,t,1\n", to: "labels/1.csv")
    project.files.write("loan,at,bad\nC,t,0\n", to: "labels/2.csv")
  }

  private func withheld(_ ids: String...) throws -> Digest {
    try project.vault.seal(bytes: Array((["id"] + ids).joined(separator: "\n").utf8)).digest
  }

  /// Prepares the attempt as a launch does, and asks for its view.
  private func view(
    _ name: String, sandbox: Job.Sandbox = .auto, _ inputs: AttemptWorkspace.Inputs
  ) throws -> SandboxView? {
    var job = try #require(project.model.pipeline[Name(name)!])
    job.sandbox = sandbox
    let attempt = project.attempt(name)
    FileBytesMaker.make(project.directory.attempt(attempt.key, of: project.run().id))
    return try workspace.view(of: attempt, job: job, run: project.run(), inputs: inputs)
  }

  private enum FileBytesMaker {
    static func make(_ path: String) {
      do { try FileBytes.makeDirectory(path) } catch { Issue.record("\(error)") }
    }
  }

  private func scoring() throws -> AttemptWorkspace.Inputs {
    let version = Version(
      id: VersionID(model: project.model.name, number: 4), run: project.run().id, model: try withheld("m"),
      code: nil, codePath: nil, score: project.model.pipeline.score, training: nil, trainingID: nil,
      interval: project.run().interval, sealedAt: project.run().openedAt, parameters: nil, metrics: nil)
    return .scoring(version, holdout: try withheld("h"))
  }

  private func read(_ path: String) throws -> String {
    String(decoding: try FileBytes.read(path, limit: 1 << 20), as: UTF8.self)
  }

  @Test("of the state it sees its input, output and progress, and can write to the last two")
  func own() throws {
    let view = try #require(try view("train", .outputs([:], withheld: nil)))
    let attempt = "\(root)/state/runs/loans/3/train/2"
    #expect(!view.isRequired)
    #expect(view.temporary == "\(root)/state/tmp")
    #expect(view.readOnly == [root])
    #expect(view.emptied == ["\(root)/state"])
    #expect(view.shown == ["\(attempt)/input"])
    #expect(view.writable == ["\(attempt)/output", "\(attempt)/progress"])
    #expect(try FileBytes.read("\(attempt)/progress", limit: 1) == [])
    #expect(view.masked == [] && view.covered == [])
  }

  @Test("a job that wants none has none, and one that requires it says so")
  func settings() throws {
    #expect(try view("train", sandbox: .none, .outputs([:], withheld: nil)) == nil)
    #expect(try view("train", sandbox: .required, .outputs([:], withheld: nil))?.isRequired == true)
  }

  @Test(
    "a train job finds the feedback without the rows that are withheld; a file without any stays as it is")
  func train() throws {
    let inputs = AttemptWorkspace.Inputs.outputs([:], withheld: try withheld("B", "Z"))
    let first = try #require(try view("train", inputs))
    #expect(first.covered.map(\.file) == ["\(root)/labels/1.csv"])
    #expect(try read(first.covered[0].replacement) == "loan,at,bad\nA,t,0\n")
    #expect(first.covered[0].replacement.hasPrefix("\(root)/state/runs/loans/3/"))
    // Once made, it serves every attempt of the run.
    #expect(try view("train", inputs) == first)
  }

  @Test("feedback that has changed is looked through again")
  func changedFeedback() throws {
    let inputs = AttemptWorkspace.Inputs.outputs([:], withheld: try withheld("B", "C"))
    #expect(try view("train", inputs)?.covered.count == 2)
    project.files.write("loan,at,bad\nC,t,0\nD,t,1\n", to: "labels/2.csv")
    let covers = try #require(try view("train", inputs)).covered
    #expect(try covers.map { try read($0.replacement) } == ["loan,at,bad\nA,t,0\n", "loan,at,bad\nD,t,1\n"])
  }

  @Test("what was made for a run goes with its end")
  func cleared() throws {
    let view = try view("train", .outputs([:], withheld: try withheld("B")))
    let copy = try #require(view?.covered.first?.replacement)
    try workspace.clear(project.run())
    #expect(!FileBytes.exists(copy))
    #expect(try FileBytes.names(in: "\(root)/state/runs/loans/3") == ["train"])
    try workspace.clear(project.run())
  }

  @Test("feedback that is no table fails the attempt with its place")
  func brokenFeedback() throws {
    project.files.write("loan,at,bad\nC,t\n", to: "labels/2.csv")
    let error = try #require(throws: DataError.self) {
      try view("train", .outputs([:], withheld: try withheld("B")))
    }
    #expect("\(error)".contains("labels/2.csv:2"))
  }

  @Test("a score job sees no feedback at all: not the folder, or else not the files")
  func score() throws {
    let whole = try #require(try view("score", scoring()))
    #expect(whole.masked == ["\(root)/labels"])
    #expect(whole.covered == [])
    #expect(
      whole.shown.map { String($0.dropFirst(root.count)) } == [
        "/state/runs/loans/3/score/2/input", "/state/runs/loans/3/score/2/work",
      ])
    project.files.write("other", to: "labels/notes.txt")
    let files = try #require(try view("score", scoring()))
    #expect(files.masked == ["\(root)/labels/1.csv", "\(root)/labels/2.csv"])
  }

  @Test("the file of a fixed holdout is hidden from every job")
  func fixedHoldout() throws {
    var test = self
    test.project.model.holdout = Holdout(origin: .path("holdout.csv"))
    let train = try #require(try test.view("train", .outputs([:], withheld: try withheld("B"))))
    #expect(train.masked == ["\(root)/holdout.csv"])
    let score = try #require(try test.view("score", test.scoring()))
    #expect(score.masked == ["\(root)/holdout.csv", "\(root)/labels"])
  }
}
