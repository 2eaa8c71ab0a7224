/// The bins of a numeric column, made from its reference; every binned statistic of the column uses them.
public enum NumericBins: Sendable, Hashable {
  /// At most 20 distinct reference values, ascending: a bin for each, and one for all other values.
  case values([Double])
  /// Ascending inner edges: right-closed bins, the outer two open.
  case edges([Double])

  /// The largest number of distinct reference values that each get a bin of their own.
  static let mostValues = 20

  /// The bins for ascending, finite reference values: one a value with at most 20 distinct ones, else between
  /// the distinct ones among the 10 %…90 % quantiles (type 7). Without values, one bin.
  init(sortedReference sorted: [Double]) {
    var distinct: [Double] = []
    for value in sorted where distinct.last != value {
      distinct.append(value)
      if distinct.count > NumericBins.mostValues { break }
    }
    if distinct.count <= NumericBins.mostValues {
      self = .values(distinct)
      return
    }
    var edges: [Double] = []
    for decile in 1...9 {
      let edge = Quantile.typeSeven(ofSorted: sorted, at: Double(decile) / 10)
      if edges.last != edge { edges.append(edge) }
    }
    self = .edges(edges)
  }

  /// The number of bins.
  public var count: Int {
    switch self {
    case .values(let values): values.count + 1
    case .edges(let edges): edges.count + 1
    }
  }

  /// How many of ascending, finite values fall into each bin; with `.values` the last bin is all others.
  func counts(ofSorted sorted: [Double]) -> [Int] {
    switch self {
    case .values(let values):
      var counts = values.map { value in
        sorted.countAtMost(value) - sorted.countBelow(value)
      }
      counts.append(sorted.count - counts.reduce(0, +))
      return counts
    case .edges(let edges):
      let upTo = edges.map { sorted.countAtMost($0) } + [sorted.count]
      return upTo.indices.map { $0 == 0 ? upTo[0] : upTo[$0] - upTo[$0 - 1] }
    }
  }
}

extension [Double] {
  /// In an ascending array, how many elements are at most `value`.
  func countAtMost(_ value: Double) -> Int { partition { $0 <= value } }

  /// In an ascending array, how many elements are less than `value`.
  func countBelow(_ value: Double) -> Int { partition { $0 < value } }

  private func partition(_ belongsLeft: (Double) -> Bool) -> Int {
    var low = 0
    var high = count
    while low < high {
      let middle = (low + high) / 2
      if belongsLeft(self[middle]) { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
