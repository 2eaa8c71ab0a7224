import RefitStatistics
import RefitTesting
import Testing

@Suite struct NumericDriftPropertyTests {
  private static let cases = NumericDriftOracleTests.smallCases(300, seed: 31)

  @Test func rowsMayComeInAnyOrder() {
    var random = SeededGenerator(seed: 32)
    for given in Self.cases {
      let shuffled = NumericReference(given.reference.shuffled(using: &random))
        .drift(of: given.current.shuffled(using: &random))
      #expect(shuffled == NumericReference(given.reference).drift(of: given.current))
    }
  }

  @Test func distanceIsSymmetricAndSeesOnlyOrder() {
    for given in Self.cases {
      let drift = NumericReference(given.reference).drift(of: given.current)
      let turned = NumericReference(given.current).drift(of: given.reference)
      #expect(turned.ksStatistic == drift.ksStatistic)
      let cubed = NumericReference(given.reference.map { $0 * $0 * $0 }).drift(
        of: given.current.map { $0 * $0 * $0 })
      #expect(cubed.ksStatistic == drift.ksStatistic)
      let mirrored = NumericReference(given.reference.map { -$0 }).drift(of: given.current.map { -$0 })
      #expect(mirrored.ksStatistic == drift.ksStatistic)
    }
  }

  @Test func distanceIsTheLargestGapOfTheDistributionFunctions() {
    for given in Self.cases {
      let gaps = (given.reference + given.current).map { point in
        abs(share(of: given.reference, atMost: point) - share(of: given.current, atMost: point))
      }
      let drift = NumericReference(given.reference).drift(of: given.current)
      #expect(agree(drift.ksStatistic, gaps.max()))
    }
  }

  @Test func valuesLieInTheirRangeAndEachRowInABin() throws {
    for given in Self.cases {
      let drift = NumericReference(given.reference).drift(of: given.current)
      let (psi, distance) = (try #require(drift.psi.value), try #require(drift.ksStatistic.value))
      #expect(psi >= 0 && distance >= 0 && distance <= 1)
      #expect(drift.histogram.reference.reduce(0, +) == given.reference.count)
      #expect(drift.histogram.current.reduce(0, +) == given.current.count)
      let same = NumericReference(given.reference).drift(of: given.reference)
      #expect(same.psi == .defined(0) && same.ksStatistic == .defined(0))
    }
  }

  private func share(of values: [Double], atMost point: Double) -> Double {
    Double(values.count { $0 <= point }) / Double(values.count)
  }
}
