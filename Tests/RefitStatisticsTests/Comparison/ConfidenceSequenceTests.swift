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
        if let bounds = sequence.bounds(confidence: 0.95), bounds.lower > 0 || bounds.upper < 0 {
          isOut = true
        }
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

  /// numpy with ρ² = (−2 ln α + ln(1 − 2 ln α))/99 at α = 0.05 and s = nρ² + 1: the bounds of 100 observations of mean
  /// 0.2 and variance 1 are 0.2 ± √(2s/(n²ρ²)·ln(√s/α)), the p-value is the least √s·exp(−n²ρ²·mean²/(2s·variance)) of
  /// the first 30 to 100, which that of the first 99 is.
  @Test func `known answer`() throws {
    var sequence = ConfidenceSequence(tightestAt: 99)
    for index in 0..<100 { sequence.add(index % 2 == 0 ? 1.2 : -0.8) }
    let bounds = try #require(sequence.bounds(confidence: 0.975))
    #expect(agree(bounds.lower, -0.10351654152562545, relative: 1e-9))
    #expect(agree(bounds.upper, 0.5035165415256255, relative: 1e-9))
    #expect(agree(sequence.pValue, 0.42926627988024907, relative: 1e-9))
    #expect(agree(sequence.estimate, 0.2, relative: 1e-12))
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
