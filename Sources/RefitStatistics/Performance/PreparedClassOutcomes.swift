/// Outcomes of several classes whose scores are sorted and whose losses are computed, so that metrics can be had again
/// for any multiplicities of the rows without another sort.
public struct PreparedClassOutcomes: Sendable {
  private let outcomes: ClassOutcomes
  /// One a class, or nil when no metric of ranks was asked for or the scores can't be ranked.
  private let ranked: [RankedRows]?
  /// The same in cells, from which areas are had where rows are drawn anew.
  private let cells: [ScoreCells]?
  private let losses: [Double]?
  private let rankProblem: String?
  private let lossProblem: String?

  init(_ outcomes: ClassOutcomes, for metrics: [ClassMetric], areCells: Bool) {
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
    let scores = ranks && rankProblem == nil && outcomes.weights?.problem == nil ? outcomes.scores : nil
    ranked = scores?.enumerated().map { index, scores in
      RankedRows(labels: outcomes.labels.map { $0 == index }, scores: scores)
    }
    cells = (areCells ? scores : nil)?.enumerated().map { index, scores in
      let labels = outcomes.labels.map { $0 == index }
      let weights = outcomes.weights?.values
      let area = BinaryOutcomes(labels: labels, scores: scores, predictions: nil, weights: weights)
        .measure(.rocAUC)
      return ScoreCells(
        labels: labels, scores: scores, weights: weights, metrics: [.named(.rocAUC)], values: [area])
    }
  }

  /// The number of rows, and of multiplicities.
  public var count: Int { outcomes.count }

  /// The metrics of the rows themselves; all must be among those that were prepared.
  public func measures(_ metrics: [ClassMetric], zeroByZero: ZeroByZero = .undefined) -> [Statistic] {
    let weights = outcomes.weights?.values
    let weight = { weights?[$0] ?? 1 }
    return evaluate(metrics, zeroByZero, areas: { areas(weight) }, weight: weight)
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
    let weight = { (weights?[$0] ?? 1) * Double(multiplicities[$0]) }
    return evaluate(
      metrics, .undefined, areas: { areas(multiplicities: multiplicities) ?? areas(weight) }, weight: weight)
  }

  private func evaluate(
    _ metrics: [ClassMetric], _ zeroByZero: ZeroByZero, areas: () -> [ClassArea], weight: (Int) -> Double
  ) -> [Statistic] {
    if let problem = outcomes.weights?.problem { return metrics.map { _ in .undefined(problem) } }
    let confusion = metrics.allSatisfy(\.readsScores) ? nil : confusion(weight)
    let areas = metrics.contains(where: \.isOfRanks) ? areas() : []
    return metrics.map { metric in
      if metric.readsScores && outcomes.scores == nil {
        return .undefined("there are no scores, which \(metric.rawValue) reads")
      }
      switch metric {
      case .rocAUCMacro, .rocAUCWeighted:
        return rankProblem.map { .undefined($0) } ?? average(areas, isWeighted: metric == .rocAUCWeighted)
      case .logLoss: return lossProblem.map { .undefined($0) } ?? meanLoss(weight)
      default:
        return confusion?.measure(metric, zeroByZero: zeroByZero)
          ?? .undefined("there are no predictions, which \(metric.rawValue) reads")
      }
    }
  }

  func confusion(_ weight: (Int) -> Double) -> ClassConfusion? {
    guard let predictions = outcomes.predictions else { return nil }
    var confusion = ClassConfusion(classes: outcomes.classes)
    for row in predictions.indices {
      confusion.add(label: outcomes.labels[row], prediction: predictions[row], weight: weight(row))
    }
    return confusion
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
    return areas((ranked ?? []).enumerated().map { ($1.sums(weight: weight).measure(.rocAUC), labels[$0]) })
  }

  /// The same by cells; nil without these.
  private func areas(multiplicities: UnsafeBufferPointer<UInt8>) -> [ClassArea]? {
    cells.map { cells in
      areas(
        cells.map { cell in
          let (area, labels) = cell.shiftedMeasure(multiplicities: multiplicities)
          return (area, labels)
        })
    }
  }

  /// The same, with what is wrong told of the class.
  private func areas(_ found: [ClassArea]) -> [ClassArea] {
    if found.allSatisfy({ $0.labels == 0 }) { return found.map { _ in (.undefined("there are no rows"), 0) } }
    return found.enumerated().map { index, found in
      guard found.labels > 0 else {
        return (.undefined("no label is of class '\(outcomes.classes[index])'"), 0)
      }
      let reason = "every label is of class '\(outcomes.classes[index])'"
      return (found.area.value == nil ? .undefined(reason) : found.area, found.labels)
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
