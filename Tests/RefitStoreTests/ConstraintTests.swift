import GRDB
import RefitCore
import Testing

@testable import RefitStore

/// The schema refuses impossible rows, whoever writes them.
@Suite struct ConstraintTests {
  /// One row that can't be, by what it would mean.
  struct Impossible: Sendable, CustomTestStringConvertible {
    let meaning: String
    let sql: String
    var testDescription: String { meaning }

    init(_ meaning: String, _ sql: String) {
      self.meaning = meaning
      self.sql = sql
    }
  }

  static let impossible: [Impossible] = [
    Impossible("a second project", "INSERT INTO project (id, name, created_at) VALUES (2, 'x', 0)"),
    Impossible("a mode that is none", "UPDATE model SET mode = 'guess'"),
    Impossible("a model without its configuration", "UPDATE model SET configuration = zeroblob(32)"),
    Impossible("a model named like a path", "UPDATE model SET name = '../x'"),
    Impossible("a short draw key", "UPDATE model SET draw_key = x'00'"),
    Impossible("a schedule of no model", "UPDATE schedule SET model = 'nobody'"),
    Impossible("an action that is none", "UPDATE schedule SET action = 'pray'"),
    Impossible("text where a time should be", "UPDATE schedule SET next_due = 'soon'"),
    Impossible(
      "an occurrence twice",
      """
      INSERT INTO occurrence (model, schedule, nominal, state, recorded_at)
      SELECT model, schedule, nominal, 'decided', 9 FROM occurrence
      """),
    Impossible(
      "a decided occurrence with an excuse", "UPDATE occurrence SET reason = 'so' WHERE state = 'decided'"),
    Impossible(
      "a coalesced one without", "UPDATE occurrence SET state = 'coalesced' WHERE state = 'decided'"),
    Impossible("an occurrence of no schedule", "UPDATE occurrence SET schedule = 'weekly'"),
    Impossible("a verdict that is none", "UPDATE decision SET verdict = 'maybe'"),
    Impossible("a decision that is no JSON", "UPDATE decision SET situation = '{'"),
    Impossible(
      "two decisions of one occurrence",
      """
      INSERT INTO decision (occurrence, model, decided_at, verdict, policy, decision, situation)
      SELECT occurrence, model, decided_at, verdict, policy, decision, situation FROM decision
      """),
    Impossible("neither a value nor a reason", "UPDATE observation SET value = NULL"),
    Impossible("a value and a reason why there is none", "UPDATE observation SET undefined = 'x'"),
    Impossible("a window that ends before it starts", "UPDATE observation SET window_end = window_start - 1"),
    Impossible("fewer samples than none", "UPDATE observation SET sample_size = -1"),
    Impossible("a second live run", insertRun(number: 9, state: "queued")),
    Impossible("a run's number twice", insertRun(number: 1, state: "failed", end: "9, 'x'")),
    Impossible("a run that ended at no time", insertRun(number: 9, state: "failed")),
    Impossible("a run that ended for no reason", insertRun(number: 9, state: "failed", end: "9, NULL")),
    Impossible(
      "a live run that has ended", "UPDATE run SET ended_at = 9, reason = 'x' WHERE state = 'gating'"),
    Impossible("a run in no state", insertRun(number: 9, state: "resting", end: "9, 'x'")),
    Impossible(
      "a run that two things started", "UPDATE run SET trigger_schedule = 'nightly', trigger_nominal = 1"),
    Impossible("a run that nothing started", "UPDATE run SET trigger_person = NULL"),
    Impossible("gates without a candidate", "UPDATE run SET candidate = NULL WHERE state = 'gating'"),
    Impossible("a candidate that does not exist", "UPDATE run SET candidate = 99 WHERE state = 'gating'"),
    Impossible("an end that is taken back", "UPDATE run SET state = 'failed' WHERE state = 'promoted'"),
    Impossible(
      "an attempt twice",
      """
      INSERT INTO attempt (run, job, subject, number, state, launches, created_at, ended_at, is_retriable)
      SELECT run, job, subject, number, 'failed', 1, 1, 2, 1 FROM attempt
      """),
    Impossible(
      "two live attempts of one job",
      """
      INSERT INTO attempt (run, job, subject, number, state, launches, created_at, is_retriable)
      SELECT 1, 'train', 'candidate', value, 'running', 1, 1, 1 FROM json_each('[8, 9]')
      """),
    Impossible("a live attempt that has ended", "UPDATE attempt SET state = 'running'"),
    Impossible("an ended attempt without an end", "UPDATE attempt SET ended_at = NULL"),
    Impossible("two attempts with one token", "UPDATE attempt_launch SET token = 'same'"),
    Impossible("a version twice", "INSERT INTO version SELECT * FROM version"),
    Impossible("a version that changes", "UPDATE version SET sealed = code"),
    Impossible("a version that goes", "DELETE FROM version"),
    Impossible("a gate report that changes", "UPDATE gate_report SET verdict = 'pass'"),
    Impossible("a gate report that goes", "DELETE FROM gate_report"),
    Impossible("a promotion that changes", "UPDATE promotion SET because = 'x'"),
    Impossible("a promotion that is published twice", "UPDATE promotion SET published_at = 1"),
    Impossible("a publication that is taken back", "UPDATE promotion SET published_at = NULL"),
    Impossible("a promotion that goes", "DELETE FROM promotion"),
    Impossible("a holdout that changes", "UPDATE holdout SET rows = 1"),
    Impossible("a holdout that goes", "DELETE FROM holdout"),
    Impossible("an attempt that ended in another way", "UPDATE attempt_exit SET cpu_seconds = 99"),
    Impossible("an attempt's end that goes", "DELETE FROM attempt_exit"),
    Impossible("an edge that changes", "UPDATE artifact_use SET name = 'evil.csv'"),
    Impossible("an edge that goes", "DELETE FROM artifact_use"),
    Impossible(
      "a look counted twice",
      "INSERT INTO look (holdout, artifact, run) SELECT holdout, artifact, run FROM look"),
    Impossible(
      "an approval of what was not judged",
      """
      INSERT INTO approval (run, actor, at, because, artifact, gate_report, configuration)
      SELECT run, 'bob', 1, 'fine', sealed, zeroblob(32), zeroblob(32) FROM version
      """),
    Impossible(
      "two champions of one model", "INSERT INTO champion SELECT model, version, promotion + 1 FROM champion"),
    Impossible("a champion that was not promoted", "UPDATE champion SET version = 2"),
    Impossible("a version in place of itself", "UPDATE promotion SET previous = version"),
    Impossible("a promotion of nothing", "UPDATE promotion SET version = 99"),
    Impossible("a promotion by no run", "UPDATE promotion SET run = NULL WHERE kind = 'promotion'"),
    Impossible(
      "an artifact twice", "INSERT INTO artifact (digest, form, bytes) SELECT digest, form, 1 FROM artifact"),
    Impossible("a digest that is none", "UPDATE artifact SET digest = x'00'"),
    Impossible("an edge to nowhere", "UPDATE artifact_use SET artifact = 99999"),
    Impossible("a ledger event that changes", "UPDATE ledger SET actor = 'mallory' WHERE seq = 1"),
    Impossible("a payload that changes", "UPDATE ledger SET payload = '{}' WHERE seq = 1"),
    Impossible("a ledger event that goes", "DELETE FROM ledger WHERE seq = 1"),
    Impossible(
      "a gap in the ledger",
      """
      INSERT INTO ledger (seq, at, actor, kind, payload_digest, leaf)
      SELECT max(seq) + 2, 0, 'x', 'alert', zeroblob(32), zeroblob(32) FROM ledger
      """),
    Impossible(
      "an event in another's place",
      """
      INSERT OR REPLACE INTO ledger (seq, at, actor, kind, payload_digest, leaf)
      VALUES (1, 0, 'x', 'alert', zeroblob(32), zeroblob(32))
      """),
    Impossible("a ledger that shrinks", "UPDATE ledger_frontier SET size = 0, subtrees = x''"),
    Impossible("a ledger without a frontier", "DELETE FROM ledger_frontier"),
  ]

