import RefitStatistics
import RefitTesting
import Testing

@Suite struct TheilSenTests {
  struct Case: Encodable {
    var values: [Double]
    var times: [Double]
    var confidence: Double
  }

  private static let cases = {
    var random = SeededGenerator(seed: 151)
    return MannKendallTests.series(120, seed: 152).map { values in
      let areTied = random.chance(0.3)
      let times = values.indices.map { index in areTied ? Double(index / 3) : Double(index) + random.unit() }
      return Case(values: values, times: times, confidence: random.pick([0.8, 0.95, 0.99]))
    }.filter { Set($0.times).count > 1 }
  }()

  @Test func agreesWithScipy() throws {
    let answers = try Oracle.answers("theil_sen", Self.cases, as: [Double].self, from: "trend_oracle.py")
    for (given, answer) in zip(Self.cases, answers) {
      let line = try TheilSen(values: given.values, times: given.times, confidence: given.confidence)
      let found = [line.slope, line.intercept, line.interval.lowerBound, line.interval.upperBound]
      for (value, expected) in zip(found, answer) { #expect(agree(value, expected, absolute: 1e-12)) }
    }
  }

  @Test func pointsMayComeInAnyOrderAndTimeMayRunBackwards() throws {
    var random = SeededGenerator(seed: 153)
    for given in Self.cases {
      let order = given.values.indices.shuffled(using: &random)
      let line = try TheilSen(values: given.values, times: given.times)
      let shuffled = try TheilSen(
        values: order.map { given.values[$0] }, times: order.map { given.times[$0] })
      #expect(shuffled == line)
      let backwards = try TheilSen(values: given.values, times: given.times.map { -$0 })
      #expect(agree(backwards.slope, -line.slope))
      #expect(line.interval.contains(line.slope))
    }
  }

  @Test func aFewWildValuesDoNotCarryItAway() throws {
    var series = (0..<30).map { 2 * Double($0) + 5 }
    for wild in [3, 11, 19, 27] { series[wild] = 1e9 }
    let line = try TheilSen(series)
    #expect(line.slope == 2 && line.intercept == 9)
  }

  @Test func aSeriesWithoutASlopeSaysWhy() {
    #expect(throws: UnusableSeries.tooShort) { try TheilSen([1]) }
    #expect(throws: UnusableSeries.tooShort) { try TheilSen(values: [1, 2], times: [5, 5]) }
    #expect(throws: UnusableSeries.notFinite(1)) { try TheilSen([1, .nan]) }
    #expect(throws: UnusableSeries.tooSteep) { try TheilSen([-1e308, 1e308]) }
    let long = [Double](repeating: 0, count: TheilSen.mostPoints + 1)
    #expect(throws: UnusableSeries.tooLong(points: 10_001, most: 10_000)) { try TheilSen(long) }
    #expect(
      UnusableSeries.tooLong(points: 10_001, most: 10_000).description
        == "it has 10001 points, and at most 10000 can be compared")
  }
}
