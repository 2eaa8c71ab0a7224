/// An order of the rows of a binary task that does not depend on the one that they came in: a row's draws go by its place,
/// so that without it the same rows in another order would have other resamples. Rows that are alike in all that is read
/// may stand in any order. Neighbours are not alike, which sums over cells of scores would be slow for.
struct RowOrder {
  private let scores: [[Double]]
  private let weights: [Double]?
  private let decisions: [[Bool]]

  /// The rows of one or two models.
  static func canonical(of models: [BinaryOutcomes]) -> [UInt32] { spread(sorted(models)) }

  /// Each so many places from the next as the golden section of all, and on from the beginning where they end.
  private static func spread(_ rows: [UInt32]) -> [UInt32] {
    let count = UInt64(rows.count)
    guard count > 2 else { return rows }
    var step = UInt64(Double(count) * 0.6180339887498949)
    while !areCoprime(step, count) { step += 1 }
    return (0..<count).map { rows[Int($0 * step % count)] }
  }

  private static func areCoprime(_ one: UInt64, _ other: UInt64) -> Bool {
    var (one, other) = (one, other)
    while other > 0 { (one, other) = (other, one % other) }
    return one == 1
  }

  /// The rows in the order of the scores of one model, of those in the other's, then by weight, label and decisions. Which
  /// of two models comes first goes by what they say and not by which of them is the candidate.
  private static func sorted(_ models: [BinaryOutcomes]) -> [UInt32] {
    let straight = RowOrder(models)
    guard models.count == 2 else { return straight.rows }
    let turned = RowOrder(models.reversed())
    if let own = straight.lowest, let other = turned.lowest, own != other {
      return own < other ? straight.rows : turned.rows
    }
    let (own, other) = (straight.rows, turned.rows)
    for (row, another) in zip(own, other) {
      let (row, another) = (Int(row), Int(another))
      if straight.precedes(row, turned, another) { return own }
      if turned.precedes(another, straight, row) { return other }
    }
    return own
  }

  private init(_ models: [BinaryOutcomes]) {
    // Scores that are no numbers have no place in an order, and no metric reads them.
    scores = models.compactMap(\.scores).filter { reasonNotFinite($0, called: "scores") == nil }
    weights = models[0].weights.flatMap { $0.problem == nil ? $0.values : nil }
    decisions = [models[0].labels] + models.compactMap(\.predictions)
  }

  /// The lowest score of the model that comes first.
  private var lowest: Double? { scores.first?.min() }

  /// Whether a row of this order stands before one of another's, or its own.
  private func precedes(_ row: Int, _ other: RowOrder, _ another: Int) -> Bool {
    for (own, others) in zip(scores, other.scores) where own[row] != others[another] {
      return own[row] < others[another]
    }
    if let weights, weights[row] != weights[another] { return weights[row] < weights[another] }
    for (own, others) in zip(decisions, other.decisions) where own[row] != others[another] {
      return others[another]
    }
    return false
  }

  private var rows: [UInt32] {
    guard let leading = scores.first ?? weights else {
      return decisions[0].indices.map(UInt32.init).sorted { precedes(Int($0), self, Int($1)) }
    }
    var order = RadixSort.order(leading)
    var first = 0
    while first < order.count {
      var end = first + 1
      while end < order.count, leading[Int(order[end])] == leading[Int(order[first])] { end += 1 }
      if end > first + 1 { order[first..<end].sort { precedes(Int($0), self, Int($1)) } }
      first = end
    }
    return order
  }
}

extension BinaryOutcomes {
  /// The same rows in another order.
  func inOrder(_ rows: [UInt32]) -> BinaryOutcomes {
    func column<Value>(_ values: [Value]) -> [Value] { rows.map { values[Int($0)] } }
    return BinaryOutcomes(
      labels: column(labels), scores: scores.map(column), predictions: predictions.map(column),
      weights: weights.map { column($0.values) })
  }
}
