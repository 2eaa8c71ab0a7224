import RefitStatistics
import RefitTesting
import Testing

@Suite struct AdjustedPValuesTests {
  struct Case: Encodable { var pValues: [Double] }

  struct Answer: Decodable {
    var holm: [Double]
    var benjaminiHochberg: [Double]
  }

  @Test func `adjusted values are those of statsmodels`() throws {
    var random = SeededGenerator(seed: 93)
    let cases = (0..<200).map { index in
      Case(
        pValues: (0..<Int.random(in: 1...30, using: &random)).map { _ in
          let value = random.unit() * random.unit() * random.unit()
          return index % 2 == 0 ? value : (value * 20).rounded() / 20
        })
    }
    for (given, answer) in zip(cases, try Oracle.comparison("family", cases, as: Answer.self)) {
      #expect(zip(AdjustedPValues.holm(given.pValues), answer.holm).allSatisfy { agree($0, $1) })
      let expected = answer.benjaminiHochberg
      #expect(zip(AdjustedPValues.benjaminiHochberg(given.pValues), expected).allSatisfy { agree($0, $1) })
    }
  }

  /// Holm (1979) by hand: 4 × 0.005, 3 × 0.01, then 2 × 0.03 and 1 × 0.04, which may not fall below it.
  @Test func `a family of four`() {
    let adjusted = AdjustedPValues.holm([0.01, 0.04, 0.03, 0.005])
    #expect(zip(adjusted, [0.03, 0.06, 0.06, 0.02]).allSatisfy { agree($0, $1) })
    #expect(AdjustedPValues.holm([]) == [] && AdjustedPValues.benjaminiHochberg([]) == [])
    #expect(AdjustedPValues.holm([1, 1]) == [1, 1])
  }
}
