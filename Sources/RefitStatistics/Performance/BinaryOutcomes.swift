/// The labels of a binary task beside what a model said of the same rows: parallel columns, one row each.
///
/// Every metric of `measures` shares one sort of the scores and one pass over the decisions. Rows may have weights;
/// all metrics take them as scikit-learn does, and a row of weight 0 is as good as none.
public struct BinaryOutcomes: Sendable {
  let labels: [Bool]
  let scores: [Double]?
  let predictions: [Bool]?
  let weights: RowWeights?
  /// The four counts of rows, whatever these weigh, or nil without hard predictions.
  public let confusion: BinaryConfusion?

  /// Takes the columns that there are; traps when their lengths differ.
  ///
  /// A score that is not finite makes each metric that reads scores undefined, and a weight that is negative or not
  /// finite makes each metric undefined; neither traps.
  public init(labels: [Bool], scores: [Double]?, predictions: [Bool]?, weights: [Double]? = nil) {
    precondition(scores == nil || scores?.count == labels.count, "one score a label")
    precondition(weights == nil || weights?.count == labels.count, "one weight a label")
    self.labels = labels
    self.scores = scores
    self.predictions = predictions
    self.weights = weights.map(RowWeights.init)
    confusion = predictions.map { BinaryConfusion(labels: labels, predictions: $0) }
  }

  /// The number of rows.
  public var count: Int { labels.count }

  /// The metric as scikit-learn defines it, or undefined with the reason: no rows, a column that is not
  /// there or not finite, one class only (AUC and others), 0/0 (precision, recall, F1), a regression metric.
  public func measure(_ metric: PerformanceMetric, zeroByZero: ZeroByZero = .undefined) -> Statistic {
    measures([metric], zeroByZero: zeroByZero)[0]
  }

  /// Each of the metrics, in their order; the scores are sorted at most once.
  public func measures(
    _ metrics: [PerformanceMetric], zeroByZero: ZeroByZero = .undefined
  ) -> [Statistic] {
    if let problem = weights?.problem { return metrics.map { _ in .undefined(problem) } }
    if weights != nil { return prepared(for: metrics).measures(metrics, zeroByZero: zeroByZero) }
    let needs = MetricNeeds(metrics.map(BinaryMetric.named))
    let problems = ScoreProblems(scores, needs)
    let ranks =
      needs.ranks && problems.forRanks == nil ? RankedClasses(labels: labels, scores: scores!).sums() : nil
    return metrics.map { metric in
      switch MetricNeeds.kind(of: metric) {
      case .regression: .undefined(metric.notForClassification)
      case .decisions:
        confusion?.measure(metric, zeroByZero: zeroByZero)
          ?? .undefined("there are no hard predictions, which \(metric.rawValue) reads")
      case .ranks: ranks?.measure(metric) ?? .undefined(problems.forRanks!.reason(.named(metric)))
      case .probabilities:
        problems.forProbabilities.map { .undefined($0.reason(.named(metric))) } ?? loss(metric, scores!)
      }
    }
  }

  /// Each of the metrics, in their order.
  public func measures(_ metrics: [BinaryMetric]) -> [Statistic] {
    let named = metrics.compactMap { metric -> PerformanceMetric? in
      if case .named(let metric) = metric { metric } else { nil }
    }
    var values = measures(named)[...]
    return metrics.map { metric in
      switch metric {
      case .named: values.removeFirst()
      case .lift(let share): lift(share: share)
      case .expectedCost(let costs): expectedCost(costs)
      }
    }
  }

  /// How much more frequent positive labels are among the `share` (0 to 1) of rows that score highest than among all
  /// rows. Of tied rows at the border as many count as fit, each in part, so that the order of rows doesn't matter.
  /// Undefined without a positive label; traps unless 0 < share ≤ 1.
  public func lift(share: Double) -> Statistic {
    precondition(share > 0 && share <= 1, "a share is over 0 and at most 1")
    if let problem = weights?.problem { return .undefined(problem) }
    guard let scores else { return .undefined("there are no scores, which lift reads") }
    if let reason = reasonNotFinite(scores, called: "scores") { return .undefined(reason) }
    guard let weights else { return RankedClasses(labels: labels, scores: scores).lift(share: share) }
    return RankedRows(labels: labels, scores: scores).lift(share: share) { weights.values[$0] }
  }

