/// Why a series has no trend.
public enum UnusableSeries: Error, Hashable, Sendable, CustomStringConvertible {
  /// So many of its numbers are no finite ones.
  case notFinite(Int)
  /// It has fewer than two different times.
  case tooShort
  /// It has more points than can be compared pair by pair.
  case tooLong(points: Int, most: Int)
  /// A slope is larger than a Double can hold.
  case tooSteep

  /// The reason, as a phrase that can end a sentence.
  public var description: String {
    switch self {
    case .notFinite(let count): "\(count) of its numbers are not finite"
    case .tooShort: "it has fewer than two different times"
    case .tooLong(let points, let most): "it has \(points) points, and at most \(most) can be compared"
    case .tooSteep: "a slope is larger than a Double can hold"
    }
  }
}
