import RefitCore
import RefitStatistics
import RefitTesting
import Testing

@testable import RefitEngine

@Suite("Performance, observed from logs")
struct PerformanceObservationTests {
  @Test(
    "a window is half-open: what matured at its start is out, at its end in",
    arguments: [(1.0, 0), (1.00001, 1), (8.0, 1), (8.00001, 0)])
  func maturedWindow(matures: Double, count: Int) throws {
    var log = try ObservedLog()
    // Predicted and labelled a day before it matures; the window is from day 1 to day 8.
    log.rows = [.labelled("a", day: matures - 1)]
    try log.write()
    #expect(log.observe("accuracy", 8)?.sampleSize == count)
    #expect(log.observe("accuracy", 8)?.window == .init(start: ObservedLog.time(1), end: ObservedLog.time(8)))
  }

  @Test("a label matures at the later of its arrival and its prediction's time plus `matures`")
  func maturity() throws {
    var log = try ObservedLog()
    log.rows = [.labelled("early", day: 1, arrives: 1.1), .labelled("late", day: 1, arrives: 9)]
    try log.write()
    #expect(log.observe("accuracy", 1.9)?.value == nil)
    #expect(log.observe("accuracy", 2)?.sampleSize == 1)
    #expect(log.observe("accuracy", 8.9)?.sampleSize == 1)
    // The first has left the window by then, whichever prediction came first.
    #expect(log.observe("accuracy", 9)?.sampleSize == 1)
  }

  @Test("by predicted time a window holds predictions of it whose labels have matured")
  func predictedWindow() throws {
    var log = try ObservedLog()
    log.model.monitors.performance?.by = .predicted
    log.rows = [
      .labelled("at the start", day: 3), .labelled("in", day: 3.1),
      .labelled("old label new", day: 2, arrives: 9),
      .labelled("not mature", day: 9.5), .labelled("not there", day: 8, arrives: 11),
    ]
    try log.write()
    #expect(log.observe("accuracy", 10)?.sampleSize == 1)
    #expect(log.observe("accuracy", 11)?.sampleSize == 2)
  }

  @Test(
    "only the champion's own rows count",
    arguments: [("2", 1), ("loans@2", 1), ("1", 0), ("loans@1", 0), ("other@2", 0), ("", 0), ("two", 0)])
  func versions(text: String, count: Int) throws {
    var log = try ObservedLog()
    log.rows = [.labelled("a", day: 5, version: text)]
    try log.write()
    #expect(log.observe("accuracy", 8)?.sampleSize == count)
    #expect(log.observe("accuracy", 8)?.version == 2)
  }

  @Test(
    "without a version column, what was published at a prediction's time made it; an empty score is history")
  func servingHistory() throws {
    var log = try ObservedLog()
    log.model.predictions?.columns.version = nil
    log.services = [
      .init(from: ObservedLog.time(1), version: 1), .init(from: ObservedLog.time(3), version: 2),
      .init(from: ObservedLog.time(5), version: 1), .init(from: ObservedLog.time(6), version: 2),
    ]
    log.rows = (0..<16).map { .labelled("\($0)", day: Double($0) / 2, version: "") }
    log.rows[7].score = nil
    try log.write()
    // By half days 6…9 are version 2's but for the history at 7, then 12 and on; 14 and 15 mature later.
    #expect(log.observe("accuracy", 7.9)?.sampleSize == 3 + 2)
    log.champion = 1
    #expect(log.observe("accuracy", 7.9)?.sampleSize == 4 + 2)
  }

  @Test("a corrected label counts from its arrival on, and before it the former one does")
  func corrected() throws {
    var log = try ObservedLog()
    log.rows = [.labelled("a", day: 1, label: "1")]
    log.rows[0].labels.insert(.init(arrives: ObservedLog.time(4), text: "0"), at: 0)
    try log.write()
    #expect(log.observe("accuracy", 3)?.value == 1)
    #expect(log.observe("accuracy", 5)?.value == 0)
    // Of an evaluation at day 3 that was made up for on day 5, the correction is known.
    #expect(log.observe("accuracy", 3, knownAt: 5)?.value == nil)
  }

