/// What gives the precision of a metric on independent rows of equal weight. With weights there is only
/// resampling, since a weight may mean many things.
public enum SamplingTheory: Sendable, Hashable {
  /// A proportion of rows: the binomial standard error and Wilson's bounds, given the denominator.
  case proportion
  /// The mean of two proportions of different rows: Newcombe's bounds.
  case meanOfProportions
  /// DeLong's variance of an area under the ROC curve.
  case area
  /// A mean over rows: their standard deviation over √rows, normal bounds.
  case mean
  /// The root of a mean over rows, by the delta method.
  case rootOfMean
  /// None: only resampling tells.
  case resampling

  /// How it gives an interval; nil where only resampling does.
  var interval: MetricInterval.Method? {
    switch self {
    case .proportion: .wilson
    case .area: .deLong
    case .mean: .normal
    case .meanOfProportions: .newcombe
    case .rootOfMean: .deltaMethod
    case .resampling: nil
    }
  }
}

extension PerformanceMetric {
  /// The theory that `estimate` uses for the metric.
  public var theory: SamplingTheory {
    switch self {
    case .accuracy, .precision, .recall, .specificity: .proportion
    case .balancedAccuracy: .meanOfProportions
    case .rocAUC, .gini: .area
    case .brier, .logLoss, .mae, .mape: .mean
    case .rmse: .rootOfMean
    case .averagePrecision, .ks, .f1, .mcc, .ece, .r2: .resampling
    }
  }
}

extension ClassMetric {
  /// The theory that `estimate` uses for the metric.
  var theory: SamplingTheory {
    switch self {
    case .accuracy, .precisionMicro, .recallMicro, .f1Micro: .proportion
    case .logLoss: .mean
    default: .resampling
    }
  }
}