  private static func insertRun(number: Int, state: String, end: String = "NULL, NULL") -> String {
    """
    INSERT INTO run (model, number, state, trigger_person, because, configuration, interval_end, known_at,
      opened_at, ended_at, reason, cancel_requested)
    SELECT name, \(number), '\(state)', 'alice', 'so', configuration, 0, 0, 0, \(end), 0 FROM model
    """
  }

  @Test(arguments: impossible)
  func theSchemaRefuses(_ row: Impossible) throws {
    let place = try Workplace()
    try Self.fill(place)
    let refused = #expect(throws: DatabaseError.self) {
      try place.raw { db in
        try db.inTransaction {
          try db.execute(sql: row.sql)
          return .commit
        }
      }
    }
    #expect(refused?.resultCode == .SQLITE_CONSTRAINT, "\(refused.map { "\($0)" } ?? "")")
  }

  @Test func aPayloadCanBePruned() throws {
    let place = try Workplace()
    try Self.fill(place)
    try place.tamper("UPDATE ledger SET payload = NULL")
    #expect(try place.open().verify().findings == [])
  }

  /// A champion, a decision, an observation, a look, and a run that is being judged.
  private static func fill(_ place: Workplace) throws {
    let store = try place.configured()
    _ = try store.record(.sample(observations: [.sample()]))
    _ = try RunDriver.publish(1, after: nil, in: store, at: .day(2))
    var driver = try RunDriver(store, at: .day(3))
    try driver.reachGates(number: 2, holdout: "other")
    try store.close()
  }
}
