import Foundation
import RefitTesting
import Testing

/// What somebody with an editor and the right to write could try, so that a candidate is promoted that should not be.
@Suite struct IntegrityTests {
  @Test func `a holdout that was changed judges nobody`() throws {
    let project = try TestProject.inTraining()
    let holdout = try Command.run(
      "/bin/sh", ["-c", "grep -l '(label)' state/vault/*/* 2> /dev/null"], in: project.path
    ).output.trimmingCharacters(in: .newlines)
    try #require(!holdout.isEmpty && !holdout.contains("\n"), "\(holdout)")
    let rows = try project.scratch.read(holdout)
    try project.scratch.write(rows.replacingOccurrences(of: ",0,", with: ",1,"), to: holdout, mode: 0o444)
    try project.scratch.write("", to: "go")
    try project.tick(16)
    #expect(try project.runStates() == ["failed"])
    let reason = try project.reason(ofRun: 1)
    #expect(reason.contains("damaged"), "\(reason)")
    #expect(project.champion == nil)
    #expect(try project.refit("audit", "verify").status == 1)
  }

  @Test func `an approval that is copied to another candidate promotes nobody`() throws {
    let project = try TestProject(promotion: "approval")
    try project.live(0...14, truth: 1.5, version: nil)
    try project.tick(16)
    try project.refit("retrain", "loans", "--because", "first", "--wait")
    try project.refit("approve", "loans#1", "--because", "looked")
    #expect(project.champion == 1)
    try project.setWeight(2)
    try project.refit("retrain", "loans", "--because", "second", "--wait")
    try #require(try project.runStates() == ["promoted", "awaiting-approval"])

    let copy = """
      INSERT INTO approval (run, actor, at, because, artifact, gate_report, configuration)
      SELECT (SELECT id FROM run WHERE number = 2), actor, at, because, artifact, gate_report, configuration FROM approval
      """
    let refused = try Self.edit(copy, of: project)
    #expect(refused.errors.contains("an approval is bound to a gate report of its run"), "\(refused)")
    let done = try Self.edit("DROP TRIGGER approval_needs_report; \(copy)", of: project)
    try #require(done.status == 0, "\(done)")
    try project.tick(17)
    #expect(try project.runStates().last == "awaiting-approval")
    #expect(project.champion == 1)
    let verified = try project.refit("audit", "verify")
    #expect(verified.status == 1)
    #expect(verified.output.contains("approval"), "\(verified.output)")
  }

  @Test func `each look at a fixed holdout is counted and shown`() throws {
    let project = try TestProject()
    let text = try project.scratch.read("refit.yaml")
    try project.scratch.write(
      text.replacingOccurrences(
        of: "{draw: {from: feedback, last: 10d, share: 0.3}, groups: [sex]}", with: "{path: data/holdout.csv}"
      ),
      to: "refit.yaml")
    try project.live(0...14, truth: 1.5, version: nil)
    try project.scratch.write(
      "application,scored_at,x,defaulted\n"
        + (0..<200).map {
          "h\($0),\(TestProject.time(3)),\(Double($0 % 20) / 4 - 2.5),\($0 % 20 + $0 % 3 > 10 ? 1 : 0)\n"
        }
        .joined(), to: "data/holdout.csv")
    try project.tick(16)
    for attempt in 1...4 {
      try project.setWeight(Double(attempt))
      try project.refit("retrain", "loans", "--because", "try \(attempt)", "--wait")
      let shown = try project.refit("show", "loans#\(attempt)").output
      #expect(shown.contains("look \(attempt),"), "\(shown)")
    }
    // The same candidate again is no new look; a look that is taken out of the count is missed.
    try project.refit("retrain", "loans", "--because", "again", "--wait")
    #expect(try project.refit("show", "loans#5").output.contains("look 4,"))
    let log = try project.refit("audit", "log", "--kind", "gates-judged").output
    #expect(log.contains("\"looks\":4"), "\(log)")
    #expect(try project.refit("audit", "verify").status == 0)
    try #require(
      try Self.edit("DELETE FROM look WHERE run IN (SELECT id FROM run WHERE number < 4)", of: project).status
        == 0)
    #expect(try project.refit("audit", "verify").output.contains("its look at the holdout is not counted"))
  }

  /// Changes the database behind Refit's back.
  private static func edit(_ sql: String, of project: TestProject) throws -> Command {
    try Command.run(
      "/usr/bin/env",
      [
        "python3", "-c",
        "import sqlite3,sys; c = sqlite3.connect('state/refit.db'); c.executescript(sys.argv[1]); c.commit()",
        sql,
      ], in: project.path)
  }
}
