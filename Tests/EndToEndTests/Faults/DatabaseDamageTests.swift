import Foundation
import RefitTesting
import Testing

/// A database that is not what it should be is refused with a sentence that helps, and kept as it is.
@Suite struct DatabaseDamageTests {
  struct Damage: CustomTestStringConvertible, Sendable {
    let name: String
    /// A shell script in `state/`.
    let script: String
    let sentence: String
    var testDescription: String { name }
  }

  static let damages = [
    Damage(
      name: "its header is overwritten",
      script: "printf 'not a database, at all' | dd of=refit.db conv=notrunc",
      sentence: "refit.db is damaged"),
    Damage(
      name: "its first page is zeros", script: "dd if=/dev/zero of=refit.db bs=4096 count=1 conv=notrunc",
      sentence: "refit.db is damaged"),
    Damage(
      name: "its schema is noise",
      script: "head -c 3000 /dev/urandom | dd of=refit.db bs=1 seek=108 conv=notrunc",
      sentence: "refit.db is damaged"),
    Damage(
      name: "it is cut in half", script: "truncate -s $(( $(stat -c %s refit.db) / 2 )) refit.db",
      sentence: "refit.db is damaged"),
    Damage(
      name: "it is cut after its header", script: "truncate -s 100 refit.db", sentence: "refit.db is damaged"),
    Damage(name: "it is empty", script: ": > refit.db", sentence: "refit.db is empty, but"),
    Damage(name: "it is gone", script: "rm refit.db", sentence: "refit.db is not there, but"),
    Damage(name: "it is a text", script: "seq 9999 > refit.db", sentence: "refit.db is damaged"),
    Damage(
      name: "it is another program's",
      script:
        "rm refit.db; python3 -c \"import sqlite3; sqlite3.connect('refit.db').execute('create table t(x)')\"",
      sentence: "is not a database of Refit; move it away"),
    Damage(
      name: "a newer Refit wrote it",
      script: "python3 -c \"import sqlite3; sqlite3.connect('refit.db').execute('pragma user_version=99')\"",
      sentence: "was written by a newer Refit (schema 99"),
    Damage(name: "a directory is in its place", script: "rm refit.db; mkdir refit.db", sentence: "refit.db"),
    Damage(name: "a FIFO is in its place", script: "rm refit.db; mkfifo refit.db", sentence: "refit.db"),
    Damage(
      name: "a device is in its place", script: "rm refit.db; ln -s /dev/full refit.db", sentence: "refit.db"),
    Damage(
      name: "a link that leads nowhere is in its place", script: "rm refit.db; ln -s nowhere/at/all refit.db",
      sentence: "refit.db"),
  ]

  @Test(arguments: damages)
  func `a damaged database is refused, and left as it is`(_ damage: Damage) throws {
    let project = try ProjectCopy(of: Self.served.path())
    let state = project.scratch.path("state")
    let done = try Command.run("/bin/sh", ["-ec", damage.script], in: state)
    try #require(done.status == 0, "\(done.errors)")
    let before = try Self.listing(of: state)
    for command in [
      ["tick", "--now", TestProject.time(17)], ["retrain", "loans", "--because", "x"],
      ["rollback", "loans", "--because", "x"],
    ] {
      let refused = try project.refit(command)
      #expect(refused.status == 70, "\(command): \(refused)")
      #expect(refused.errors.contains(damage.sentence), "\(command): \(refused)")
    }
    for command in [["status"], ["lineage", "loans"], ["audit", "verify"]] {
      let answer = try project.refit(command)
      #expect([1, 70].contains(answer.status), "\(command): \(answer)")
    }
    #expect(try Self.listing(of: state) == before, "what was there is as it was")
    #expect(project.scratch.exists("state/models/loans/champion/weight"), "what serves goes on serving")

    // A backup in its place, and all is as before.
    _ = try Command.run(
      "/bin/sh", ["-ec", "rm -rf refit.db*; cp '\(try Self.served.path())/state/refit.db' ."], in: state)
    #expect(try project.refit(["tick", "--now", TestProject.time(17)]).status == 0)
    #expect(try project.refit(["audit", "verify"]).status == 0)
  }

