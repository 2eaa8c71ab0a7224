import RefitStatistics
import RefitTesting
import Testing

@Suite struct ChiSquareTests {
  struct Case: Encodable {
    var x: Double
    var degrees: Int
  }

  @Test func agreesWithScipy() throws {
    var random = SeededGenerator(seed: 51)
    let cases = (0..<2_000).map { _ in
      let degrees = [1, 2, 3, 10, 100, 1_000, 20_000][Int.random(in: 0..<7, using: &random)]
      return Case(x: Double(degrees) * random.unit() * 3, degrees: degrees)
    }
    let answers = try Oracle.answers("chi_square", cases, as: Double.self)
    for (given, answer) in zip(cases, answers) {
      let tail = ChiSquare.upperTail(given.x, degreesOfFreedom: given.degrees)
      #expect(agree(tail, answer, relative: 1e-9, absolute: 1e-290), "\(given): \(tail), scipy \(answer)")
    }
  }

  @Test func endsAreExact() {
    #expect(ChiSquare.upperTail(0, degreesOfFreedom: 3) == 1)
    #expect(ChiSquare.upperTail(.infinity, degreesOfFreedom: 3) == 0)
    // With two degrees of freedom it is e^(−x/2).
    #expect(agree(ChiSquare.upperTail(10, degreesOfFreedom: 2), 0.006737946999085467))
  }
}
