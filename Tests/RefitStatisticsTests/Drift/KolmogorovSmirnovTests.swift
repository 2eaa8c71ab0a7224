import RefitStatistics
import RefitTesting
import Testing

@Suite struct KolmogorovSmirnovTests {
  struct Case: Encodable {
    var reference: [Double]
    var current: [Double]
  }

  /// Sizes that are equal, prime to each other and far apart; probabilities from 1 down to about 1e-300.
  @Test func exactProbabilitiesAgreeWithScipy() throws {
    var random = SeededGenerator(seed: 61)
    let sizes = [(1, 1), (1, 9), (2, 3), (40, 40), (97, 89), (30, 400), (1_000, 1_000), (1_500, 700)]
    let cases = sizes.flatMap { sizes in
      [0.0, 0.1, 0.5, 2].map { shift in
        Case(
          reference: (0..<sizes.0).map { _ in random.bell() },
          current: (0..<sizes.1).map { _ in random.bell() + shift })
      }
    }
    for (given, answer) in zip(cases, try Oracle.answers("ks_exact", cases, as: Double.self)) {
      let test = try NumericReference(given.reference).drift(of: given.current).kolmogorovSmirnov.get()
      #expect(test.method == .exact)
      #expect(
        agree(test.pValue, answer, relative: 1e-6, absolute: 1e-300),
        "\(given.reference.count), \(given.current.count): \(test.pValue), scipy \(answer)")
    }
  }

  /// Every way to interleave three and four rows is as likely as any other.
  @Test func exactProbabilityIsTheShareOfArrangements() throws {
    let arrangements = (0..<128).filter { $0.nonzeroBitCount == 3 }.map { bits in
      try! drift(ofArrangement: bits)
    }
    for test in arrangements {
      let share = Double(arrangements.count { $0.statistic >= test.statistic }) / Double(arrangements.count)
      #expect(agree(test.pValue, share))
    }
  }

  private func drift(ofArrangement bits: Int) throws -> KolmogorovSmirnov {
    let reference = (0..<7).filter { bits >> $0 & 1 == 1 }.map(Double.init)
    let current = (0..<7).filter { bits >> $0 & 1 == 0 }.map(Double.init)
    return try NumericReference(reference).drift(of: current).kolmogorovSmirnov.get()
  }

  @Test func theLimitLawTakesOverAboveTenThousandRows() throws {
    let rows = (0...10_000).map(Double.init)
    let below = try NumericReference(Array(rows.dropLast())).drift(of: [1, 2]).kolmogorovSmirnov.get()
    let above = try NumericReference(rows).drift(of: [1, 2]).kolmogorovSmirnov.get()
    #expect((below.method, above.method) == (.exact, .limit))
  }
}
