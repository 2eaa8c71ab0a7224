import RefitTesting
import Testing

@testable import RefitStatistics

@Suite struct RadixSortTests {
  @Test func agreesWithTheStandardSort() {
    var random = SeededGenerator(seed: 71)
    let kinds: [(inout SeededGenerator) -> Double] = [
      { $0.bell() },
      { $0.bell() * 1e300 },
      { Double(Int.random(in: -3...3, using: &$0)) },
      { Double(bitPattern: $0.next()) },
      { Double(sign: .minus, exponent: Int.random(in: -1074...1000, using: &$0), significand: 1) },
      { _ in 7 },
    ]
    for kind in kinds {
      for count in [0, 1, RadixSort.fewest - 1, RadixSort.fewest, 10_000] {
        let values = (0..<count).map { _ in kind(&random) }.filter { !$0.isNaN }
        #expect(RadixSort.sorted(values) == values.sorted())
      }
    }
  }

  @Test func keepsEachValueWithItsSign() {
    let values = (0..<5_000).map { $0 % 3 == 0 ? -0.0 : $0 % 3 == 1 ? 0.0 : .leastNonzeroMagnitude }
    let sorted = RadixSort.sorted(values)
    #expect(sorted.count { $0.sign == .minus } == values.count { $0.sign == .minus })
    #expect(sorted.last == .leastNonzeroMagnitude)
  }
}
