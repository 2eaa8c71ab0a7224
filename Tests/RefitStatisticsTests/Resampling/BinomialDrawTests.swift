import RefitTesting
import Testing

@testable import RefitStatistics

@Suite struct BinomialDrawTests {
  /// Pearson's test against the binomial law, over values that are expected often enough.
  @Test(arguments: [
    (1, 0.3), (7, 0.5), (20, 0.02), (40, 0.9), (19, 0.52), (25, 0.4), (60, 0.5), (1_000, 0.3), (1_000, 0.011),
    (5_000, 0.999),
  ])
  func drawsFollowTheBinomialLaw(trials: Int, probability: Double) {
    let draws = 40_000
    var uniform = DrawSequence(Philox(seed: 11), .groupCells, resample: 1, from: 0)
    var counts = [Int](repeating: 0, count: trials + 1)
    for _ in 0..<draws {
      counts[BinomialDraw.draw(trials: trials, probability: probability, &uniform)] += 1
    }
    var (statistic, cells, expected, observed) = (0.0, 0, 0.0, 0)
    for (count, mass) in zip(counts, Self.law(trials, probability)) {
      expected += mass * Double(draws)
      observed += count
      guard expected >= 20 else { continue }
      statistic += (Double(observed) - expected) * (Double(observed) - expected) / expected
      (cells, expected, observed) = (cells + 1, 0, 0)
    }
    #expect(expected + Double(observed) < 100, "little is left over")
    #expect(ChiSquare.upperTail(statistic, degreesOfFreedom: max(1, cells - 1)) > 0.001)
  }

  /// A billion rows are no more work than a hundred.
  @Test func manyTrialsKeepMeanAndSpread() {
    let (trials, probability, draws) = (1_000_000_000, 0.37, 20_000)
    var uniform = DrawSequence(Philox(seed: 12), .groupCells, resample: 0, from: 0)
    let mean = Double(trials) * probability
    let deviation = (mean * (1 - probability)).squareRoot()
    let standardised = (0..<draws).map { _ in
      (Double(BinomialDraw.draw(trials: trials, probability: probability, &uniform)) - mean) / deviation
    }
    #expect(abs(standardised.reduce(0, +) / Double(draws)) < 4 / Double(draws).squareRoot())
    let variance = standardised.reduce(0) { $0 + $1 * $1 } / Double(draws)
    #expect(abs(variance - 1) < 4 * (2 / Double(draws)).squareRoot())
  }

  @Test func whatIsSureIsDrawnSurely() {
    var uniform = DrawSequence(Philox(seed: 13), .groupCells, resample: 0, from: 0)
    #expect(BinomialDraw.draw(trials: 0, probability: 0.5, &uniform) == 0)
    #expect(BinomialDraw.draw(trials: 9, probability: 0, &uniform) == 0)
    #expect(BinomialDraw.draw(trials: 9, probability: 1, &uniform) == 9)
  }

  /// By the recurrence of its terms, from the likeliest value on.
  private static func law(_ trials: Int, _ probability: Double) -> [Double] {
    let mode = min(trials, Int(Double(trials + 1) * probability))
    let odds = probability / (1 - probability)
    var law = [Double](repeating: 0, count: trials + 1)
    law[mode] = 1
    for k in stride(from: mode, to: trials, by: 1) {
      law[k + 1] = law[k] * odds * Double(trials - k) / Double(k + 1)
    }
    for k in stride(from: mode, to: 0, by: -1) {
      law[k - 1] = law[k] / odds * Double(k) / Double(trials - k + 1)
    }
    let sum = law.reduce(0, +)
    return law.map { $0 / sum }
  }
}
