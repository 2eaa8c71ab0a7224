import Foundation
import RefitStatistics
import RefitTesting
import Testing

@Suite struct NumericDriftTests {
  private let hundred = (1...100).map(Double.init)

  @Test func sameValuesDoNotDrift() {
    let drift = NumericReference(hundred).drift(of: hundred.reversed())
    #expect(drift.psi == .defined(0))
    #expect(drift.ksStatistic == .defined(0))
    #expect(drift.histogram.reference == [Int](repeating: 10, count: 10))
  }

  @Test func binsAreRightClosedBetweenDeciles() {
    let reference = NumericReference((0...100).map(Double.init))
    #expect(reference.bins == .edges([10, 20, 30, 40, 50, 60, 70, 80, 90]))
    let drift = reference.drift(of: [10, 10.000001, 20, 90, 91, -5, 1e308])
    #expect(drift.histogram.current == [2, 2, 0, 0, 0, 0, 0, 0, 1, 2])
  }

  /// Thirty ones and twenty-four larger values: the edges at 1 merge, and the one at the minimum stays.
  @Test func edgesMergeAndStayAtTheMinimum() {
    let values = [Double](repeating: 1, count: 30) + (2...25).map(Double.init)
    let reference = NumericReference(values)
    guard case .edges(let edges) = reference.bins else { return #expect(Bool(false), "\(reference.bins)") }
    #expect(edges.first == 1 && edges.count == 5)
    #expect(reference.drift(of: [0, 1]).histogram.current.first == 2)
  }

  @Test(arguments: [20, 21])
  func twentyDistinctValuesAreBinsOfTheirOwn(distinct: Int) {
    let values = (0..<distinct * 3).map { Double($0 % distinct) }
    let reference = NumericReference(values)
    #expect(reference.bins.count == (distinct == 20 ? 21 : 10))
  }

  @Test func aConstantReferenceSeesAChange() throws {
    let reference = NumericReference([7, 7, 7])
    #expect(reference.bins == .values([7]))
    #expect(reference.drift(of: [7]).psi == .defined(0))
    let drift = reference.drift(of: [7, 8, 6, 9])
    #expect(drift.histogram.current == [1, 3])
    let (floor, all, quarter, rest) = (1e-4, 1.0, 0.25, 0.75)
    // (0.25 − 1)·ln(0.25) + (0.75 − 0.0001)·ln(7500)
    #expect(agree(drift.psi, (quarter - all) * -1.3862943611198906 + (rest - floor) * 8.922658299524402))
    #expect(drift.ksStatistic == .defined(0.5))
  }

  /// The larger share twice the smaller: (2/3 − 1/3)·ln 2, both ways.
  @Test func knownIndexOfTwoBins() {
    let drift = NumericReference([0, 0, 1]).drift(of: [0, 1, 1])
    #expect(agree(drift.psi, 2 * 0.6931471805599453 / 3))
    #expect(drift.ksStatistic == .defined(1.0 / 3))
  }

  @Test(arguments: [([], [1.0], "empty-reference"), ([1.0], [], "empty-current"), ([], [], "empty-both")])
  func anEmptySideIsUndefined(reference: [Double], current: [Double], reason: String) {
    let drift = NumericReference(reference).drift(of: current)
    let ofOneSide: Set<DriftStatistic> = [.missingShareReference, .missingShareCurrent, .unseenShare]
    for statistic in DriftStatistic.allCases where !ofOneSide.contains(statistic) {
      #expect(drift.measure(statistic) == .undefined(reason))
    }
    #expect(drift.histogram.psiExpectedUnderNoChange == nil)
  }

  @Test func oneValueASideIsEnough() {
    let drift = NumericReference([1]).drift(of: [2])
    #expect(drift.ksStatistic == .defined(1))
    #expect(drift.psi.value ?? 0 > 18)
  }

  @Test func missingAndInfiniteValuesAreLeftOutAndCounted() {
    let drift = NumericReference([.nan, 1, .infinity, 2]).drift(of: [2, -.infinity, 1, .nan, .nan])
    #expect((drift.referenceCount, drift.currentCount) == (2, 2))
    #expect(
      drift.unusable
        == UnusableValues(
          missingReference: 1, missingCurrent: 2, notFiniteReference: 1, notFiniteCurrent: 1))
    #expect(drift.ksStatistic == .defined(0))
    #expect(drift.measure(.missingShareReference) == .defined(0.25))
    #expect(drift.measure(.missingShareCurrent) == .defined(0.4))
    #expect(drift.psi == .defined(0))
    // One bin more: 1/3 of the reference is missing, and 2/4 of the current side.
    #expect(agree(drift.measure(.psiMissing), Self.index([1, 1, 0, 1], [1, 1, 0, 2])))
    #expect(NumericReference([.nan]).drift(of: [.nan]).psi == .undefined("empty-both"))
    #expect(NumericReference([]).drift(of: []).measure(.missingShareCurrent) == .undefined("empty-current"))
  }

  /// Σ (p − q)·ln(p/q) of counts, floored at 1e-4.
  private static func index(_ reference: [Double], _ current: [Double]) -> Double {
    zip(reference, current).reduce(0) { sum, bin in
      let q = max(bin.0 / reference.reduce(0, +), 1e-4)
      let p = max(bin.1 / current.reduce(0, +), 1e-4)
      return sum + (p - q) * log(p / q)
    }
  }

  @Test func sizeDoesNotMatter() {
    let tiny = Double.leastNonzeroMagnitude
    let expected = NumericReference(hundred).drift(of: [5, 95, 50.5])
    for scale in [tiny, 1e306, -1e306] {
      let drift = NumericReference(hundred.map { $0 * scale }).drift(of: [5, 95, 50].map { $0 * scale })
      #expect(drift.ksStatistic.value != nil)
      #expect(drift.psi.value != nil)
    }
    let ends = NumericReference(hundred.map { ($0 - 50) * 3.5e306 }).drift(of: [-1.5e308, 1.5e308, 0])
    #expect(agree(ends.psi, expected.psi.value))
    let zeros = NumericReference([0.0, -0.0]).drift(of: [-0.0])
    #expect(zeros.psi == .defined(0) && zeros.histogram.reference.count == 2)
  }

  /// Forty-eight rows of each side in ten bins: (10 − 1)(1/48 + 1/48).
  @Test func aSmallSampleExpectsAnIndex() {
    let values = (0..<48).map(Double.init)
    let drift = NumericReference(values).drift(of: values)
    #expect(drift.histogram.psiExpectedUnderNoChange == 9 * (1.0 / 48 + 1.0 / 48))
  }

  /// Of few values, too, beside which the bin for all others stays empty.
  @Test(arguments: [2_000.0, 2, 5])
  func expectedIndexIsWhatSamplingGives(values: Double) throws {
    var random = SeededGenerator(seed: 23)
    let rows = values > 1_000 ? 2_000 : 100
    var total = 0.0
    var expected = 0.0
    for _ in 0..<(values > 1_000 ? 60 : 1_000) {
      let reference = NumericReference((0..<rows).map { _ in (values * random.unit()).rounded(.down) })
      let drift = reference.drift(of: (0..<rows).map { _ in (values * random.unit()).rounded(.down) })
      total += try #require(drift.psi.value)
      expected += try #require(drift.histogram.psiExpectedUnderNoChange)
    }
    #expect(abs(total / expected - 1) < 0.2)
  }
}
