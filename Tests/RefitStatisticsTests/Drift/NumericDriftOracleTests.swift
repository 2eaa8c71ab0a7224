import RefitStatistics
import RefitTesting
import Testing

@Suite struct NumericDriftOracleTests {
  struct Case: Encodable {
    var reference: [Double]
    var current: [Double]
  }

  struct Answer: Decodable {
    var edges: [Double]
    var referenceCounts: [Int]
    var currentCounts: [Int]
    /// By the names of `DriftStatistic`; null where there is none.
    var statistics: [String: Double?]
  }

  @Test func agreesWithNumpyAndScipy() throws {
    let cases = Self.smallCases(1_500, seed: 21) + Self.largeCases(seed: 22)
    let answers = try Oracle.answers("numeric_drift", cases, as: Answer.self)
    for (index, (given, answer)) in zip(cases, answers).enumerated() {
      let reference = NumericReference(given.reference)
      let drift = reference.drift(of: given.current)
      let edges =
        switch reference.bins {
        case .values(let values): values
        case .edges(let edges): edges
        }
      #expect(edges.count == answer.edges.count, "case \(index)")
      #expect(edges == answer.edges, "case \(index)")
      #expect(drift.histogram.reference == answer.referenceCounts, "case \(index)")
      #expect(drift.histogram.current == answer.currentCounts, "case \(index)")
      for (name, expected) in answer.statistics {
        let statistic = try #require(DriftStatistic(rawValue: name))
        let found = drift.measure(statistic)
        #expect(
          agree(found, expected, relative: name.hasSuffix("pvalue") ? 1e-6 : 1e-9),
          "case \(index), \(name): \(found), scipy \(expected.map { "\($0)" } ?? "none")")
      }
      #expect(drift.histogram.reference.count == answer.referenceCounts.count)
    }
  }

  /// 1 to 120 rows a side, on grids from two values to practically none shared, so that both kinds of bins,
  /// ties, merged edges and deciles that fall on a value all occur.
  static func smallCases(_ count: Int, seed: UInt64) -> [Case] {
    var random = SeededGenerator(seed: seed)
    return (0..<count).map { _ in
      let grid = [2.0, 5, 15, 25, 40, 200, 1e9][Int.random(in: 0..<7, using: &random)]
      let shift = Double.random(in: -0.5...0.5, using: &random)
      let column = { (offset: Double) -> [Double] in
        let rows = Int.random(in: 1...120, using: &random)
        let skewed = random.chance(0.5)
        return (0..<rows).map { _ in
          let unit = random.unit()
          return ((skewed ? unit * unit * unit : unit) * grid + offset * grid).rounded() / 8
        }
      }
      return Case(reference: column(0), current: column(shift))
    }
  }

  /// 100,000 rows a side: continuous, and with ties.
  static func largeCases(seed: UInt64) -> [Case] {
    var random = SeededGenerator(seed: seed)
    return [0.0, 1_000, 8].map { grid in
      let column = { (mean: Double) -> [Double] in
        (0..<100_000).map { _ in
          let value = mean + random.bell()
          return grid == 0 ? value : (value * grid).rounded() / grid
        }
      }
      return Case(reference: column(0), current: column(0.2))
    }
  }
}
