import RefitStatistics
import RefitTesting
import Testing

@Suite struct NormalTests {
  struct Case: Encodable {
    var points: [Double]
    var probabilities: [Double]
  }

  struct Answer: Decodable {
    var cdf: [Double]
    var quantile: [Double]
  }

  @Test func agreesWithScipy() throws {
    var random = SeededGenerator(seed: 4)
    let points = stride(from: -37.0, through: 9, by: 0.01).map { $0 } + [-0.0, 1e-300]
    var probabilities = (0..<5_000).map { _ in random.unit() }
    var tail = 0.5
    while tail > 1e-300 {
      probabilities += 1 - tail < 1 ? [tail, 1 - tail] : [tail]
      tail *= 0.7
    }
    let cases = [Case(points: points, probabilities: probabilities)]
    let answer = try #require(Oracle.answers("normal", cases, as: Answer.self).first)
    for (point, expected) in zip(points, answer.cdf) {
      #expect(agree(Normal.cdf(point), expected, relative: 1e-12, absolute: 0), "Φ(\(point))")
    }
    for (probability, expected) in zip(probabilities, answer.quantile) {
      let measured = Normal.quantile(probability)
      #expect(agree(measured, expected, relative: 1e-12, absolute: 1e-15), "Φ⁻¹(\(probability))")
    }
  }

  /// Abramowitz and Stegun, tables 26.1 and 26.5.
  @Test(arguments: [
    (0.5, 0.0), (0.95, 1.6448536269514722), (0.975, 1.959963984540054), (0.99, 2.3263478740408408),
    (0.995, 2.5758293035489004), (0.999, 3.090232306167813),
  ])
  func quantilesOfTheTables(probability: Double, x: Double) {
    #expect(abs(Normal.quantile(probability) - x) < 1e-14)
    #expect(abs(Normal.quantile(1 - probability) + x) < 1e-13)
    #expect(abs(Normal.cdf(x) - probability) < 1e-15)
  }

  @Test func endsAreInfinite() {
    #expect(Normal.quantile(0) == -.infinity)
    #expect(Normal.quantile(1) == .infinity)
    #expect(Normal.cdf(-.infinity) == 0)
    #expect(Normal.cdf(.infinity) == 1)
  }

  @Test func quantileRises() {
    var last = -Double.infinity
    for step in 1..<10_000 {
      let x = Normal.quantile(Double(step) / 10_000)
      #expect(x > last)
      last = x
    }
  }
}
