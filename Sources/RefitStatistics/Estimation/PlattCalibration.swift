import Glibc

/// Scores as probabilities by a sigmoid: 1 / (1 + exp(slope·score + intercept)) of largest likelihood under Platt's
/// targets (Platt 1999), by the Newton steps of Lin, Lin and Weng (Machine Learning 68, 2007).
public struct PlattCalibration: Sendable, Hashable {
  /// Platt's A, below 0 where higher scores mean more positive labels; a unit of score.
  public let slope: Double
  /// Platt's B.
  public let intercept: Double

  /// Fits rows of one label each (`sklearn.calibration.CalibratedClassifierCV(method="sigmoid")`'s sigmoid). Throws
  /// without rows, with one class only and when a score is not finite; traps when the lengths differ.
  public init(scores: [Double], labels: [Bool]) throws(Uncalibratable) {
    try Uncalibratable.check(scores: scores, labels: labels)
    // Steps are taken in scores of mean 0 and spread 1, where they converge for any scale.
    let scale = scores.reduce(0) { max($0, abs($1)) }
    let divisor = scale == 0 ? 1 : scale
    let scaled = scores.map { $0 / divisor }
    let centre = scaled.reduce(0, +) / Double(scaled.count)
    let spread = Spread.standardDeviation(of: scaled)
    let unit = spread == 0 ? 1 : spread
    let fit = Likelihood(scores: scaled.map { ($0 - centre) / unit }, labels: labels).maximum()
    slope = fit.slope / unit / divisor
    intercept = fit.intercept - fit.slope / unit * centre
  }

  /// The probability of a positive label at a finite score, 0…1.
  public func probability(of score: Double) -> Double {
    precondition(score.isFinite, "a score is finite")
    let exponent = slope * score + intercept
    return exponent > 0 ? exp(-exponent) / (1 + exp(-exponent)) : 1 / (1 + exp(exponent))
  }
}

/// The likelihood of a sigmoid over rows.
private struct Likelihood {
  typealias Sigmoid = (slope: Double, intercept: Double)

  private let scores: [Double]
  private let targets: [Double]
  private let start: Sigmoid

  init(scores: [Double], labels: [Bool]) {
    let positives = Double(labels.count(where: \.self))
    let negatives = Double(labels.count) - positives
    self.scores = scores
    targets = labels.map { $0 ? (positives + 1) / (positives + 2) : 1 / (negatives + 2) }
    start = (0, log((negatives + 1) / (positives + 1)))
  }

  /// Newton's steps, each halved until the loss falls enough; the loss is convex.
  func maximum() -> Sigmoid {
    var at = start
    var loss = self.loss(at)
    for _ in 0..<100 {
      let (step, descent) = newtonStep(at)
      var size = 1.0
      var isLower = false
      while size >= 1e-10 {
        let next = (at.slope + size * step.slope, at.intercept + size * step.intercept)
        let nextLoss = self.loss(next)
        if nextLoss < loss + 1e-4 * size * descent {
          (at, loss, isLower) = (next, nextLoss, true)
          break
        }
        size /= 2
      }
      guard isLower else { break }
    }
    return at
  }

  /// Σ −(t·ln p + (1 − t)·ln(1 − p)), without overflow.
  private func loss(_ sigmoid: Sigmoid) -> Double {
    var sum = CompensatedSum()
    for row in scores.indices {
      let exponent = sigmoid.slope * scores[row] + sigmoid.intercept
      sum.add(
        exponent >= 0
          ? targets[row] * exponent + log1p(exp(-exponent))
          : (targets[row] - 1) * exponent + log1p(exp(exponent)))
    }
    return sum.value
  }

  /// The step to the minimum of the quadratic approximation, and the loss's slope along it.
  private func newtonStep(_ sigmoid: Sigmoid) -> (step: Sigmoid, descent: Double) {
    // A little more than the Hessian, so that it can be inverted where all scores are equal.
    var (h11, h22, h21) = (1e-12, 1e-12, 0.0)
    var (g1, g2) = (0.0, 0.0)
    for row in scores.indices {
      let exponent = sigmoid.slope * scores[row] + sigmoid.intercept
      let e = exp(-abs(exponent))
      let p = exponent >= 0 ? e / (1 + e) : 1 / (1 + e)
      let curvature = e / ((1 + e) * (1 + e))
      h11 += scores[row] * scores[row] * curvature
      h22 += curvature
      h21 += scores[row] * curvature
      let miss = targets[row] - p
      g1 += scores[row] * miss
      g2 += miss
    }
    let determinant = h11 * h22 - h21 * h21
    let step = (-(h22 * g1 - h21 * g2) / determinant, -(h11 * g2 - h21 * g1) / determinant)
    return (step, g1 * step.0 + g2 * step.1)
  }
}
