import Glibc

/// PSI as Evidently computes it (`calculate_psi` of its `psi` stattest), to compare numbers with dashboards that exist.
///
/// More than 20 distinct reference values: equal-width bins over both sides together, as many as Sturges' rule gives;
/// else a bin for each value of either side. An empty bin's share becomes 0.0001, or a millionth of the smallest
/// share that is not 0 where that one is at most 0.0001.
enum EvidentlyStability {
  /// Of ascending, finite values, each side with one; nil where their range is larger than a Double holds.
  static func index(sorted reference: [Double], _ current: [Double]) -> Double? {
    guard case .edges = NumericBins(sortedReference: reference) else {
      return index(valuesOf: reference, current)
    }
    let first = min(reference[0], current[0])
    let last = max(reference[reference.count - 1], current[current.count - 1])
    guard (last - first).isFinite else { return nil }
    let edges = sturgesEdges(from: first, to: last, rows: reference.count + current.count)
    return index(counts(edges, reference), counts(edges, current))
  }

  /// Of parallel counts, each side with a row.
  static func index(_ reference: [Int], _ current: [Int]) -> Double {
    PopulationStability.unfloored(filled(reference), filled(current))
  }

  private static func index(valuesOf reference: [Double], _ current: [Double]) -> Double {
    var distinct: [Double] = []
    for value in (reference + current).sorted() where distinct.last != value { distinct.append(value) }
    let counts = [reference, current].map { side in
      distinct.map { side.countAtMost($0) - side.countBelow($0) }
    }
    return index(counts[0], counts[1])
  }

  /// `numpy.histogram_bin_edges(..., bins="sturges")`.
  private static func sturgesEdges(from first: Double, to last: Double, rows: Int) -> [Double] {
    let width = (last - first) / (log2(Double(rows)) + 1)
    let bins = max(1, Int(((last - first) / width).rounded(.up)))
    let step = (last - first) / Double(bins)
    return (0..<bins).map { Double($0) * step + first } + [last]
  }

  /// `numpy.histogram`: left-closed bins, the last one closed.
  private static func counts(_ edges: [Double], _ sorted: [Double]) -> [Int] {
    let below = edges.dropLast().map { sorted.countBelow($0) } + [sorted.countAtMost(edges.last!)]
    return (1..<edges.count).map { below[$0] - below[$0 - 1] }
  }

  private static func filled(_ counts: [Int]) -> [Double] {
    let total = Double(counts.reduce(0, +))
    let shares = counts.map { Double($0) / total }
    guard let smallest = shares.filter({ $0 > 0 }).min() else { return shares }
    let filling = smallest <= 0.0001 ? smallest / 1_000_000 : 0.0001
    return shares.map { $0 == 0 ? filling : $0 }
  }
}
