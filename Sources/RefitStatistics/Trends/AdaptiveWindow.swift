import Glibc

/// ADWIN: a window over a stream that drops its older part when the means of the two parts differ (Bifet and
/// Gavaldà, SIAM Data Mining 2007, the version with buckets), with river's parameters and arithmetic
/// (`river.drift.ADWIN`). The window of n values is kept in O(log n) buckets, and a value costs O(log n).
public struct AdaptiveWindow: Sendable, Hashable {
  /// How sensitive the window is.
  public struct Parameters: Sendable, Hashable {
    /// The chance of a false change (δ), 0…1.
    public var significance = 0.002
    /// A change is looked for at every so many values.
    public var every = 32
    /// The most buckets of one size; one more and the two oldest are merged.
    public var mostBuckets = 5
    /// The fewest values of a part.
    public var shortestPart = 5
    /// A change is looked for in windows of more values than these.
    public var gracePeriod = 10

    /// river's defaults.
    public init() {}
  }

  public let parameters: Parameters
  /// The number of values in the window.
  public private(set) var count = 0
  /// Their sum.
  public private(set) var total = 0.0
  private var squaredDeviations = 0.0
  private var sinceLook = 0
  /// By size: a bucket of level l sums up 2^l values; the oldest is the first of its level.
  private var levels: [[Bucket]] = [[]]
  private var hasChanged = false

  /// Traps unless every parameter makes sense.
  public init(_ parameters: Parameters = Parameters()) {
    precondition(
      parameters.significance > 0 && parameters.significance < 1 && parameters.every > 0
        && parameters.mostBuckets > 0 && parameters.shortestPart > 0 && parameters.gracePeriod >= 0,
      "significance lies between 0 and 1, and the numbers are positive")
    self.parameters = parameters
  }

  /// The mean of the window; undefined when it is empty.
  public var mean: Statistic {
    count == 0 ? .undefined("the window is empty") : .defined(total / Double(count))
  }

  /// The number of buckets that are held.
  public var buckets: Int { levels.reduce(0) { $0 + $1.count } }

  /// Takes the next value, which must be finite, and says whether the mean has changed; after a change the window
  /// begins anew with the value that follows, as river's does.
  public mutating func append(_ value: Double) -> Bool {
    precondition(value.isFinite, "a stream's values are finite")
    if hasChanged { self = AdaptiveWindow(parameters) }
    insert(value)
    sinceLook += 1
    guard sinceLook == parameters.every else { return false }
    sinceLook = 0
    while count > parameters.gracePeriod || hasChanged, hasCut() {
      dropOldest()
      hasChanged = true
    }
    return hasChanged
  }

  private struct Bucket: Sendable, Hashable {
    var total: Double
    var squaredDeviations: Double

    /// Two buckets of `size` values each as one.
    func merged(with other: Bucket, size: Double) -> Bucket {
      let distance = total / size - other.total / size
      return Bucket(
        total: total + other.total,
        squaredDeviations: squaredDeviations + other.squaredDeviations + size * 0.5 * distance * distance)
    }
  }

  private static func size(ofLevel level: Int) -> Int { 1 << level }

  private mutating func insert(_ value: Double) {
    if count > 0 {
      let before = Double(count)
      let distance = value - total / before
      squaredDeviations += before * distance * distance / (before + 1)
    }
    count += 1
    total += value
    levels[0].append(Bucket(total: value, squaredDeviations: 0))
    var level = 0
    while levels[level].count > parameters.mostBuckets {
      if level + 1 == levels.count { levels.append([]) }
      let oldest = levels[level].removeFirst()
      let next = levels[level].removeFirst()
      levels[level + 1].append(oldest.merged(with: next, size: Double(Self.size(ofLevel: level))))
      level += 1
    }
  }

  /// Whether the means of the older and the newer part differ by more than chance at any boundary of buckets.
  private func hasCut() -> Bool {
    let shortest = parameters.shortestPart
    var older = 0
    var (olderTotal, newerTotal) = (0.0, total)
    for level in levels.indices.reversed() {
      for bucket in levels[level] {
        older += Self.size(ofLevel: level)
        olderTotal += bucket.total
        newerTotal -= bucket.total
        let newer = count - older
        guard newer >= shortest else { return false }
        guard older >= shortest else { continue }
        let difference = olderTotal / Double(older) - newerTotal / Double(newer)
        if abs(difference) > leastChange(older, newer) { return true }
      }
    }
    return false
  }

  /// ε of the paper's normal approximation, with river's sizes less the shortest part.
  private func leastChange(_ older: Int, _ newer: Int) -> Double {
    let shortest = parameters.shortestPart
    let logarithm = log(2 * log(Double(count)) / parameters.significance)
    let reciprocal = 1 / Double(older - shortest + 1) + 1 / Double(newer - shortest + 1)
    return (2 * reciprocal * (squaredDeviations / Double(count)) * logarithm).squareRoot()
      + 2.0 / 3.0 * logarithm * reciprocal
  }

  private mutating func dropOldest() {
    let level = levels.count - 1
    let bucket = levels[level].removeFirst()
    let size = Double(Self.size(ofLevel: level))
    while levels.count > 1, levels[levels.count - 1].isEmpty { levels.removeLast() }
    count -= Self.size(ofLevel: level)
    total -= bucket.total
    let left = Double(count)
    let distance = bucket.total / size - total / left
    squaredDeviations -= bucket.squaredDeviations + size * left * distance * distance / (size + left)
  }
}
