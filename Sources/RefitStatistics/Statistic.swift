/// A number that may not exist: `undefined` carries the reason, so that no 0 and no NaN stands in its place.
public enum Statistic: Sendable, Hashable {
  /// A finite number.
  case defined(Double)
  /// No number, and the reason as a phrase that can end a sentence.
  case undefined(String)

  /// The number when it is finite, otherwise undefined because it is larger than a Double holds.
  init(finite value: Double) {
    self = value.isFinite ? .defined(value) : .undefined("the result is larger than a Double can hold")
  }

  /// `numerator / denominator`, or undefined with `reason` when the denominator is 0.
  init(_ numerator: Int, over denominator: Int, otherwise reason: @autoclosure () -> String) {
    self = denominator == 0 ? .undefined(reason()) : .defined(Double(numerator) / Double(denominator))
  }

  /// The number, or nil when there is none.
  public var value: Double? {
    switch self {
    case .defined(let value): value
    case .undefined: nil
    }
  }

  /// Why there is no number, or nil when there is one.
  public var reason: String? {
    switch self {
    case .defined: nil
    case .undefined(let reason): reason
    }
  }
}
