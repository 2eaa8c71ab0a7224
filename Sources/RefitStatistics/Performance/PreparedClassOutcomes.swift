/// Outcomes of several classes whose scores are sorted and whose losses are computed, so that metrics can be had again
/// for any multiplicities of the rows without another sort.
public struct PreparedClassOutcomes: Sendable {
  private let outcomes: ClassOutcomes
  /// One a class, or nil when no metric of ranks was asked for or the scores can't be ranked.
  private let ranked: [RankedRows]?
  private let losses: [Double]?
  private let rankProblem: String?
  private let lossProblem: String?

  init(_ outcomes: ClassOutcomes, for metrics: [ClassMetric]) {
    self.outcomes = outcomes
    let ranks = metrics.contains(where: \.isOfRanks)
    let isLoss = metrics.contains(.logLoss)
    let rankProblem = ranks ? outcomes.reasonNotRanked() : nil
    let lossProblem = isLoss ? outcomes.reasonNotProbabilities() : nil
    self.rankProblem = rankProblem
    self.lossProblem = lossProblem
    losses =
      isLoss && lossProblem == nil && outcomes.scores != nil
      ? outcomes.labels.indices.map(outcomes.logLoss) : nil
    ranked =
      ranks && rankProblem == nil
      ? outcomes.scores?.enumerated().map { index, scores in
        RankedRows(labels: outcomes.labels.map { $0 == index }, scores: scores)
      } : nil
  }

  /// The number of rows, and of multiplicities.
  public var count: Int { outcomes.count }

  /// The metrics of the rows themselves; all must be among those that were prepared.
  public func measures(_ metrics: [ClassMetric]) -> [Statistic] {
    let weights = outcomes.weights?.values
    return evaluate(metrics) { weights?[$0] ?? 1 }
  }

  /// The metric where row i occurs `multiplicities[i]` times; the metric must be among those that were prepared.
  /// Traps unless there is one multiplicity a row.
  public func measure(_ metric: ClassMetric, multiplicities: [UInt8]) -> Statistic {
    multiplicities.withUnsafeBufferPointer { measures([metric], multiplicities: $0)[0] }
  }

  /// The same for several metrics, which share one look at the rows.
  public func measures(_ metrics: [ClassMetric], multiplicities: UnsafeBufferPointer<UInt8>) -> [Statistic] {
    precondition(multiplicities.count == count, "one multiplicity a row")
    let weights = outcomes.weights?.values
    return evaluate(metrics) { (weights?[$0] ?? 1) * Double(multiplicities[$0]) }
  }

  private func evaluate(_ metrics: [ClassMetric], weight: (Int) -> Double) -> [Statistic] {
    if let problem = outcomes.weights?.problem { return metrics.map { _ in .undefined(problem) } }
    let ofPredictions =
      metrics.allSatisfy(\.readsScores)
      ? nil : outcomes.margins(weight)?.measures(metrics, classes: outcomes.classes)
    let areas = metrics.contains(where: \.isOfRanks) ? areas(weight) : []
    return metrics.enumerated().map { index, metric in
      if metric.readsScores && outcomes.scores == nil {
        return .undefined("there are no scores, which \(metric.rawValue) reads")
      }
      switch metric {
      case .rocAUCMacro, .rocAUCWeighted:
        return rankProblem.map { .undefined($0) } ?? average(areas, isWeighted: metric == .rocAUCWeighted)
      case .logLoss: return lossProblem.map { .undefined($0) } ?? meanLoss(weight)
      default:
        return ofPredictions?[index]
          ?? .undefined("there are no predictions, which \(metric.rawValue) reads")
      }
    }
  }

  private func meanLoss(_ weight: (Int) -> Double) -> Statistic {
    guard let losses else { preconditionFailure("log_loss was not prepared") }
    return CompensatedSum.mean(losses, weight: weight)
  }

  /// Of each class the AUC against all others, and the weight of its labels.
  private typealias ClassArea = (area: Statistic, labels: Double)

  private func areas(_ weight: (Int) -> Double) -> [ClassArea] {
    var labels = [Double](repeating: 0, count: outcomes.classes.count)
    for row in outcomes.labels.indices { labels[outcomes.labels[row]] += weight(row) }
    return (ranked ?? []).enumerated().map { index, rows in
      if labels.allSatisfy({ $0 == 0 }) { return (.undefined("there are no rows"), 0) }
      guard labels[index] > 0 else {
        return (.undefined("no label is of class '\(outcomes.classes[index])'"), 0)
      }
      let area = rows.sums(weight: weight).measure(.rocAUC)
      let reason = "every label is of class '\(outcomes.classes[index])'"
      return (area.value == nil ? .undefined(reason) : area, labels[index])
    }
  }

  private func average(_ areas: [ClassArea], isWeighted: Bool) -> Statistic {
    var sum = CompensatedSum()
    let total = areas.reduce(0) { $0 + $1.labels }
    for area in areas {
      guard let value = area.area.value else { return area.area }
      sum.add(isWeighted ? value * (area.labels / total) : value / Double(areas.count))
    }
    return areas.isEmpty ? .undefined("there are no classes") : .defined(min(1, sum.value))
  }
}
