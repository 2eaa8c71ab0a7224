import RefitCore
import RefitStatistics
import RefitTables

/// The labels of some rows beside what one model said of them: parallel columns.
public enum ScoredOutcomes: Sendable {
  case binary(Binary)
  case multiclass(Classes)
  case regression(Regression)

  /// A binary task.
  public struct Binary: Sendable {
    public let labels: [Bool]
    public let scores: [Double]?
    public let predictions: [Bool]?
    public let weights: [Double]?

    var outcomes: BinaryOutcomes {
      BinaryOutcomes(labels: labels, scores: scores, predictions: predictions, weights: weights)
    }
  }

  /// A task with several classes, which are numbered by their place among the names.
  public struct Classes: Sendable {
    public let names: [String]
    public let labels: [Int]
    public let predictions: [Int]?
    /// One column a class.
    public let scores: [[Double]]?
    public let weights: [Double]?

    var outcomes: ClassOutcomes {
      ClassOutcomes(
        classes: names, labels: labels, predictions: predictions, scores: scores, weights: weights)
    }
  }

  /// A regression.
  public struct Regression: Sendable {
    public let targets: [Double]
    public let predictions: [Double]?
    public let quantiles: [RegressionScoring.Quantile]
    public let weights: [Double]?

    /// The span of quantiles whose coverage is scored.
    public var span: RegressionScoring.Span? { scoring.span }

    var scoring: RegressionScoring {
      RegressionScoring(targets: targets, predictions: predictions, quantiles: quantiles, weights: weights)
    }
  }

  /// The number of rows.
  public var count: Int {
    switch self {
    case .binary(let binary): binary.labels.count
    case .multiclass(let classes): classes.labels.count
    case .regression(let regression): regression.targets.count
    }
  }
}

extension ScoredOutcomes {
  /// What scikit-learn answers where a metric of predictions is 0/0 and so undefined; nil elsewhere.
  public func zeroDivision(_ name: String) -> Double? {
    switch self {
    case .binary(let binary): PerformanceMetric(rawValue: name).flatMap(binary.outcomes.zeroDivision)
    case .multiclass(let classes): ClassMetric(rawValue: name).flatMap(classes.outcomes.zeroDivision)
    case .regression: nil
    }
  }
}
