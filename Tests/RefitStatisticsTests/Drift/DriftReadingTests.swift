import RefitStatistics
import Testing

struct DriftReadingTests {
  private func reading(_ reference: [String: Int], _ current: [String: Int]) -> DriftReading {
    DriftReading(ColumnProfile(.categorical(CategoricalReference(counts: reference).drift(of: current))))
  }

  @Test(
    arguments: [
      // The PSI is (q − p)·ln(q/p) + (p − q)·ln((1 − q)/(1 − p)): 0, 0.0405, 0.1695, 0.4159.
      (50, .little), (60, .little), (70, .some), (80, .large),
    ] as [(Int, DriftReading)])
  func `the customary bounds of the PSI tell little, some and large drift`(share: Int, expected: DriftReading)
  {
    let current = ["a": share * 10, "b": 1000 - share * 10]
    #expect(reading(["a": 500, "b": 500], current) == expected)
  }

  @Test func `of few rows a large PSI may be chance`() {
    // The PSI is 0.4159 as above; scipy's chi2_contingency without correction has a p-value of 0.160.
    #expect(reading(["a": 5, "b": 5], ["a": 8, "b": 2]) == .perhapsChance)
  }

  @Test func `without a row there is no reading`() {
    #expect(reading(["a": 5], [:]) == .unknown)
  }
}
