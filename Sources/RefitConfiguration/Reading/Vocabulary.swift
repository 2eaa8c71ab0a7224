/// The keys that a map of `refit.yaml` may have.
struct Vocabulary: Sendable {
  /// In the order in which they are written.
  let keys: [String]
  /// Keys whose feature comes later: refused by name, never accepted and ignored.
  let later: Set<String>
  /// What people write instead of a key.
  let meant: [String: String]

  init(_ keys: [String], later: Set<String> = [], meant: [String: String] = [:]) {
    self.keys = keys
    self.later = later
    self.meant = meant
  }

  /// The key that somebody meant.
  func nearest(to key: String) -> String? {
    let near = Spelling.nearest(to: key, among: keys + meant.keys.sorted())
    return near.map { meant[$0] ?? $0 }
  }
}

extension Vocabulary {
  static let project = Vocabulary(
    ["version", "project", "timezone", "concurrency", "clock", "models"],
    later: ["secrets", "notifiers", "templates", "include"], meant: ["name": "project", "model": "models"])

  static let model = Vocabulary(
    [
      "mode", "task", "predictions", "features", "feedback", "decision", "reference", "holdout", "monitors",
      "schedules", "retrain", "pipeline", "sandbox", "gates", "promotion",
    ],
    later: [
      "like", "tags", "about", "sources", "slices", "notify", "executor", "trial", "publish",
      "bake",
      "budget", "first-run",
    ],
    meant: ["labels": "feedback", "schedule": "schedules", "jobs": "pipeline", "policy": "retrain"])

  static let predictions = Vocabulary(["path", "columns"], later: ["run", "query", "format"])
  static let predictionColumns = Vocabulary(["id", "time", "score", "prediction", "version"])
  static let features = Vocabulary(["numeric", "categorical"])
  static let feedback = Vocabulary(
    ["path", "columns", "positive", "matures"], later: ["run", "query", "format"])
  static let feedbackColumns = Vocabulary(["id", "time", "label"])
  static let decision = Vocabulary(["threshold", "favourable"], meant: ["favorable": "favourable"])
  static let holdout = Vocabulary(["path", "draw", "groups"], later: ["looks"])
  static let draw = Vocabulary(["from", "last", "share", "by"])

  static let season = Vocabulary(
    ["same", "back"], meant: ["cycle": "same", "weeks": "back", "days": "back"])

  static let monitors = Vocabulary(["performance", "drift"], later: ["fairness", "quality", "estimate"])
  static let performanceMonitor = Vocabulary(["metrics", "window", "by"], later: ["slices"])
  static let driftMonitor = Vocabulary(["statistics", "window", "by"], later: ["slices", "reference"])

  static let schedule = Vocabulary(
    ["cron", "timezone", "do", "misfire", "overlap", "ready"],
    meant: [
      "action": "do", "time-zone": "timezone", "zone": "timezone", "grace": "misfire", "within": "misfire",
      "catchup": "misfire", "concurrency": "overlap",
      "wait": "ready", "sensor": "ready",
    ])
  static let ready = Vocabulary(
    ["run", "every", "within"], later: ["variables"],
    meant: ["command": "run", "interval": "every", "timeout": "within"])
  static let misfire = Vocabulary(
    ["run", "grace", "within"], meant: ["do": "run", "lateness": "within", "max-lateness": "within"])

  static let retrain = Vocabulary(
    ["when", "cooldown", "after-failure"], later: ["unless", "budget", "freeze", "first-run", "unknown"],
    meant: ["if": "when"])

  static let gate = Vocabulary(
    ["metric", "champion", "fairness", "leakage"],
    later: ["slice", "importance", "stability", "limit", "command"])
  static let metricGate = Vocabulary(
    ["name", "at-least", "at-most", "confidence"], later: ["cluster", "inconclusive"],
    meant: ["metric": "name", "above": "at-least", "below": "at-most"])
  static let championGate = Vocabulary(
    ["metric", "not-worse-by", "better-by", "confidence"], later: ["cluster", "inconclusive"],
    meant: ["name": "metric"])
  static let fairnessGate = Vocabulary(
    ["measure", "groups", "at-least", "at-most", "min-group"],
    later: ["ratchet", "confidence", "intersections", "cluster", "inconclusive"], meant: ["metric": "measure"]
  )
  static let leakageGate = Vocabulary([], later: ["inconclusive"])

  static let job = Vocabulary(
    [
      "kind", "needs", "run", "outputs", "training", "id", "code", "given", "timeout", "grace", "retries",
      "memory",
      "log", "sandbox", "variables",
    ],
    later: ["executor", "cost"],
    meant: [
      "command": "run", "cmd": "run", "depends-on": "needs", "after": "needs", "env": "variables",
      "environment": "variables", "time-out": "timeout",
    ])
  static let retries = Vocabulary(["attempts", "backoff"])
}

// MARK: - Conditions

extension Vocabulary {
  static let condition = Vocabulary(
    ["any", "all", "not", "performance", "drift", "feedback", "age", "observation"],
    later: ["at-least", "trend", "concept-drift", "fairness", "quality", "unknown"],
    meant: ["or": "any", "and": "all", "metric": "performance"])
  static let performanceCondition = Vocabulary(
    ["metric", "below", "above", "drop", "rise", "from", "window", "for", "min-samples"],
    later: ["slice", "each", "at-least", "confidence", "estimated", "distinct", "unknown"],
    meant: ["threshold": "below", "name": "metric"])
  static let driftCondition = Vocabulary(
    ["statistic", "above", "at-least-columns", "share", "columns", "window", "for", "min-samples"],
    later: ["p-below", "correction", "weight", "reference", "slice", "distinct", "unknown"],
    meant: ["threshold": "above", "metric": "statistic"])
  static let feedbackCondition = Vocabulary(["rows"], later: ["share", "unknown"])
  static let ageCondition = Vocabulary(["over", "since"], later: ["unknown"], meant: ["above": "over"])
  static let observationCondition = Vocabulary(
    ["name", "below", "above", "for"], later: ["distinct", "unknown"],
    meant: ["metric": "name", "threshold": "above"])
  static let persistence = Vocabulary(["of", "at-least"], later: ["distinct"])

  /// All of them, for laying out a resolved file.
  static let all = [
    project, model, predictions, predictionColumns, features, feedback, feedbackColumns, decision, holdout,
    draw, season,
    monitors, performanceMonitor, driftMonitor, schedule, misfire, ready, retrain, gate, metricGate,
    championGate,
    fairnessGate,
    job, retries, condition, performanceCondition, driftCondition, feedbackCondition, ageCondition,
    observationCondition, persistence,
  ]
}
