/// A trend's slope that up to 29 % of wild values cannot carry away: the median of the slopes of all pairs
/// (Theil 1950; Sen, JASA 63, 1968).
public struct TheilSen: Sendable, Hashable {
  /// The most points: the slopes of all pairs are held in memory, 400 MB of them.
  public static let mostPoints = 10_000

  /// The change of the value a unit of time.
  public let slope: Double
  /// median(values) − slope · median(times).
  public let intercept: Double
  /// The interval of the slope at the confidence asked for (Sen's equation 2.6, with tied times and values).
  public let interval: ClosedRange<Double>

  /// The slope of values over times, in any order, in O(n²); `confidence` (0…1, both excluded) is that of the
  /// interval. As `scipy.stats.theilslopes`. Traps when the lengths differ.
  public init(values: [Double], times: [Double], confidence: Double = 0.95) throws(UnusableSeries) {
    precondition(values.count == times.count, "one time a value")
    precondition(confidence > 0 && confidence < 1, "a confidence lies between 0 and 1")
    let unusable = [values, times].reduce(0) { count, column in count + column.count { !$0.isFinite } }
    if unusable > 0 { throw .notFinite(unusable) }
    if values.count > Self.mostPoints { throw .tooLong(points: values.count, most: Self.mostPoints) }
    let slopes = try Self.slopes(values, times)
    guard let last = slopes.indices.last else { throw .tooShort }
    slope = Self.median(ofSorted: slopes)
    intercept =
      Self.median(ofSorted: RadixSort.sorted(values)) - slope
      * Self.median(ofSorted: RadixSort.sorted(times))
    let reach = Normal.quantile(0.5 + confidence / 2) * Self.standardDeviation(values, times)
    let pairs = Double(slopes.count)
    let low = ((pairs - reach) / 2).rounded(.toNearestOrEven) - 1
    let high = ((pairs + reach) / 2).rounded(.toNearestOrEven)
    interval = slopes[max(0, Int(low))]...slopes[min(last, Int(high))]
  }

  /// The same over times 0, 1, 2, ….
  public init(_ series: [Double], confidence: Double = 0.95) throws(UnusableSeries) {
    try self.init(values: series, times: series.indices.map(Double.init), confidence: confidence)
  }

  /// The slopes of all pairs at different times, ascending.
  private static func slopes(_ values: [Double], _ times: [Double]) throws(UnusableSeries) -> [Double] {
    var slopes: [Double] = []
    slopes.reserveCapacity(values.count * max(0, values.count - 1) / 2)
    for later in values.indices {
      for earlier in 0..<later where times[later] != times[earlier] {
        slopes.append((values[later] - values[earlier]) / (times[later] - times[earlier]))
      }
    }
    guard slopes.allSatisfy(\.isFinite) else { throw .tooSteep }
    return RadixSort.sorted(slopes)
  }

  private static func median(ofSorted values: [Double]) -> Double {
    let middle = values.count / 2
    return values.count % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2
  }

  /// Of Kendall's score without a trend, both times and values tied.
  private static func standardDeviation(_ values: [Double], _ times: [Double]) -> Double {
    let tied = [values, times].map { column in
      repeats(RadixSort.sorted(column)).reduce(0) { $0 + term($1) }
    }
    return max(0, (term(values.count) - tied[0] - tied[1]) / 18).squareRoot()
  }

  private static func repeats(_ sorted: [Double]) -> [Int] {
    var lengths: [Int] = []
    for index in sorted.indices {
      if index > 0, sorted[index] == sorted[index - 1] {
        lengths[lengths.count - 1] += 1
      } else {
        lengths.append(1)
      }
    }
    return lengths
  }

  private static func term(_ count: Int) -> Double {
    let n = Double(count)
    return n * (n - 1) * (2 * n + 5)
  }
}