  /// A project with a champion. Its database is closed: there is no log beside it.
  private static let served = SharedProject {
    let project = try TestProject()
    try project.live(0...14, truth: 1.5, version: nil, rows: 30)
    try project.tick(16)
    try project.refit("retrain", "loans", "--because", "first", "--wait")
    return project
  }

  /// What the database's files are, and the digests of those that are files.
  private static func listing(of state: String) throws -> String {
    try Command.run(
      "/bin/sh",
      [
        "-c",
        "ls -ld refit.db | cut -c1-10; test ! -f refit.db || sha256sum < refit.db; ls | grep -v -e lock -e wake -e clock -e refit.db-",
      ],
      in: state
    ).output
  }

  @Test func `a page that is damaged in the middle is found, and nothing is written after it`() throws {
    let project = try ProjectCopy(of: Self.served.path())
    let database = project.scratch.path("state/refit.db")
    let pages = try #require(FileManager.default.contents(atPath: database)).count / 4096
    var found = 0
    let tried = stride(from: 1, to: pages, by: 4).map { $0 }
    for page in tried {
      let copy = try ProjectCopy(of: Self.served.path())
      _ = try Command.run(
        "/bin/sh",
        [
          "-ec",
          "head -c 4096 /dev/zero | tr '\\0' '\\377' | dd of=refit.db bs=4096 seek=\(page) conv=notrunc",
        ],
        in: copy.scratch.path("state"))
      let ticked = try copy.refit(["tick", "--now", TestProject.time(17), "--wait"])
      let verified = try copy.refit(["audit", "verify"])
      #expect([0, 70].contains(ticked.status), "page \(page): \(ticked)")
      #expect([0, 1, 70].contains(verified.status), "page \(page): \(verified)")
      if ticked.status != 0 || verified.status != 0 { found += 1 }
      if ticked.status == 70 {
        #expect(ticked.errors.contains("restore a backup"), "page \(page): \(ticked)")
      }
    }
    // Free pages and indexes that nothing reads are of no account.
    #expect(found > tried.count / 2, "\(found) of \(tried.count)")
  }

  @Test func `a log whose end is damaged loses that transaction as a whole, and the ledger stays intact`()
    throws
  {
    // Killed before it could empty the log into the database.
    let project = try ProjectCopy(of: Self.served.path())
    try project.refit(
      ["tick", "--now", TestProject.time(17)], environment: ["REFIT_KILL_AT": "after:record-evaluation"])
    let log = project.scratch.path("state/refit.db-wal")
    let size = try #require(FileManager.default.contents(atPath: log)).count
    try #require(size > 4096)
    for offset in stride(from: 40, to: size, by: max(1, size / 12)) {
      let copy = try ProjectCopy(of: project.path)
      _ = try Command.run(
        "/bin/sh", ["-ec", "printf '\\252\\125\\252' | dd of=refit.db-wal bs=1 seek=\(offset) conv=notrunc"],
        in: copy.scratch.path("state"))
      let next = try copy.refit(["tick", "--now", TestProject.time(17), "--wait"])
      #expect(next.status == 0, "at \(offset): \(next)")
      let verified = try copy.refit(["audit", "verify"])
      #expect(verified.status == 0, "at \(offset): \(verified)")
      let decided = try copy.refit(["audit", "log", "--kind", "occurrence-decided"])
      #expect(decided.output.contains("2026-01-18"), "the occurrence is decided again: \(decided)")
    }
  }

