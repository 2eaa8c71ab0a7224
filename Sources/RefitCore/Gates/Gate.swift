import RefitStatistics

/// One criterion that a candidate must meet.
public enum Gate: Hashable, Sendable {
  case metric(MetricGate)
  case champion(ChampionGate)
  case fairness(FairnessGate)
  case leakage

  /// The gates of a model that lists none: not worse than the champion by 0.02 of a metric that has no unit, and no
  /// leakage. Of a regression that metric is R², which ranks models as RMSE does.
  public static func defaults(for task: Model.Task) -> [Gate] {
    let metric: PerformanceMetric = task == .regression ? .r2 : .rocAUC
    return [.champion(ChampionGate(metric: metric, margin: .notWorseBy(0.02), confidence: 0.95)), .leakage]
  }
}

extension Gate: Codable {
  private enum Keys: String, CodingKey { case metric, champion, fairness, leakage }
  private struct NoSettings: Codable {}

  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Keys.self)
    if let gate = try container.decodeIfPresent(MetricGate.self, forKey: .metric) {
      self = .metric(gate)
    } else if let gate = try container.decodeIfPresent(ChampionGate.self, forKey: .champion) {
      self = .champion(gate)
    } else if let gate = try container.decodeIfPresent(FairnessGate.self, forKey: .fairness) {
      self = .fairness(gate)
    } else {
      _ = try container.decode(NoSettings.self, forKey: .leakage)
      self = .leakage
    }
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Keys.self)
    switch self {
    case .metric(let gate): try container.encode(gate, forKey: .metric)
    case .champion(let gate): try container.encode(gate, forKey: .champion)
    case .fairness(let gate): try container.encode(gate, forKey: .fairness)
    case .leakage: try container.encode(NoSettings(), forKey: .leakage)
    }
  }
}