  /// The mean over rows of what its decision costs, in the unit of `costs`; undefined without rows or decisions.
  public func expectedCost(_ costs: DecisionCosts) -> Statistic {
    if let problem = weights?.problem { return .undefined(problem) }
    guard let predictions else { return .undefined("there are no hard predictions, which a cost reads") }
    var cells = ConfusionWeights()
    for row in labels.indices {
      cells.add(label: labels[row], prediction: predictions[row], weight: weights?.values[row] ?? 1)
    }
    return cells.mean(of: costs)
  }

  private func loss(_ metric: PerformanceMetric, _ scores: [Double]) -> Statistic {
    if labels.isEmpty { return .undefined("there are no rows") }
    if metric == .ece {
      var bins = CalibrationBins()
      for row in labels.indices { bins.add(labels[row], scores[row], weight: 1) }
      return bins.error
    }
    var sum = CompensatedSum()
    if metric == .brier {
      for row in labels.indices { sum.add(ProbabilityLoss.brier(labels[row], scores[row])) }
    } else {
      for row in labels.indices { sum.add(ProbabilityLoss.logLoss(labels[row], scores[row])) }
    }
    return Statistic(finite: sum.value / Double(labels.count))
  }
}

/// What each of the four outcomes of a decision costs a row, in any unit; a gain is negative. Finite numbers.
public struct DecisionCosts: Sendable, Hashable {
  public let truePositive: Double
  public let falsePositive: Double
  public let trueNegative: Double
  public let falseNegative: Double

  /// The cost matrix; right decisions cost nothing unless said. Traps unless all are finite.
  public init(
    falsePositive: Double, falseNegative: Double, truePositive: Double = 0, trueNegative: Double = 0
  ) {
    precondition(
      [falsePositive, falseNegative, truePositive, trueNegative].allSatisfy(\.isFinite), "costs are finite")
    self.truePositive = truePositive
    self.falsePositive = falsePositive
    self.trueNegative = trueNegative
    self.falseNegative = falseNegative
  }

  /// Of one row.
  func cost(label: Bool, prediction: Bool) -> Double {
    label ? (prediction ? truePositive : falseNegative) : prediction ? falsePositive : trueNegative
  }

  /// From the cheapest outcome to the dearest.
  var range: ClosedRange<Double> {
    let all = [truePositive, falsePositive, trueNegative, falseNegative]
    return all.min()!...all.max()!
  }
}

extension ConfusionWeights {
  /// Adds a row to its cell.
  @inline(__always)
  mutating func add(label: Bool, prediction: Bool, weight: Double) {
    truePositives += label && prediction ? weight : 0
    falsePositives += !label && prediction ? weight : 0
    trueNegatives += !label && !prediction ? weight : 0
    falseNegatives += label && !prediction ? weight : 0
  }

  /// The metric of hard predictions; undefined for any other.
  func measure(_ metric: BinaryMetric, zeroByZero: ZeroByZero = .undefined) -> Statistic {
    switch metric {
    case .named(let named):
      measure(named, zeroByZero: zeroByZero)
        ?? .undefined("\(metric.name) does not follow from hard predictions")
    case .lift: .undefined("\(metric.name) does not follow from hard predictions")
    case .expectedCost(let costs): mean(of: costs)
    }
  }

  fileprivate func mean(of costs: DecisionCosts) -> Statistic {
    if total == 0 { return .undefined("there are no rows") }
    var sum = CompensatedSum()
    sum.add(truePositives / total * costs.truePositive)
    sum.add(falsePositives / total * costs.falsePositive)
    sum.add(trueNegatives / total * costs.trueNegative)
    sum.add(falseNegatives / total * costs.falseNegative)
    return Statistic(finite: sum.value)
  }
}
