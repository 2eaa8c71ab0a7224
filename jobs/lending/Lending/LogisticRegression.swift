import Glibc

/// Fits a logistic regression by Newton's method (iteratively reweighted least squares) with a ridge penalty.
public struct LogisticRegression: Sendable {
  /// Half this times the squared coefficients of standardised columns and indicators (not of the intercept)
  /// is added to the negative log-likelihood.
  public var ridge: Double
  public var maximumIterations: Int

  public init(ridge: Double = 1, maximumIterations: Int = 50) {
    self.ridge = ridge
    self.maximumIterations = maximumIterations
  }

  /// The maximiser of the penalised likelihood, and how far it took; `labels` are true for the positive class.
  ///
  /// The same rows give the same bytes. `progress` hears each iteration and its mean log loss. Throws `notEnough`
  /// when one class is missing, `diverged` when no maximum is found.
  public func fit(
    _ frame: Frame, labels: [Bool], progress: (Int, Double) throws(LendingError) -> Void = { _, _ in }
  ) throws(LendingError) -> LogisticModel {
    precondition(labels.count == frame.rowCount)
    guard labels.contains(true), labels.contains(false) else {
      throw .notEnough("the \(labels.count) training rows do not hold both labels")
    }
    let design = DesignMatrix(frame)
    let targets = labels.map { $0 ? 1.0 : 0.0 }
    var coefficients = [Double](repeating: 0, count: design.width)
    var previous = Double.infinity
    for iteration in 1...maximumIterations {
      var system = NormalEquations(design, targets, coefficients, ridge: ridge)
      try progress(iteration, system.logLoss)
      guard let step = system.solve(), system.logLoss.isFinite else { break }
      for index in step.indices { coefficients[index] += step[index] }
      let largest = step.reduce(0) { max($0, abs($1)) }
      if largest < 1e-10 || (largest < 1e-6 && system.logLoss >= previous) {
        return design.model(coefficients)
      }
      previous = system.logLoss
    }
    throw .diverged(iterations: maximumIterations)
  }
}

/// The gradient and the Hessian of the penalised log-likelihood at given coefficients.
private struct NormalEquations {
  var hessian: [Double]
  var gradient: [Double]
  var logLoss = 0.0

  init(_ design: DesignMatrix, _ targets: [Double], _ coefficients: [Double], ridge: Double) {
    let width = design.width
    hessian = [Double](repeating: 0, count: width * width)
    gradient = [Double](repeating: 0, count: width)
    for row in 0..<design.rowCount {
      let start = row * width
      var logOdds = 0.0
      for column in 0..<width { logOdds += design.values[start + column] * coefficients[column] }
      let probability = 1 / (1 + exp(-logOdds))
      logLoss += max(logOdds, 0) - logOdds * targets[row] + log1p(exp(-abs(logOdds)))
      let weight = probability * (1 - probability)
      for column in 0..<width {
        let value = design.values[start + column]
        gradient[column] += (targets[row] - probability) * value
        for other in 0...column {
          hessian[column * width + other] += weight * value * design.values[start + other]
        }
      }
    }
    logLoss /= Double(max(design.rowCount, 1))
    for column in 1..<max(width, 1) {
      gradient[column] -= ridge * coefficients[column]
      hessian[column * width + column] += ridge
    }
  }

  /// Solves hessian · step = gradient by Cholesky; nil when the hessian is not positive definite.
  mutating func solve() -> [Double]? {
    let width = gradient.count
    for row in 0..<width {
      for column in 0...row {
        var sum = hessian[row * width + column]
        for inner in 0..<column { sum -= hessian[row * width + inner] * hessian[column * width + inner] }
        if row == column {
          guard sum > 0 else { return nil }
          hessian[row * width + row] = sum.squareRoot()
        } else {
          hessian[row * width + column] = sum / hessian[column * width + column]
        }
      }
    }
    var step = gradient
    for row in 0..<width {
      for column in 0..<row { step[row] -= hessian[row * width + column] * step[column] }
      step[row] /= hessian[row * width + row]
    }
    for row in stride(from: width - 1, through: 0, by: -1) {
      for below in (row + 1)..<max(width, row + 1) { step[row] -= hessian[below * width + row] * step[below] }
      step[row] /= hessian[row * width + row]
    }
    return step
  }
}
