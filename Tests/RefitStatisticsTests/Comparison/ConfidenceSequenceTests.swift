import RefitStatistics
import RefitTesting
import Testing

@Suite struct ConfidenceSequenceTests {
  /// Looks after every observation of 2,000: an ordinary interval at 90 % would miss in about half of the runs.
  @Test func `bounds hold at every look together, where an ordinary interval does not`() {
    var random = SeededGenerator(seed: 94)
    let runs = 300
    var (missed, missedOrdinary, found) = (0, 0, 0)
    for _ in 0..<runs {
      var sequence = ConfidenceSequence(tightestAt: 500)
      var (isOut, isOutOrdinary, sum, squares) = (false, false, 0.0, 0.0)
      for count in 1...2_000 {
        // Skewed, mean 0, as differences of losses are.
        let value = random.chance(0.1) ? 0.9 : -0.1
        sequence.add(value)
        (sum, squares) = (sum + value, squares + value * value)
        if let bounds = sequence.bounds(confidence: 0.95), bounds.lower > 0 || bounds.upper < 0 { isOut = true }
        if count >= 30 {
          let n = Double(count)
          let variance = squares / n - sum / n * sum / n
          if abs(sum / n) > 1.645 * (variance / n).squareRoot() { isOutOrdinary = true }
        }
      }
      missed += isOut ? 1 : 0
      missedOrdinary += isOutOrdinary ? 1 : 0
      found += sequence.pValue <= 0.1 ? 1 : 0
    }
    #expect(Double(missed) / Double(runs) < 0.1 + 0.035)
    #expect(Double(missedOrdinary) / Double(runs) > 0.4)
    // The p-value and the two-sided sequence are one test.
    #expect(found == missed)
  }

  /// With n = 100, mean 0.2, variance 1 and ρ² = 0.08: p = 3·exp(−100²·0.08·0.04/(2·9)), width by hand.
  @Test func `known answer`() throws {
    // −2 ln 0.05 = 5.991464547; ρ² = (5.991464547 + ln 6.991464547) / tightestAt.
    let tightestAt = 99
    let squared = (5.991464547107979 + 1.9446905886) / Double(tightestAt)
    var sequence = ConfidenceSequence(tightestAt: tightestAt)
    for index in 0..<100 { sequence.add(index % 2 == 0 ? 1.2 : -0.8) }
    let spread = 100 * squared + 1
    let bounds = try #require(sequence.bounds(confidence: 0.975))
    // ln(√spread/0.05) in numbers: spread = 9.01631832.
    #expect(abs(spread - 9.01631832) < 1e-6)
    let reach = (2 * spread / (10_000 * squared) * 4.0951904).squareRoot()
    #expect(abs(bounds.upper - 0.2 - reach) < 1e-5 && abs(0.2 - bounds.lower - reach) < 1e-5)
    #expect(sequence.estimate.value.map { abs($0 - 0.2) < 1e-12 } == true)
  }

  @Test func `a difference that is there is found, and stays found`() {
    var random = SeededGenerator(seed: 95)
    var sequence = ConfidenceSequence(tightestAt: 1_000)
    var smallest = 1.0
    for _ in 0..<5_000 {
      sequence.add(random.bell() + 0.2)
      #expect(sequence.pValue <= smallest)
      smallest = sequence.pValue
    }
    #expect(smallest < 1e-6)
    #expect((sequence.bounds(confidence: 0.95)?.lower ?? -1) > 0.1)
  }

  @Test func `few observations, or equal ones, say nothing`() {
    var sequence = ConfidenceSequence(tightestAt: 100)
    #expect(sequence.estimate == .undefined("there are no observations"))
    for index in 0..<29 { sequence.add(Double(index)) }
    #expect(sequence.bounds(confidence: 0.95) == nil && sequence.pValue == 1)
    var constant = ConfidenceSequence(tightestAt: 100)
    for _ in 0..<100 { constant.add(0) }
    #expect(constant.bounds(confidence: 0.95) == nil && constant.pValue == 1)
  }
}
