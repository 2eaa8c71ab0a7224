import Foundation
import RefitTesting
import Testing

/// Where `--report` puts its page, and where it refuses to.
@Suite struct ReportFileTests {
  private let scratch: ScratchDirectory

  init() throws {
    scratch = try ScratchDirectory("refit-report")
    try scratch.write("x\n1\n2\n", to: "a.csv")
  }

  private func report(_ path: String) throws -> Command {
    try Command.run(
      try Products.path("refit"), ["profile", "a.csv", "a.csv", "--report", path], in: scratch.path)
  }

  private func mode(_ name: String) throws -> Int? {
    try FileManager.default.attributesOfItem(atPath: scratch.path(name))[.posixPermissions] as? Int
  }

  @Test func `only a file is replaced, and nothing is lost beside it`() throws {
    try scratch.write("precious", to: "page.html.new")
    try scratch.write("former", to: "page.html")
    #expect(chmod(scratch.path("page.html"), 0o640) == 0)
    let before = try FileManager.default.contentsOfDirectory(atPath: scratch.path).count
    #expect(try report("page.html").status == 0)
    #expect(try scratch.read("page.html").hasPrefix("<!DOCTYPE html>"))
    #expect(try scratch.read("page.html.new") == "precious")
    #expect(try mode("page.html") == 0o640)
    #expect(try FileManager.default.contentsOfDirectory(atPath: scratch.path).count == before)
  }

  @Test func `a link is followed`() throws {
    try scratch.write("former", to: "there.html")
    #expect(symlink("there.html", scratch.path("page.html")) == 0)
    #expect(try report("page.html").status == 0)
    #expect(
      try FileManager.default.destinationOfSymbolicLink(atPath: scratch.path("page.html")) == "there.html")
    #expect(try scratch.read("there.html").hasPrefix("<!DOCTYPE html>"))
  }

  @Test(arguments: [
    ("", "--report needs the path of a file"),
    (".", "--report needs the path of a file, and . is a directory"),
    ("dangling", "--report needs the path of a file, and dangling is a link to none"),
    ("pipe", "--report needs the path of a file, and pipe is no regular file"),
    ("/dev/null", "--report needs the path of a file, and /dev/null is no regular file"),
    (
      "nowhere/page.html",
      "--report can't be written to nowhere/page.html: nowhere/: No such file or directory"
    ),
    ("a.csv", "--report would replace a.csv, which is to be read"),
  ])
  func `what is no file is refused before anything is computed`(path: String, reason: String) throws {
    #expect(mkfifo(scratch.path("pipe"), 0o600) == 0 && symlink("gone.html", scratch.path("dangling")) == 0)
    let command = try report(path)
    #expect(command.status == 64)
    #expect(command.output.isEmpty)
    #expect(command.errors.contains(reason), "\(command.errors)")
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: scratch.path).sorted() == [
        "a.csv", "dangling", "pipe",
      ])
    #expect(try scratch.read("a.csv") == "x\n1\n2\n")
  }

  @Test func `a page that can't be written leaves the answer, and nothing else`() throws {
    let name = String(repeating: "p", count: 300)
    let command = try report(name)
    #expect(command.status == 70)
    #expect(command.output.contains("1 column compared"))
    #expect(command.errors.contains("\(name): can't be replaced: File name too long"), "\(command.errors)")
    #expect(try FileManager.default.contentsOfDirectory(atPath: scratch.path) == ["a.csv"])
  }
}