  @Test("a missing score makes every metric of its window unknown, and is never a decision")
  func missingScore() throws {
    var log = try ObservedLog()
    log.rows = [.labelled("a", day: 5, label: "0"), .labelled("b", day: 5, label: "1")]
    log.rows[0].score = nil
    try log.write()
    for metric in ["accuracy", "roc_auc"] {
      let observation = try #require(log.observe(metric, 8))
      #expect(observation.value == nil)
      #expect(observation.undefined != nil)
    }
    #expect(log.observe("accuracy", 8)?.undefined == "1 of 2 scores in the window are missing or not finite")
  }

  @Test("hard decisions are read as a score of files reads them", arguments: BinaryCase.read)
  func hardDecisions(given: BinaryCase, accuracy: Double) throws {
    #expect(try observe(given)?.value == accuracy)
  }

  @Test(
    "a window with a label or a decision that is of neither class is unknown", arguments: BinaryCase.refused)
  func refusedDecisions(given: BinaryCase, reason: String) throws {
    let observation = try #require(try observe(given))
    #expect(observation.value == nil)
    let undefined = observation.undefined?.replacing(" in column 'label'", with: "") ?? ""
    #expect(undefined.contains(reason) && undefined.hasPrefix("id 'r"), "\(undefined)")
  }

  /// The accuracy of decisions, which stand in the version column; the publications tell the version.
  private func observe(_ given: BinaryCase) throws -> Observation? {
    var log = try ObservedLog()
    log.model.predictions?.columns.version = nil
    log.model.predictions?.columns.prediction = "version"
    log.model.feedback?.positive = given.positive
    log.services = [.init(from: ObservedLog.time(0), version: 2)]
    log.rows = given.rows.enumerated().map {
      .labelled("r\($0)", day: 5, label: $1.label, version: $1.decision)
    }
    try log.write(files: 1)
    return log.observe("accuracy", 8)
  }

  @Test("a decision that is missing makes decisions unknown, and scores stay")
  func missingDecision() throws {
    var log = try ObservedLog()
    log.model.predictions?.columns.version = nil
    log.model.predictions?.columns.prediction = "version"
    log.services = [.init(from: ObservedLog.time(0), version: 2)]
    log.rows = [
      .labelled("a", day: 5, version: "1"), .labelled("b", day: 5, score: 0.1, label: "0", version: ""),
    ]
    try log.write()
    #expect(log.observe("accuracy", 8)?.undefined == "1 of 2 predictions in the window are missing")
    #expect(log.observe("roc_auc", 8)?.value == 1)
  }

  @Test(
    "labels of a regression are numbers as every column of numbers has them",
    arguments: [
      (["1", "2.5"], 0.25), ([" 1", "+2.50 "], 0.25), (["1e0", ".25e1"], 0.25), (["1", "0x3"], nil),
      (["1", "two"], nil), (["1", "inf"], nil), (["1", "1,5"], nil),
    ])
  func targets(labels: [String], error: Double?) throws {
    var log = try ObservedLog()
    log.model.task = .regression
    log.model.monitors.performance?.metrics = [.mae]
    log.rows = [
      .labelled("a", day: 5, score: 1, label: "\"\(labels[0])\""),
      .labelled("b", day: 5, score: 2, label: "\"\(labels[1])\""),
    ]
    try log.write()
    let observation = try #require(log.observe("mae", 8))
    #expect(observation.value == error)
    if error == nil {
      #expect(observation.undefined == "label '\(labels[1])' of id 'b' is not a finite number")
    }
  }

