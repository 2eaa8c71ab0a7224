import RefitStatistics
import RefitTesting
import Testing

@Suite struct StudentTTests {
  struct Case: Encodable {
    var t: Double
    var freedom: Int
    var tail: Double
  }

  struct Answer: Decodable {
    var twoSided: Double
    var upper: Double
    var quantile: Double
  }

  @Test func `tails and quantiles are scipy's, however far out`() throws {
    let sizes = [0, 1e-9, 0.01, 0.3, 0.7, 1, 1.3, 2, 3.5, 8, 25, 100, 1e4, 1e20, 1e100]
    let freedoms = [1, 2, 3, 4, 7, 30, 59, 60, 61, 1_000, 99_999, 10_000_000]
    let tails = [0.5, 0.4, 0.1, 0.05, 0.025, 1e-3, 1e-10, 1e-40]
    let cases = freedoms.flatMap { freedom in
      sizes.enumerated().flatMap { index, size in
        [size, -size].map { Case(t: $0, freedom: freedom, tail: tails[index % tails.count]) }
      }
    }
    for (given, answer) in zip(cases, try Oracle.comparison("student", cases, as: Answer.self)) {
      let twoSided = StudentT.twoSidedTail(given.t, degreesOfFreedom: given.freedom)
      #expect(agree(twoSided, answer.twoSided, relative: 1e-8, absolute: 1e-300), "\(given): \(answer)")
      let upper = StudentT.upperTail(given.t, degreesOfFreedom: given.freedom)
      #expect(agree(upper, answer.upper, relative: 1e-8, absolute: 1e-300), "\(given): \(answer)")
      let quantile = StudentT.upperQuantile(given.tail, degreesOfFreedom: given.freedom)
      #expect(agree(quantile, answer.quantile, relative: 1e-8), "\(given): \(quantile) \(answer)")
    }
  }

  /// Cauchy's distribution: 2·arctan(1/t)/π, where scipy's answer is 0.
  @Test func `a tail keeps its digits where the square of t is no number`() {
    let tail = StudentT.twoSidedTail(1e200, degreesOfFreedom: 1)
    #expect(agree(tail / 1e-200, 2 / Double.pi))
  }

  @Test func `no value is farther than infinity`() {
    #expect(StudentT.twoSidedTail(.infinity, degreesOfFreedom: 3) == 0)
    #expect(StudentT.upperTail(-.infinity, degreesOfFreedom: 3) == 1)
  }
}
