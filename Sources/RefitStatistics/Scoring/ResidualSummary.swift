/// How a regression's predictions lie beside its targets, in few enough numbers to draw; rows count alike.
public struct ResidualSummary: Sendable {
  /// The mean prediction and the mean target of a tenth of the rows.
  public struct Tenth: Sendable, Hashable {
    public let prediction: Double
    public let target: Double
  }

  /// The shares of all rows whose error has a size within a bin, by its sign; rows without an error are in none.
  public struct Bin: Sendable, Hashable {
    public let tooLow: Double
    public let tooHigh: Double
  }

  /// By rising prediction.
  public let tenths: [Tenth]
  /// What separates neighbouring bins of the size of an error: its quantiles, each once.
  public let edges: [Double]
  /// One more than edges.
  public let bins: [Bin]
  /// The share of all rows whose prediction is the target.
  public let exact: Double

  /// Nil without rows and with numbers that are not finite. Traps when lengths differ.
  public init?(targets: [Double], predictions: [Double]) {
    precondition(targets.count == predictions.count, "one prediction a target")
    let errors = targets.indices.map { predictions[$0] - targets[$0] }
    guard !targets.isEmpty, errors.allSatisfy(\.isFinite) else { return nil }
    tenths = Self.tenths(targets, predictions)
    let sizes = RadixSort.sorted(errors.map { abs($0) })
    var edges: [Double] = []
    for share in 1..<10 {
      let edge = Quantile.typeSeven(ofSorted: sizes, at: Double(share) / 10)
      if edge > edges.last ?? 0 { edges.append(edge) }
    }
    var counts = [(low: Int, high: Int)](repeating: (0, 0), count: edges.count + 1)
    for error in errors where error != 0 {
      let bin = edges.firstIndex { abs(error) <= $0 } ?? edges.count
      if error < 0 { counts[bin].low += 1 } else { counts[bin].high += 1 }
    }
    self.edges = edges
    let rows = Double(targets.count)
    exact = Double(errors.count { $0 == 0 }) / rows
    bins = counts.map { Bin(tooLow: Double($0.low) / rows, tooHigh: Double($0.high) / rows) }
  }

  private static func tenths(_ targets: [Double], _ predictions: [Double]) -> [Tenth] {
    let order = RadixSort.order(predictions)
    return (0..<10).compactMap { part in
      let range = order.count * part / 10..<order.count * (part + 1) / 10
      guard !range.isEmpty else { return nil }
      let rows = order[range].map(Int.init)
      let count = Double(rows.count)
      return Tenth(
        prediction: rows.reduce(0) { $0 + predictions[$1] / count },
        target: rows.reduce(0) { $0 + targets[$1] / count })
    }
  }
}
