/// How scores become probabilities.
public enum Calibration: Sendable, Hashable {
  case isotonic(IsotonicCalibration)
  case platt(PlattCalibration)

  /// The ways to calibrate.
  public enum Method: String, Sendable, Hashable, Codable, CaseIterable {
    /// Any rising function; needs a thousand rows or so.
    case isotonic
    /// A sigmoid; for few rows.
    case platt
  }

  /// Fits the scores and labels of reference rows; throws when there are none, when a score is not finite or all
  /// labels are the same. Traps when the lengths differ.
  public init(_ method: Method, scores: [Double], labels: [Bool]) throws(Uncalibratable) {
    switch method {
    case .isotonic: self = .isotonic(try IsotonicCalibration(scores: scores, labels: labels))
    case .platt: self = .platt(try PlattCalibration(scores: scores, labels: labels))
    }
  }

  /// The probability of a positive label at a finite score, 0…1.
  public func probability(of score: Double) -> Double {
    switch self {
    case .isotonic(let calibration): calibration.probability(of: score)
    case .platt(let calibration): calibration.probability(of: score)
    }
  }
}