  @Test(
    arguments: ["writer.lock", "wake", "clock", "refit.db-wal", "vault", "models", "runs"],
    ["mkfifo \"$1\"", "mkdir \"$1\"", "ln -s ../victim \"$1\"", "ln -s nowhere \"$1\"", "echo x > \"$1\""])
  func `nothing in the place of a file of the state is waited for or written through`(
    _ name: String, _ script: String
  ) throws {
    let project = try ProjectCopy(of: Self.served.path())
    try project.scratch.write("untouched", to: "victim")
    let state = project.scratch.path("state")
    let made = try Command.run(
      "/bin/sh", ["-ec", "rm -rf former; test ! -e \"$1\" || mv \"$1\" ../former; \(script)", "sh", name],
      in: state)
    try #require(made.status == 0, "\(made)")
    for command in [
      ["tick", "--now", TestProject.time(17)], ["retrain", "loans", "--because", "x", "--wait"], ["status"],
      ["audit", "verify"],
    ] {
      let answer = try project.refit(command)
      #expect([0, 1, 2, 70].contains(answer.status), "\(command): \(answer)")
      #expect(answer.status != 70 || answer.errors.hasPrefix("refit: "), "\(command): \(answer)")
    }
    #expect(try project.scratch.read("victim") == "untouched")
    let restored = try Command.run(
      "/bin/sh", ["-ec", "rm -rf \"$1\"; test ! -e ../former || mv ../former \"$1\"", "sh", name], in: state)
    try #require(restored.status == 0, "\(restored)")
    #expect(try project.refit(["tick", "--now", TestProject.time(17), "--wait"]).status == 0)
    // What was sealed meanwhile went with the directory that stood for the vault.
    if name != "vault" { #expect(try project.refit(["audit", "verify"]).status == 0) }
  }

  @Test func `a daemon whose database is taken away says so, and goes on once it is back`() throws {
    let project = try TestProject()
    let text = try project.scratch.read("refit.yaml")
    try project.scratch.write(text.replacingOccurrences(of: "clock: simulated\n", with: ""), to: "refit.yaml")
    try project.live(0...2, truth: 1.5, version: nil, rows: 5)
    let serve = try Command.start(
      "/bin/sh",
      [
        "-c", "exec \"$0\" serve --project \"$1\" > \"$1/said\" 2> \"$1/errors\"", Products.path("refit"),
        project.path,
      ])
    defer { serve.kill(SIGKILL) }
    #expect(try eventually { try project.refit("status").status == 0 })
    let moved = try Command.run(
      "/bin/sh", ["-ec", "mkdir away; mv state/refit.db* away; touch state/wake"], in: project.path)
    try #require(moved.status == 0, "\(moved.errors)")
    #expect(try eventually { try project.scratch.read("errors").contains("refit.db is not there, but") })
    #expect(!project.scratch.exists("state/refit.db"), "nothing is begun anew")
    let back = try Command.run(
      "/bin/sh", ["-ec", "mv away/refit.db* state; touch state/wake"], in: project.path)
    try #require(back.status == 0, "\(back.errors)")
    #expect(try project.refit("retrain", "loans", "--because", "goes on").status == 0)
    #expect(try eventually { try project.runStates() == ["failed"] })
    serve.kill(SIGTERM)
    #expect(serve.wait().status == 0)
    #expect(try project.refit("audit", "verify").status == 0)
  }

  @Test func `a foreign program that holds the database is named, and nothing is written`() throws {
    let project = try ProjectCopy(of: Self.served.path())
    let holder = try Command.start(
      "/usr/bin/env",
      [
        "python3", "-c",
        "import sqlite3,sys; c=sqlite3.connect('state/refit.db',isolation_level=None); c.execute('BEGIN EXCLUSIVE'); "
          + "print('held',flush=True); open('held','w').close(); sys.stdin.read(); "
          + "import time; time.sleep(60)",
      ], in: project.path)
    defer { holder.kill(SIGKILL) }
    try #require(eventually { project.scratch.exists("held") })
    let ticked = try project.refit(["tick", "--now", TestProject.time(17)])
    #expect(ticked.status == 75, "\(ticked)")
    #expect(ticked.errors.contains("another program holds"), "\(ticked)")
    #expect(try project.refit(["status"]).status == 0, "reading goes on")
    holder.kill(SIGKILL)
    _ = holder.wait()
    #expect(try project.refit(["tick", "--now", TestProject.time(17)]).status == 0)
    #expect(try project.refit(["audit", "verify"]).status == 0)
  }
}
