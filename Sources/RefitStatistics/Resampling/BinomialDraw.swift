import Glibc

/// Draws how many of so many trials succeed, in constant time on average for any number of trials.
enum BinomialDraw {
  /// A number 0…trials with the binomial law of the probability, which lies in 0…1.
  static func draw(trials: Int, probability: Double, _ uniform: inout DrawSequence) -> Int {
    if trials == 0 || probability <= 0 { return 0 }
    if probability >= 1 { return trials }
    if probability > 0.5 {
      return trials - draw(trials: trials, probability: 1 - probability, &uniform)
    }
    return Double(trials) * probability < 10
      ? inverted(trials, probability, &uniform) : rejected(trials, probability, &uniform)
  }

  /// By adding up probabilities from 0 on; for small means.
  private static func inverted(_ trials: Int, _ probability: Double, _ uniform: inout DrawSequence) -> Int {
    let odds = probability / (1 - probability)
    let none = exp(Double(trials) * log1p(-probability))
    while true {
      var left = uniform.next()
      var mass = none
      for successes in 0...trials {
        if left <= mass { return successes }
        left -= mass
        mass *= odds * Double(trials - successes) / Double(successes + 1)
        // What rounding left over of the whole is drawn again.
        if mass < 1e-300 { break }
      }
    }
  }

  /// By transformed rejection (BTRS of Hörmann, Journal of Statistical Computation and Simulation 46, 1993); for means
  /// of 10 and more with a probability up to a half.
  private static func rejected(_ trials: Int, _ probability: Double, _ uniform: inout DrawSequence) -> Int {
    let n = Double(trials)
    let deviation = (n * probability * (1 - probability)).squareRoot()
    let b = 1.15 + 2.53 * deviation
    let a = -0.0873 + 0.0248 * b + 0.01 * probability
    let centre = n * probability + 0.5
    let surelyIn = 0.92 - 4.2 / b
    let alpha = (2.83 + 5.1 / b) * deviation
    let odds = probability / (1 - probability)
    let mode = ((n + 1) * probability).rounded(.down)
    while true {
      let u = uniform.next() - 0.5
      let v = uniform.next()
      let distance = 0.5 - abs(u)
      let k = ((2 * a / distance + b) * u + centre).rounded(.down)
      if distance >= 0.07, v <= surelyIn { return Int(k) }
      guard k >= 0, k <= n else { continue }
      let height = log(v * alpha / (a / (distance * distance) + b))
      let density =
        (mode + 0.5) * log((mode + 1) / (odds * (n - mode + 1)))
        + (n + 1) * log((n - mode + 1) / (n - k + 1)) + (k + 0.5) * log(odds * (n - k + 1) / (k + 1))
        + stirlingTail(mode) + stirlingTail(n - mode) - stirlingTail(k) - stirlingTail(n - k)
      if height <= density { return Int(k) }
    }
  }

  /// ln k! less Stirling's (k + ½)·ln(k + 1) − (k + 1) + ½·ln 2π.
  private static func stirlingTail(_ k: Double) -> Double {
    if k < 10 { return smallTails[Int(k)] }
    let square = (k + 1) * (k + 1)
    return (1.0 / 12 - (1.0 / 360 - 1.0 / 1260 / square) / square) / (k + 1)
  }

  private static let smallTails = (0..<10).map { k in
    let next = Double(k + 1)
    let factorial = (1..<(k + 1)).reduce(1.0) { $0 * Double($1) }
    return log(factorial) - ((next - 0.5) * log(next) - next + 0.5 * log(2 * Double.pi))
  }
}
