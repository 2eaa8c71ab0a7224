/// Why something that has several numbers has none, as a phrase that can end a sentence.
public struct Undefined: Error, Sendable, Hashable {
  public let reason: String

  init(_ reason: String) {
    self.reason = reason
  }
}

extension Result where Failure == Undefined {
  /// One number of the result.
  func statistic(_ number: (Success) -> Double) -> Statistic {
    switch self {
    case .success(let success): .defined(number(success))
    case .failure(let undefined): .undefined(undefined.reason)
    }
  }

  /// One number of the result, undefined where it is larger than a Double holds.
  func finite(_ number: (Success) -> Double) -> Statistic {
    switch self {
    case .success(let success): Statistic(finite: number(success))
    case .failure(let undefined): .undefined(undefined.reason)
    }
  }
}
