/// What the `refit.yaml` of a simulated project says.
struct ProjectSettings: Hashable, Sendable, Codable {
  var isClockSimulated = false
  var concurrency = 2
  var models: [ModelSettings]
  /// Whether everything that may take long is left to processes of Refit's own.
  var leavesWork = false

  /// - Parameter missing: a rule that Refit is not told of.
  func text(without missing: Guard?) -> String {
    """
    version: 1
    project: simulated
    clock: \(isClockSimulated ? "simulated" : "wall")
    concurrency: \(concurrency)
    models:
    \(models.map { $0.text(without: missing) }.joined(separator: "\n"))

    """
  }

  func model(_ name: String) -> ModelSettings? { models.first { $0.name == name } }
}

/// One model of a simulated project.
struct ModelSettings: Hashable, Sendable, Codable {
  enum Mode: String, Sendable, Codable { case observe, train, promote }
  enum Promotion: String, Sendable, Codable { case automatic, approval }
  /// When an evaluation asks for a retraining.
  enum Policy: Hashable, Sendable, Codable {
    case never
    case age(days: Int)
    /// The monitoring state says more than a half.
    case observation
    /// The performance of a log that soon has no rows any more: unknown for ever.
    case performance
  }
  enum Gates: Hashable, Sendable, Codable {
    case none, metric
    /// At most so much worse than the champion, by the estimate alone.
    case champion
    /// The same with confidence: on few rows often inconclusive.
    case confident
  }
  enum Holdout: Hashable, Sendable, Codable { case none, file, draw }

  var name: String
  var mode = Mode.promote
  var promotion = Promotion.automatic
  var schedules: [ScheduleSettings]
  var policy = Policy.never
  var cooldownHours = 24
  var gates = Gates.champion
  var holdout = Holdout.file
  var attempts = 2
  var backoffSeconds = 60
  var timeoutMinutes = 120
  var hasMonitors = false

  /// What the metric gate demands.
  static let leastAUC = 0.6
  /// What the champion gate allows.
  static let margin = 0.1

  fileprivate func text(without missing: Guard?) -> String {
    var lines = [
      "  \(name):",
      "    mode: \(mode.rawValue)",
      "    predictions:",
      "      path: data/\(name)/predictions/*.csv",
      "      columns: {id: id, time: at, score: score, version: version}",
      "    features: {numeric: [x]}",
      "    feedback:",
      "      path: data/\(name)/labels/*.csv",
      "      columns: {id: id, time: at, label: label}",
      "      matures: 1d",
    ]
    switch holdout {
    case .none: break
    case .file: lines.append("    holdout: {path: data/\(name)/holdout.csv}")
    case .draw: lines.append("    holdout: {draw: {from: feedback, last: 9000d, share: 0.6}}")
    }
    if hasMonitors || policy == .performance {
      lines.append("    monitors: {performance: {metrics: [roc_auc], window: 7d}}")
    }
    lines += ["    schedules:"] + schedules.map { $0.text(without: missing) } + ["    retrain:"]
    switch policy {
    case .never: break
    case .age(let days): lines.append("      when: {age: {over: \(days)d}}")
    case .observation: lines.append("      when: {observation: {name: trouble, above: 0.5}}")
    case .performance:
      lines.append("      when: {performance: {metric: roc_auc, below: 0.6, min-samples: 5}}")
    }
    lines += ["      cooldown: \(cooldownHours)h", "      after-failure: 1h", pipeline]
    lines.append("    gates: [\(gateTexts.joined(separator: ", "))]")
    lines.append("    promotion: \(promotion.rawValue)")
    return lines.joined(separator: "\n")
  }

  private var pipeline: String {
    let retries = "retries: {attempts: \(attempts), backoff: \(backoffSeconds)s}"
    let train = """
          pipeline:
            train: {kind: train, run: [python3, jobs/train.py], training: training.csv, id: id, \
      timeout: \(timeoutMinutes)m, grace: 10s, \(retries)}
      """
    guard holdout != .none else { return train }
    return train + """

            score: {kind: score, needs: train, run: [python3, jobs/score.py], timeout: \(timeoutMinutes)m, \(retries)}
      """
  }

  private var gateTexts: [String] {
    let metric = "{metric: {name: roc_auc, at-least: \(Self.leastAUC)}}"
    switch gates {
    case .none: return []
    case .metric: return [metric]
    case .champion: return [metric, "{champion: {metric: roc_auc, not-worse-by: \(Self.margin)}}"]
    case .confident:
      return [metric, "{champion: {metric: roc_auc, not-worse-by: \(Self.margin), confidence: 0.95}}"]
    }
  }
}

extension ProjectSettings {
  var schedules: [ScheduleSettings] { models.flatMap(\.schedules) }

  /// No schedule runs all that it has missed.
  mutating func runMissedOnce() {
    for model in models.indices {
      for schedule in models[model].schedules.indices
      where models[model].schedules[schedule].misfire?.run == .all {
        models[model].schedules[schedule].misfire?.run = .once
      }
    }
  }
}
