/// How often each category occurs in a column's reference, to hold current counts against.
public struct CategoricalReference: Sendable {
  private let counts: [Category: Int]
  /// The number of rows.
  public let count: Int

  /// Takes counts by category; a category that occurs 0 times is as if not there. Traps on a negative count.
  public init(counts: [String: Int]) {
    self.init(categories: CategoricalReference.byBytes(counts))
  }

  /// The same with categories that compare by bytes, where a String would merge canonical equivalents.
  public init(categories: [Category: Int]) {
    counts = CategoricalReference.occurring(categories)
    count = counts.values.reduce(0, +)
  }

  /// PSI of current counts, with a bin for each category in the union. Traps on a negative count.
  public func drift(of current: [String: Int]) -> CategoricalDrift {
    drift(ofCategories: CategoricalReference.byBytes(current))
  }

  /// The same with categories that compare by bytes.
  public func drift(ofCategories current: [Category: Int]) -> CategoricalDrift {
    let current = CategoricalReference.occurring(current)
    var bins: [(reference: Int, current: Int)] = []
    bins.reserveCapacity(counts.count + current.count)
    for (category, count) in counts { bins.append((count, current[category] ?? 0)) }
    for (category, count) in current where counts[category] == nil { bins.append((0, count)) }
    // A dictionary's order changes with each process, and with it the rounding of a sum.
    bins.sort { ($0.reference, $0.current) < ($1.reference, $1.current) }
    return CategoricalDrift(referenceCounts: bins.map(\.reference), currentCounts: bins.map(\.current))
  }

  private static func byBytes(_ counts: [String: Int]) -> [Category: Int] {
    Dictionary(uniqueKeysWithValues: counts.map { (Category($0.key), $0.value) })
  }

  private static func occurring(_ counts: [Category: Int]) -> [Category: Int] {
    counts.filter { _, count in
      precondition(count >= 0, "a category occurs 0 times or more")
      return count > 0
    }
  }
}
