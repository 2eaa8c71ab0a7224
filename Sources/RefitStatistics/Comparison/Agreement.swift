/// Whether two models say the same of every row. Then they differ by nothing in whatever reads no more than that, which
/// an estimate of 0 does not tell: two models may be equally good and each err on rows of its own.
enum Agreement {
  /// Whether two columns of finite scores put the rows in one order, with the same ties: what metrics of ranks read.
  static func isOfOrder(_ own: [Double], _ other: [Double]) -> Bool {
    precondition(own.count == other.count, "scores of the same rows")
    if own == other { return true }
    let order = RadixSort.order(own)
    return zip(order, order.dropFirst()).allSatisfy { lower, higher in
      let (lower, higher) = (Int(lower), Int(higher))
      return own[lower] == own[higher] ? other[lower] == other[higher] : other[lower] < other[higher]
    }
  }
}

extension BinaryOutcomes {
  /// Whether another model's outcomes of the same rows are the same to a metric that exists for both: equal decisions,
  /// equal scores, or scores in the same order. Rows of weight 0 don't count.
  func agrees(with other: BinaryOutcomes, on metric: BinaryMetric) -> Bool {
    func weighing<Value>(_ column: [Value]?) -> [Value] {
      guard let weights = weights?.values else { return column ?? [] }
      return zip(column ?? [], weights).filter { $0.1 > 0 }.map(\.0)
    }
    switch MetricNeeds.kind(of: metric) {
    case .decisions: return weighing(predictions) == weighing(other.predictions)
    case .ranks: return Agreement.isOfOrder(weighing(scores), weighing(other.scores))
    case .probabilities: return weighing(scores) == weighing(other.scores)
    case .regression: return false
    }
  }
}

extension ClassOutcomes {
  /// The same of several classes, where log loss reads the score of a row's own class alone.
  func agrees(with other: ClassOutcomes, on metric: ClassMetric) -> Bool {
    let rows = labels.indices.filter { weights?.values[$0] != 0 }
    func agree<Value: Equatable>(_ own: [Value]?, _ others: [Value]?) -> Bool {
      guard let own, let others else { return false }
      return rows.allSatisfy { own[$0] == others[$0] }
    }
    if !metric.readsScores { return agree(predictions, other.predictions) }
    guard metric.isOfRanks else {
      return agree(labels.indices.map(logLoss), labels.indices.map(other.logLoss))
    }
    return zip(scores ?? [], other.scores ?? []).allSatisfy { own, others in
      Agreement.isOfOrder(rows.map { own[$0] }, rows.map { others[$0] })
    }
  }
}
