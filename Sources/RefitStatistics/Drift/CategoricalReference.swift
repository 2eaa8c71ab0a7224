/// How often each category occurs in a column's reference, to hold current counts against.
public struct CategoricalReference: Sendable {
  private let counts: [Category: Int]
  /// The number of rows with a category.
  public let count: Int
  private let missing: Int

  /// Takes counts by category, and how many rows have none; a category that occurs 0 times is as if not there.
  /// Traps on a negative count.
  public init(counts: [String: Int], missing: Int = 0) {
    self.init(categories: CategoricalReference.byBytes(counts), missing: missing)
  }

  /// The same with categories that compare by bytes, where a String would merge canonical equivalents.
  public init(categories: [Category: Int], missing: Int = 0) {
    counts = CategoricalReference.occurring(categories)
    count = counts.values.reduce(0, +)
    self.missing = missing
  }

  /// How far current counts are from the reference, with a bin for each category in the union. Traps on a negative
  /// count.
  public func drift(of current: [String: Int], missing: Int = 0) -> CategoricalDrift {
    drift(ofCategories: CategoricalReference.byBytes(current), missing: missing)
  }

  /// The same with categories that compare by bytes.
  public func drift(ofCategories current: [Category: Int], missing: Int = 0) -> CategoricalDrift {
    let current = CategoricalReference.occurring(current)
    var bins: [(category: Category, reference: Int, current: Int)] = []
    bins.reserveCapacity(counts.count + current.count)
    for (category, count) in counts { bins.append((category, count, current[category] ?? 0)) }
    for (category, count) in current where counts[category] == nil { bins.append((category, 0, count)) }
    // A dictionary's order changes with each process, and with it the rounding of a sum.
    bins.sort {
      if $0.reference != $1.reference { return $0.reference < $1.reference }
      return $0.current != $1.current ? $0.current < $1.current : $0.category < $1.category
    }
    return CategoricalDrift(
      categories: bins.map(\.category), referenceCounts: bins.map(\.reference),
      currentCounts: bins.map(\.current),
      unusable: UnusableValues(missingReference: self.missing, missingCurrent: missing))
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
