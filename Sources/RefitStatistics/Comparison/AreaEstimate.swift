/// An area under the ROC curve with DeLong's variance.
public struct AreaEstimate: Sendable, Hashable {
  /// The area (0…1), ties counting half; undefined with one class only or with non-finite scores.
  public let area: Statistic
  /// Its variance; undefined where the area is, and with fewer than two rows of a class.
  public let variance: Statistic
  public let positives: Int
  public let negatives: Int

  /// The square root of the variance.
  public var standardError: Statistic {
    switch variance {
    case .defined(let variance): .defined(variance.squareRoot())
    case .undefined: variance
    }
  }

  /// One-sided bounds of the area, each at `confidence` (0.5..<1), by the normal law; 0…1 where the area or
  /// its variance is undefined, since that is all that is known.
  public func bounds(confidence: Double) -> ConfidenceBounds {
    guard let area = area.value, let standardError = standardError.value else {
      return ConfidenceBounds(lower: 0, upper: 1)
    }
    return .wald(
      area, standardError: standardError, rows: min(positives, negatives), within: 0...1,
      confidence: confidence)
  }
}
