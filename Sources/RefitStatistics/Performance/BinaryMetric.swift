/// A metric of a binary task, with what it has to be told.
public enum BinaryMetric: Sendable, Hashable {
  case named(PerformanceMetric)
  /// How much more frequent positive labels are among this share (over 0, at most 1) of rows that score highest.
  case lift(share: Double)
  /// The mean over rows of what decisions cost.
  case expectedCost(DecisionCosts)

  /// As in JSON: `lift_at_0.1`, `expected_cost`, or the metric's own.
  public var name: String {
    switch self {
    case .named(let metric): metric.rawValue
    case .lift(let share): "lift_at_\(share)"
    case .expectedCost: "expected_cost"
    }
  }

  /// Which value is the better one.
  public var better: MetricDirection {
    switch self {
    case .named(let metric): metric.better
    case .lift: .higher
    case .expectedCost: .lower
    }
  }

  /// Whether it reads scores; the others read hard predictions.
  public var readsScores: Bool {
    switch self {
    case .named(let metric): metric.readsScores
    case .lift: true
    case .expectedCost: false
    }
  }

  /// What gives its precision on rows that weigh the same.
  var theory: SamplingTheory {
    switch self {
    case .named(let metric): metric.theory
    case .lift: .resampling
    case .expectedCost: .mean
    }
  }
}

extension BinaryMetric: ComparableMetric {}
