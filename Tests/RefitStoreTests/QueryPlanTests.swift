import GRDB
import RefitCore
import Testing

@testable import RefitStore

/// The questions that must stay fast in a large database are answered through their indexes.
@Suite struct QueryPlanTests {
  struct Question: Sendable, CustomTestStringConvertible {
    let name: String
    let sql: String
    let indexes: [String]
    var testDescription: String { name }
  }

  static let questions = [
    Question(
      name: "downstream", sql: LineageSQL.downstream,
      indexes: ["artifact_use_by_artifact", "artifact_use_by_run", "sqlite_autoindex_artifact_1"]),
    Question(
      name: "upstream", sql: LineageSQL.upstream,
      indexes: ["artifact_use_by_artifact", "artifact_use_by_run", "sqlite_autoindex_artifact_1"]),
    Question(name: "what is due", sql: ScheduleSQL.due, indexes: ["schedule_due"]),
    Question(name: "what is due next", sql: ScheduleSQL.next, indexes: ["schedule_due"]),
    Question(name: "what is due after a time", sql: ScheduleSQL.nextAfter, indexes: ["schedule_due"]),
    Question(
      name: "what waits is to be looked after", sql: ScheduleSQL.nextPending,
      indexes: ["occurrence_pending_due", "ready_check_live"]),
    Question(name: "open pauses", sql: PauseSQL.open, indexes: ["pause_open"]),
    Question(name: "live runs", sql: RunSQL.live, indexes: ["run_live"]),
    Question(name: "the live run of a model", sql: RunSQL.liveOfModel, indexes: ["run_live"]),
    Question(name: "the last run", sql: RunSQL.lastEnded, indexes: ["run_ended"]),
    Question(name: "a metric's history", sql: history(newest: nil), indexes: ["observation_by_place"]),
    Question(
      name: "what is known of a place", sql: ObservationSQL.newestOfPlace,
      indexes: ["observation_by_place (model=? AND metric=? AND <expr>=? AND window_end=? AND window_start=?"]
    ),
    Question(name: "a metric's newest windows", sql: history(newest: 3), indexes: ["observation_by_place"]),
  ]

  private static func history(newest: Int?) -> String {
    ObservationSelection(
      model: "m", metric: "roc_auc", version: 1, windowLength: nil,
      ends: .within(after: nil, through: .day(1)),
      knownAt: .day(1), newest: newest
    ).query.sql
  }

  @Test(arguments: questions)
  func theQuestionIsAnsweredByItsIndex(_ question: Question) throws {
    let place = try Workplace()
    let store = try place.configured()
    let sql = question.sql.replacing("?1", with: "1").replacing("?", with: "1")
    let plan = try store.read { db in
      try Row.fetchAll(db, sql: "EXPLAIN QUERY PLAN " + sql).map {
        try $0.decode(String.self, forColumn: "detail")
      }
    }
    for index in question.indexes {
      #expect(plan.contains { $0.contains(index) }, "\(plan)")
    }
    // A walk reads its own queue from end to end; nothing else may be read like that.
    let scans = plan.filter { $0.hasPrefix("SCAN") && !$0.contains("INDEX") }
    #expect(scans.allSatisfy { ["SCAN reached", "SCAN behind"].contains($0) }, "\(plan)")
  }
}
