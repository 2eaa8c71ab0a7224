import RefitStatistics
import RefitTesting
import Testing

@Suite struct MannKendallTests {
  struct Answer: Decodable {
    var score: Int
    var variance: Double
    var z: Double
    var tau: Double
    var pvalue: Double
  }

  /// Series with a trend or none, with many ties or none.
  static func series(_ count: Int, seed: UInt64) -> [[Double]] {
    var random = SeededGenerator(seed: seed)
    return (0..<count).map { _ in
      let slope = random.pick([-0.3, 0, 0.01, 1])
      let isCoarse = random.chance(0.5)
      return (0..<Int.random(in: 2...60, using: &random)).map { time in
        let value = slope * Double(time) + random.bell()
        return isCoarse ? value.rounded() : value
      }
    }
  }

  @Test func agreesWithPymannkendall() throws {
    let cases = Self.series(150, seed: 141) + [(0..<1_500).map { Double($0 * 7_919 % 1_009) }]
    let answers = try Oracle.answers("mann_kendall", cases, as: Answer.self, from: "trend_oracle.py")
    for (series, answer) in zip(cases, answers) {
      let test = try MannKendall(series)
      #expect(test.score == answer.score)
      #expect(agree(test.variance, answer.variance))
      #expect(agree(test.tau, answer.tau))
      if test.variance == 0 {
        #expect(answer.z == 0 && answer.pvalue == 1, "pymannkendall calls a constant series no trend")
        #expect(test.z == .undefined("all \(series.count) values are equal"))
      } else {
        #expect(agree(test.z, answer.z))
        #expect(agree(test.pValue, answer.pvalue, relative: 1e-6))
      }
    }
  }

  @Test func aSeriesReadBackwardsTrendsTheOtherWay() throws {
    for series in Self.series(100, seed: 142) {
      let (forwards, backwards) = try (MannKendall(series), MannKendall(series.reversed()))
      let negated = try MannKendall(series.map { -$0 })
      #expect(backwards.score == -forwards.score && negated.score == -forwards.score)
      #expect(backwards.variance == forwards.variance && backwards.pValue == forwards.pValue)
      #expect(backwards.z.value == forwards.z.value.map { -$0 })
    }
  }

  @Test func onlyTheOrderOfValuesCounts() throws {
    for series in Self.series(100, seed: 143) {
      let mapped = series.map { $0 * $0 * $0 + 1e3 * $0 }
      guard Set(mapped).count == Set(series).count else { continue }
      #expect(try MannKendall(mapped) == MannKendall(series))
    }
  }

  @Test func whatHasNoTrendIsUndefined() throws {
    #expect(try MannKendall([]).z == .undefined("a trend needs two values"))
    #expect(try MannKendall([3]).tau == .undefined("a trend needs two values"))
    let flat = try MannKendall([3, 3, 3])
    #expect(flat.score == 0 && flat.pValue == .undefined("all 3 values are equal"))
    #expect(throws: UnusableSeries.notFinite(2)) { try MannKendall([1, .nan, .infinity]) }
    let balanced = try MannKendall([1, 2, 1])
    #expect(balanced.z == .defined(0) && balanced.pValue == .defined(1))
  }
}
