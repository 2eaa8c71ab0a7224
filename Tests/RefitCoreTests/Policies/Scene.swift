import RefitCore

/// A nightly schedule of one model in December 2026, for tests to vary.
enum Scene {
  static let model = Name("credit-risk")!
  /// 02:15 on the given day of December 2026.
  static func night(_ day: Int64) -> Instant { Instant("2026-12-01T02:15:00Z")! + .days(day - 1) }

  /// Version 3, trained and promoted at 12:00 on 2026-11-01.
  static let champion = Situation.Champion(
    version: 3, trainedAt: Instant("2026-11-01T12:00:00Z")!, intervalEnd: Instant("2026-11-01T02:15:00Z")!,
    publishedAt: Instant("2026-11-01T12:00:00Z")!, promotedAt: Instant("2026-11-01T12:00:00Z")!,
    holdoutMetrics: ["roc_auc": 0.75])

  /// The night of 1 December, with evaluations in the nights before.
  static func situation(
    day: Int64 = 1, earlier: Int64 = 0, champion: Situation.Champion? = champion,
    _ observations: [Observation] = []
  ) -> Situation {
    Situation(
      model: model, mode: .promote, now: night(day) + .minutes(1), nominal: night(day), action: .evaluate,
      gap: .days(1), earlierEvaluations: (0..<earlier).map { night(day - earlier + $0) }, champion: champion,
      observations: observations)
  }

  /// What a monitor says over the week to the given night.
  static func observation(
    _ metric: String, night day: Int64 = 1, _ value: Double?, rows: Int? = 500, version: Int? = 3,
    column: String? = nil, window: Timespan = .days(7)
  ) -> Observation {
    Observation(
      metric: metric, version: version, column: column,
      window: Observation.Window(start: night(day) - window, end: night(day)), value: value,
      undefined: value == nil ? "only one class is there" : nil, sampleSize: rows,
      source: Observation.monitorSource, knownAt: night(day) + .minutes(1))
  }

  /// The same of roc_auc.
  static func observation(
    night day: Int64 = 1, _ value: Double?, rows: Int? = 500, version: Int? = 3, column: String? = nil,
    window: Timespan = .days(7)
  ) -> Observation {
    observation(
      "roc_auc", night: day, value, rows: rows, version: version, column: column, window: window)
  }

  /// What a file of the project says at the given night.
  static func reading(_ metric: String, night day: Int64 = 1, _ value: Double?) -> Observation {
    var observation = observation(metric, night: day, value, rows: nil, version: nil, window: .zero)
    observation.source = "state/monitoring/credit-risk/node.prom"
    return observation
  }

  static func decide(_ condition: Condition, _ situation: Situation) -> Decision {
    RetrainPolicy(when: condition).decide(situation)
  }

  /// The single leaf of a policy that has only one.
  static func leaf(_ condition: Condition, _ situation: Situation) throws(MissingTree) -> Evaluation {
    guard let tree = decide(condition, situation).tree else { throw MissingTree() }
    return tree
  }

  struct MissingTree: Error {}
}

extension Truth {
  static func of(_ value: Bool?) -> Truth {
    switch value {
    case true?: .yes
    case false?: .no
    case nil: .unknown
    }
  }
}
