import RefitStatistics
import RefitTesting
import Testing

@Suite struct BootstrapDistributionTests {
  struct Case: Encodable {
    var data: [Double]
    var replicates: [Double]
    var confidence: Double
  }

  struct Answer: Decodable {
    var percentile: [Double]
    var corrected: [Double]
    var standardError: Double
  }

  /// Means of resamples of skewed data, from 3 rows to 200.
  static func cases() -> [Case] {
    var random = SeededGenerator(seed: 81)
    return (0..<60).map { index in
      let rows = Int.random(in: 3...200, using: &random)
      let data = (0..<rows).map { _ in random.unit() * random.unit() * random.unit() * 100 }
      let replicates = (0..<300).map { _ in
        (0..<rows).reduce(0) { sum, _ in sum + random.pick(data) } / Double(rows)
      }
      return Case(data: data, replicates: replicates, confidence: [0.9, 0.95, 0.975][index % 3])
    }
  }

  @Test func `bounds and standard error are scipy's`() throws {
    let cases = Self.cases()
    for (given, answer) in zip(cases, try Oracle.comparison("bootstrap", cases, as: Answer.self)) {
      let total = given.data.reduce(0, +)
      let rows = Double(given.data.count)
      let distribution = BootstrapDistribution(estimate: total / rows, replicates: given.replicates)
      let percentile = try #require(distribution.percentileBounds(confidence: given.confidence))
      #expect(agree(percentile.lower, answer.percentile[0]) && agree(percentile.upper, answer.percentile[1]))
      let acceleration = Jackknife.acceleration(given.data.map { (total - $0) / (rows - 1) })
      let corrected = try #require(
        distribution.correctedBounds(confidence: given.confidence, acceleration: acceleration))
      #expect(agree(corrected.lower, answer.corrected[0]) && agree(corrected.upper, answer.corrected[1]))
      #expect(agree(distribution.standardError, answer.standardError))
    }
  }

  @Test func `the p-value counts the replicates on the other side of 0`() {
    func pValue(_ replicates: [Double?]) -> Statistic {
      BootstrapDistribution(estimate: 1, replicates: replicates).pValueOfZero
    }
    #expect(pValue((1...99).map(Double.init)) == .defined(0.02))
    #expect(pValue((1...99).map { Double($0) - 5 }) == .defined(2.0 * 6 / 100))
    #expect(pValue((1...99).map { 5 - Double($0) }) == .defined(2.0 * 6 / 100))
    #expect(pValue([Double](repeating: 0, count: 99)) == .defined(1))
  }

  /// A bound at an error rate that is a little smaller than half of the p-value reaches 0, and at one that is a little
  /// larger it doesn't.
  @Test func `the corrected p-value is where a corrected bound reaches 0`() throws {
    var random = SeededGenerator(seed: 8)
    var told = 0
    for _ in 0..<40 {
      let (center, skew) = (2 * random.bell(), 0.3 * random.unit())
      let replicates = (0..<4000).map { _ -> Double? in
        let bell = random.bell()
        return center + bell + skew * bell * bell
      }
      let distribution = BootstrapDistribution(estimate: center + 0.2 * random.bell(), replicates: replicates)
      let acceleration = 0.05 * random.bell()
      let turned = BootstrapDistribution(
        estimate: -distribution.estimate, replicates: replicates.map { $0.map { -$0 } })
      let pValue = try #require(distribution.correctedPValueOfZero(acceleration: acceleration)?.value)
      let mirrored = try #require(turned.correctedPValueOfZero(acceleration: -acceleration)?.value)
      #expect(abs(mirrored - pValue) < 1e-12)
      // Where some are on either side, one more or less changes little.
      let beyond = replicates.count { $0! < 0 }
      guard min(beyond, 4000 - beyond) > 40, (0.01..<0.9).contains(pValue) else { continue }
      told += 1
      for (rate, excludes) in [(pValue / 2 + 0.003, true), (pValue / 2 - 0.002, false)] {
        let bounds = try #require(
          distribution.correctedBounds(confidence: 1 - rate, acceleration: acceleration))
        #expect((bounds.lower > 0 || bounds.upper < 0) == excludes, "\(pValue), \(bounds)")
      }
    }
    #expect(told > 15)
  }

  @Test func `resamples without a value are counted, and too many of them are no distribution`() {
    let few = BootstrapDistribution(estimate: 1, replicates: [nil] + (1...19).map(Double.init))
    #expect(few.replicates.count == 19 && few.reasonUnusable == nil)
    let many = BootstrapDistribution(estimate: 1, replicates: [nil, .nan] + (1...19).map(Double.init))
    #expect(many.reasonUnusable == "it is undefined in 2 of 21 resamples")
    #expect(many.percentileBounds(confidence: 0.95) == nil && many.standardError.value == nil)
    #expect(BootstrapDistribution(estimate: 1, replicates: [1]).pValueOfZero.value == nil)
  }

  @Test func `replicates on one side of the estimate have no correction`() {
    let distribution = BootstrapDistribution(estimate: 0, replicates: (1...50).map(Double.init))
    #expect(distribution.correctedBounds(confidence: 0.95, acceleration: 0) == nil)
    let constant = BootstrapDistribution(estimate: 3, replicates: [Double](repeating: 3, count: 50))
    let bounds = ConfidenceBounds(lower: 3, upper: 3)
    #expect(constant.correctedBounds(confidence: 0.95, acceleration: 0) == bounds)
    #expect(Jackknife.acceleration([3, 3, 3]) == 0)
  }

  @Test func `values with counts are the same values again and again`() {
    let accelerated = Jackknife.acceleration([1, 2, 7], counts: [4, 0, 2])
    #expect(agree(accelerated, Jackknife.acceleration([1, 1, 1, 1, 7, 7])))
  }
}
