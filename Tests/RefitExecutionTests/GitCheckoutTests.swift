import Glibc
import RefitCore
import Testing

@testable import RefitExecution

@Suite("The state of the code that jobs run from")
struct GitCheckoutTests {
  private let files = TemporaryDirectory()

  private func git(_ arguments: String) {
    run(
      "/bin/sh", "-c",
      "cd '\(files.path)' && git -c user.name=a -c user.email=a@b \(arguments) >/dev/null 2>&1")
  }

  private func commit() {
    git("init -q")
    files.write("one\n", to: "code")
    git("add code && git -c user.name=a -c user.email=a@b commit -q -m one")
  }

  private func diff(_ code: [String] = ["jobs"]) throws -> String? {
    let checkout = try #require(try GitCheckout.read(at: files.path, code: code))
    return checkout.diff.map { String(decoding: $0, as: UTF8.self) }
  }

  @Test("a checkout tells its commit, and its changes only where there are any")
  func changes() throws {
    #expect(try GitCheckout.read(at: files.path, code: ["jobs"]) == nil)
    git("init -q")
    #expect(try GitCheckout.read(at: files.path, code: ["jobs"]) == nil)
    commit()
    let clean = try #require(try GitCheckout.read(at: files.path, code: ["jobs"]))
    #expect(clean.commit.count == 40)
    #expect(clean.diff == nil)
    files.write("two\n", to: "code")
    let dirty = try #require(try GitCheckout.read(at: files.path, code: ["jobs"]))
    #expect(dirty.commit == clean.commit)
    #expect(try diff()?.contains("-one\n+two\n") == true)
  }

  @Test("an untracked script is a change, and its text is recorded so that git can make it again")
  func untracked() throws {
    commit()
    files.write("print(1)\n", to: "jobs/my train.py")
    files.write([0, 1, 2, 255], to: "jobs/deep/table.bin")
    files.write("", to: "jobs/empty")
    let text = try #require(try diff())
    #expect(text.contains("+print(1)\n"))
    files.write(Array(text.utf8), to: "changes.patch")
    git("clone -q . copy && git -C copy apply ../changes.patch")
    #expect(try FileBytes.read(files.path("copy/jobs/my train.py"), limit: 99) == Array("print(1)\n".utf8))
    #expect(try FileBytes.read(files.path("copy/jobs/deep/table.bin"), limit: 99) == [0, 1, 2, 255])
    #expect(FileBytes.exists(files.path("copy/jobs/empty")))
  }

  @Test("what git ignores, and what lies beside the code, is no change of it")
  func elsewhere() throws {
    commit()
    files.write("*.pyc\n", to: ".git/info/exclude")
    files.write("x", to: "jobs/a.pyc")
    files.write("x", to: "data/a.csv")
    files.write("x", to: "state/refit.db")
    #expect(try diff() == nil)
    #expect(try diff(["."]) != nil)
    #expect(try diff(["."])?.contains("state/") == false)
    #expect(try diff(["jobs", "train.py"]) == nil)
    files.write("x", to: "module.py")
    #expect(try diff(["train.py"])?.contains("module.py") == true)
    #expect(try diff(["train.py"])?.contains("a.csv") == false)
  }

  @Test("an untracked file that is too large, or no file, is named: the tree is not clean")
  func omitted() throws {
    commit()
    files.write([UInt8](repeating: 7, count: (1 << 20) + 1), to: "jobs/large")
    mkdir(files.path("jobs"), 0o755)
    symlink("/etc/passwd", files.path("jobs/link"))
    #expect(
      try diff() == "untracked, and not recorded: jobs/large\nuntracked, and not recorded: jobs/link\n")
  }

  @Test("where git can't tell whether the tree is clean, that is an error")
  func unknown() throws {
    commit()
    files.write("no index", to: ".git/index")
    #expect {
      try GitCheckout.read(at: files.path, code: ["jobs"])
    } throws: { "\($0)".contains("'git diff' fails in \(files.path)") }
  }

  @Test("another user's checkout is read too", .enabled(if: getuid() == 0))
  func owner() throws {
    commit()
    run("/bin/chown", "-R", "65534:65534", files.path)
    #expect(try GitCheckout.read(at: files.path, code: ["jobs"])?.diff == nil)
    #expect(try GitCheckout.read(at: files.path, code: ["jobs"])?.commit.count == 40)
  }
}
