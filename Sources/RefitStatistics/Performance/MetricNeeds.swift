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

/// Why the scores can't be used for ranks, or as probabilities; nil where they can, and where nobody asks.
struct ScoreProblems: Sendable {
  enum Problem: Sendable {
    case absent
    case unusable(String)

    func reason(_ metric: BinaryMetric) -> String {
      switch self {
      case .absent: "there are no scores, which \(metric.name) reads"
      case .unusable(let reason): reason
      }
    }
  }

  let forRanks: Problem?
  let forProbabilities: Problem?

  init(_ scores: [Double]?, _ needs: MetricNeeds) {
    guard let scores else {
      (forRanks, forProbabilities) = (.absent, .absent)
      return
    }
    forRanks = needs.ranks ? reasonNotFinite(scores, called: "scores").map { .unusable($0) } : nil
    forProbabilities = needs.probabilities ? ProbabilityLoss.reasonNot(scores).map { .unusable($0) } : nil
  }
}

extension PerformanceMetric {
  var notForClassification: String { "\(rawValue) is for regression, and this is classification" }
  var notForRegression: String { "\(rawValue) is for classification, and this is regression" }
}
