/// What some metrics of binary outcomes read, so that it is made once for all of them.
struct MetricNeeds {
  enum Kind {
    case ranks
    case probabilities
    case decisions
    case regression
  }

  let ranks: Bool
  let probabilities: Bool

  init(_ metrics: [BinaryMetric]) {
    ranks = metrics.contains { MetricNeeds.kind(of: $0) == .ranks }
    probabilities = metrics.contains { MetricNeeds.kind(of: $0) == .probabilities }
  }

  static func kind(of metric: BinaryMetric) -> Kind {
    switch metric {
    case .named(let metric): kind(of: metric)
    case .lift: .ranks
    case .expectedCost: .decisions
    }
  }

  static func kind(of metric: PerformanceMetric) -> Kind {
    switch metric {
    case .rocAUC, .averagePrecision, .gini, .ks: .ranks
    case .brier, .logLoss, .ece: .probabilities
    case .accuracy, .balancedAccuracy, .precision, .recall, .specificity, .f1, .mcc: .decisions
    case .rmse, .mae, .mape, .r2: .regression
    }
  }
}