  @Test("a label of a regression that is NaN is none")
  func missingTarget() throws {
    var log = try ObservedLog()
    log.model.task = .regression
    log.model.monitors.performance?.metrics = [.mae]
    log.feedbackSince = ObservedLog.time(0)
    log.rows = [.labelled("a", day: 5, score: 1, label: "3"), .labelled("b", day: 5, score: 9, label: "NaN")]
    try log.write()
    #expect(log.observe("mae", 8)?.value == 2)
    #expect(log.observe("feedback_rows", 8)?.value == 1)
  }

  @Test("a threshold decides at its own value")
  func threshold() throws {
    var log = try ObservedLog()
    log.model.decision = DecisionThreshold(threshold: 0.3)
    log.rows = [.labelled("a", day: 5, score: 0.3), .labelled("b", day: 5, score: 0.29, label: "0")]
    try log.write()
    #expect(log.observe("accuracy", 8)?.value == 1)
  }

  @Test(
    "numbers are undefined, with the file and the place, when a log can't be read",
    arguments: [
      ("predictions-0.csv", "id,at,x,score,version\na,2026-01-05,1,high,2\n", "predictions-0.csv"),
      ("predictions-0.csv", "id,at,x\na,2026-01-05,1\n", "there is no column 'version'"),
      (
        "predictions-0.csv", "id,at,x,score,version\n1,2026-01-05,1,1,2\n1,2026-01-05,1,1,2\n",
        "ids must be unique"
      ),
      (
        "predictions-0.csv", "id,at,x,score,version\n,2026-01-05,1,1,2\n",
        "predictions-0.csv:2: the id is missing"
      ),
      (
        "predictions-1.csv", "id,at,x,score,version\n1,soon,1,1,2\n",
        "predictions-1.csv:2: column 'at': 'soon'"
      ),
      ("labels-0.csv", "id,at,label\n1,soon,1\n", "labels-0.csv:2: column 'at': 'soon' is not a time"),
      ("labels-0.csv", "id,when,label\n1,2026-01-05,1\n", "there is no column 'at'"),
      ("predictions-0.csv", "", "predictions-0.csv"),
    ])
  func unreadable(file: String, text: String, says: String) throws {
    var log = try ObservedLog()
    log.model.monitors.drift = .init(statistics: [.psi])
    log.feedbackSince = ObservedLog.time(0)
    log.rows = [.labelled("a", day: 5), .labelled("b", day: 5, label: "0")]
    try log.write()
    try log.scratch.write(text, to: file)
    let observations = log.observe(8)
    #expect(Set(observations.map(\.metric)) == ["accuracy", "roc_auc", "psi", "feedback_rows"])
    for observation in observations {
      #expect(observation.value == nil)
      #expect(observation.undefined?.contains(says) == true, "\(observation.undefined ?? "")")
    }
  }

  @Test("new mature labels are counted from predictions after an instant, up to the evaluation")
  func feedbackRows() throws {
    var log = try ObservedLog()
    log.feedbackSince = ObservedLog.time(2)
    log.rows = [
      .labelled("before", day: 1), .labelled("at", day: 2), .labelled("after", day: 2.5),
      .labelled("history", day: 4, version: ""),
      .labelled("immature", day: 7.5), .labelled("late", day: 3, arrives: 8.1),
    ]
    try log.write()
    #expect(log.observe("feedback_rows", 8)?.value == 2)
    #expect(log.observe("feedback_rows", 8.1)?.value == 3)
    #expect(log.observe("feedback_rows", 8, knownAt: 20)?.value == 2)
  }

  @Test("no file of labels is no count of them, rather than none")
  func noFeedback() throws {
    var log = try ObservedLog()
    log.feedbackSince = ObservedLog.time(0)
    log.rows = [.labelled("a", day: 5)]
    try log.write()
    log.model.feedback?.path = "elsewhere/*.csv"
    #expect(log.observe("feedback_rows", 8)?.undefined == "no file matches feedback.path 'elsewhere/*.csv'")
  }
}
