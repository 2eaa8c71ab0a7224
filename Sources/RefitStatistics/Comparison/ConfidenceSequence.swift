import Glibc

/// What is known of a mean while its observations keep coming: bounds that hold at every look together, so that one
/// may look as often as one likes and stop when one likes.
///
/// The asymptotic confidence sequence of Waudby-Smith, Arbour, Sinha, Kennedy and Ramdas (Annals of Statistics 52,
/// 2024, theorem 2.2): mean ± σ̂·√(2(nρ² + 1)/(n²ρ²)·ln(√(nρ² + 1)/α)), which is Robbins' normal mixture (1970) with
/// the variance estimated. Its p-value is the mixture sequential probability ratio test of a mean of 0 (Johari,
/// Koomen, Pekelis and Walsh, KDD 2017).
public struct ConfidenceSequence: Sendable, Hashable {
  private let mixture: Double
  private(set) public var count = 0
  private var mean = 0.0
  private var squares = 0.0
  private var smallestPValue = 1.0

  /// - Parameter tightestAt: the number of observations at which a sequence at 95 % is to be tightest. Much before
  ///   and much after it the bounds are wider than need be; they hold everywhere. Traps below 1.
  public init(tightestAt: Int) {
    precondition(tightestAt > 0, "a number of observations")
    // The rho that makes the width at n smallest: √((−2 ln α + ln(−2 ln α + 1))/n), the authors' equation 8.
    let surprise = -2 * log(0.05)
    mixture = ((surprise + log(surprise + 1)) / Double(tightestAt)).squareRoot()
  }

  /// Takes one more observation, for instance the difference of two models' losses on a row; traps unless finite.
  public mutating func add(_ value: Double) {
    precondition(value.isFinite, "an observation is a finite number")
    count += 1
    let before = value - mean
    mean += before / Double(count)
    squares += before * (value - mean)
    if count >= Self.fewest { smallestPValue = min(smallestPValue, pValueNow) }
  }

  /// The normal law holds only after some observations; before these nothing is said.
  public static let fewest = 30

  /// The mean of what came so far; undefined before the first.
  public var estimate: Statistic { count == 0 ? .undefined("there are no observations") : .defined(mean) }

  /// Bounds of the mean, each one at `confidence` (0.5..<1) at all looks together; nil with fewer than 30 observations
  /// or with none that differs.
  ///
  /// - Parameter confidence: of one side; both together hold at 2·confidence − 1.
  public func bounds(confidence: Double) -> ConfidenceBounds? {
    precondition(confidence >= 0.5 && confidence < 1, "a confidence lies in 0.5..<1")
    guard count >= Self.fewest, squares > 0 else { return nil }
    let n = Double(count)
    let spread = n * mixture * mixture + 1
    let error = 2 * (1 - confidence)
    let reach =
      deviation * (2 * spread / (n * n * mixture * mixture) * log(spread.squareRoot() / error)).squareRoot()
    return ConfidenceBounds(lower: mean - reach, upper: mean + reach)
  }

  /// Always valid: the probability that it ever falls to p where the mean is 0 is at most p. It never rises again.
  public var pValue: Double { smallestPValue }

  /// The reciprocal of the mixture's likelihood ratio against a mean of 0, at most 1.
  private var pValueNow: Double {
    guard squares > 0 else { return 1 }
    let n = Double(count)
    let z = mean / deviation
    let spread = n * mixture * mixture + 1
    return min(1, spread.squareRoot() * exp(-n * n * mixture * mixture * z * z / (2 * spread)))
  }

  private var deviation: Double { (squares / Double(count)).squareRoot() }
}
