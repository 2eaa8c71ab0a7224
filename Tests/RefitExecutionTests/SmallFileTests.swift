import Glibc
import RefitCore
import Testing

@testable import RefitExecution

@Suite("Small files, hashes and what else lies in a project")
struct SmallFileTests {
  private let files = TemporaryDirectory()
  private var project: ProjectDirectory { ProjectDirectory(root: files.path) }

  @Test("a file is replaced as a whole, and nothing of the making stays")
  func write() throws {
    let path = files.path("state")
    try FileBytes.write(Array("one, at length".utf8), to: path)
    try FileBytes.write(Array("two".utf8), to: path, mode: 0o600)
    #expect(try FileBytes.read(path, limit: 3) == Array("two".utf8))
    #expect(try FileBytes.names(in: files.path) == ["state"])
    try FileBytes.write([], to: path)
    #expect(try FileBytes.read(path, limit: 0).isEmpty)
  }

  @Test("what is no regular file, not there or too large is refused at once, never waited for")
  func read() {
    mkfifo(files.path("pipe"), 0o600)
    files.write("four", to: "file")
    #expect { try FileBytes.read(files.path("pipe"), limit: 9) } throws: {
      "\($0)" == "\(files.path("pipe")): is not a regular file"
    }
    #expect { try FileBytes.read(files.path, limit: 9) } throws: {
      "\($0)".hasSuffix("is not a regular file")
    }
    #expect { try FileBytes.read(files.path("none"), limit: 9) } throws: {
      ($0 as? FileBytes.Failure)?.isMissing == true
    }
    #expect { try FileBytes.read(files.path("file"), limit: 3) } throws: {
      "\($0)".hasSuffix("is larger than 3 bytes")
    }
  }

  @Test("directories are made with those above them; one that is there is fine, a file in the way is not")
  func directories() throws {
    try FileBytes.makeDirectory(files.path("a/b/c"))
    try FileBytes.makeDirectory(files.path("a/b/c"))
    #expect(FileBytes.isDirectory(files.path("a/b/c")))
    try FileBytes.makeDurableDirectory(files.path("d/e/f"))
    try FileBytes.makeDurableDirectory(files.path("d/e/f"))
    #expect(FileBytes.isDirectory(files.path("d/e/f")))
    files.write("", to: "file")
    #expect(throws: FileBytes.Failure.self) { try FileBytes.makeDirectory(files.path("file/x")) }
    #expect(throws: FileBytes.Failure.self) { try FileBytes.makeDurableDirectory(files.path("file/x")) }
    symlink(files.path("file"), files.path("link"))
    #expect(FileBytes.isRegularFile(files.path("file")))
    #expect(!FileBytes.isRegularFile(files.path("link")))
  }

  @Test(
    "a hash is the SHA-256 that sha256sum gives, of a prefix too",
    arguments: [0, 1, 262_143, 262_144, 700_001])
  func digest(size: Int) throws {
    let path = files.write((0..<size).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ $0 >> 8) }, to: "file")
    let artifact = try FileDigest.artifact(at: path)
    #expect(artifact.digest.hex == String(run("/usr/bin/sha256sum", path).prefix(64)))
    #expect(artifact.bytes == Int64(size))
    let part = Int64(size) / 3
    run("/bin/sh", "-c", "head -c \(part) '\(path)' > '\(path).head'")
    #expect(
      try FileDigest.artifact(at: path, prefix: part).digest == FileDigest.artifact(at: path + ".head").digest
    )
  }

  @Test("progress is what the newest whole line says, with the course of each metric")
  func progress() {
    let path = files.write(
      """
      {"done": 1, "total": 4, "metrics": {"loss": 0.5}}
      not a line of it
      {"done": 2, "total": 4, "note": "epoch 2", "metrics": {"loss": 0.25, "auc": 0.7}}
      {"done": "3"}
      {"done": 3, "to
      """, to: "progress")
    let progress = JobProgress.read(path)
    #expect(
      progress
        == JobProgress(done: 2, total: 4, note: "epoch 2", metrics: ["loss": [0.5, 0.25], "auc": [0.7]]))
    let epochs = (1...20_000).map { "{\"done\": \($0), \"total\": 20000, \"metrics\": {\"loss\": 0.5}}\n" }
    let long = files.write(epochs.joined(), to: "long")
    #expect(JobProgress.read(long)?.done == 20_000)
    #expect(JobProgress.read(files.path("none")) == nil)
    #expect(JobProgress.read(files.write("{\"done\":", to: "half")) == nil)
  }

  @Test("paths of the project are relative within it and absolute for the system")
  func paths() {
    let project = ProjectDirectory(root: "/p")
    #expect(project.relative("/p/data/a.csv") == "data/a.csv")
    #expect(project.relative("/pq/a.csv") == "/pq/a.csv")
    #expect(project.absolute("data/a.csv") == "/p/data/a.csv")
    #expect(project.absolute("/elsewhere/a.csv") == "/elsewhere/a.csv")
    let run = RunID(model: Name("loans")!, number: 3)
    let key = Attempt.Key(job: Name("score")!, subject: .champion, number: 1)
    #expect(project.attempt(key, of: run) == "/p/state/runs/loans/3/score/champion-1")
    let own = Attempt.Key(job: Name("score")!, subject: .candidate, number: 1)
    #expect(project.attempt(own, of: run) == "/p/state/runs/loans/3/score/1")
  }

  @Test("a glob gives the files that are there, in order of name")
  func glob() {
    for name in ["data/b.csv", "data/a.csv", "data/c.txt"] { files.write("", to: name) }
    #expect(project.files(matching: "data/*.csv") == [files.path("data/a.csv"), files.path("data/b.csv")])
    #expect(project.files(matching: "data/c.txt") == [files.path("data/c.txt")])
    #expect(project.files(matching: "data/*.parquet").isEmpty)
  }

  @Test(
    "what looks like a glob in the project's own path is none", arguments: ["br[1]*q", "a?b", #"a\b"#, "[x"])
  func globInTheRoot(name: String) {
    let file = files.write("", to: "\(name)/data/a.csv")
    files.write("", to: "br1q/data/b.csv")
    let project = ProjectDirectory(root: files.path(name))
    #expect(project.files(matching: "data/*.csv") == [file])
    #expect(project.files(matching: "data/a.csv") == [file])
    #expect(project.files(matching: "da[st]a/a.csv") == [file])
  }
}
