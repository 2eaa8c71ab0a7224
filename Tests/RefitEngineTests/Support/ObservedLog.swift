import RefitCore
import RefitExecution
import RefitStatistics
import RefitTesting

@testable import RefitEngine

/// A log that a test writes down row by row, and the observer that reads it from files.
struct ObservedLog {
  struct Label {
    var arrives: Instant
    var text: String
  }

  struct Row {
    var id: String
    var time: Instant
    var x: Double = 0.5
    var score: Double?
    /// The text of the version column.
    var version = ""
    /// In any order; later ones correct earlier ones.
    var labels: [Label] = []
  }

  let scratch: ScratchDirectory
  var rows: [Row] = []
  var model: Model
  var champion: Int? = 2
  var services: [ServingHistory.Service] = []
  var reference: MonitoredReference?
  var feedbackSince: Instant?

  init() throws {
    scratch = try ScratchDirectory("refit-observed")
    model = Model(
      name: Name("loans")!,
      predictions: PredictionLog(
        path: "predictions-*.csv",
        columns: .init(id: "id", time: "at", score: "score", version: "version")),
      features: Features(numeric: ["x"]),
      feedback: FeedbackLog(
        path: "labels-*.csv", columns: .init(id: "id", time: "at", label: "label"), matures: .days(1)),
      monitors: Monitors(performance: .init(metrics: [.accuracy, .rocAUC], window: .days(7))),
      schedules: [], pipeline: Pipeline(jobs: []))
  }

  static func time(_ day: Double) -> Instant {
    Instant(microseconds: 1_767_225_600_000_000 + Int64(day * 86_400_000_000))
  }

  var project: ProjectDirectory { ProjectDirectory(root: scratch.path) }

  /// Writes the rows to so many files, row by row in turn.
  func write(files: Int = 2) throws {
    for file in 0..<files {
      var predictions = "id,at,x,score,version\n"
      var labels = "id,at,label\n"
      for row in stride(from: file, to: rows.count, by: files).map({ rows[$0] }) {
        let score = row.score.map { "\($0)" } ?? ""
        predictions += "\(row.id),\(row.time),\(row.x),\(score),\(row.version)\n"
        for label in row.labels { labels += "\(row.id),\(label.arrives),\(label.text)\n" }
      }
      try scratch.write(predictions, to: "predictions-\(file).csv")
      try scratch.write(labels, to: "labels-\(file).csv")
    }
  }

  /// What is observed at a nominal instant, as known then or later.
  func observe(_ day: Double, knownAt: Double? = nil) -> [Observation] {
    return Observer(
      model: model, project: project, nominal: Self.time(day), knownAt: Self.time(knownAt ?? day),
      champion: champion, serving: ServingHistory(model: model.name, services: services),
      reference: reference, feedbackSince: feedbackSince
    ).observe().observations
  }

  func observe(_ metric: String, _ day: Double, knownAt: Double? = nil) -> Observation? {
    observe(day, knownAt: knownAt).first { $0.metric == metric }
  }
}

extension ObservedLog.Row {
  /// A row whose only label arrives at once.
  static func labelled(
    _ id: String, day: Double, score: Double = 0.9, label: String = "1", arrives: Double? = nil,
    version: String = "2"
  ) -> Self {
    let arrival = ObservedLog.time(arrives ?? day)
    return Self(
      id: id, time: ObservedLog.time(day), score: score, version: version,
      labels: [.init(arrives: arrival, text: label)])
  }
}
