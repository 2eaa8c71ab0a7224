import RefitStatistics
import Testing

struct TableDriftTests {
  private func profile(_ reference: [Double], _ current: [Double]) -> ColumnProfile {
    ColumnProfile(.numeric(NumericReference(reference).drift(of: current)))
  }

  private let steady = (1...200).map(Double.init)

  @Test func `the share is of columns that can be compared`() {
    let drift = TableDrift([
      profile(steady, steady), profile(steady, steady.map { $0 + 100 }), profile(steady, [.nan]),
    ])
    #expect(drift.comparable == 2)
    #expect(drift.drifted == 1)
    #expect(drift.driftedShare == .defined(0.5))
    #expect(drift.pValues.map { $0 == nil } == [false, false, true])
  }

  @Test func `columns count as drifted from a PSI of 0.25 on`() throws {
    let profiles = (0...20).map { shift in profile(steady, steady.map { $0 + Double(3 * shift) }) }
    let stabilities = try profiles.map { try #require($0[.psi].value) }
    let expected = stabilities.count { $0 >= 0.25 }
    #expect((1..<21).contains(expected))
    #expect(TableDrift(profiles).drifted == expected)
  }

  @Test func `each p-value is raised by the number of columns that have one`() throws {
    let shifts = [12.0, 20, 25, 16]
    let profiles = shifts.map { shift in profile(steady, steady.map { $0 + shift }) } + [profile([], steady)]
    let values = try profiles.dropLast().map { try #require($0[.ksPValue].value) }
    let found = try TableDrift(profiles).pValues.dropLast().map { try #require($0) }
    #expect(found.map(\.value) == values)
    // By the definitions, from every threshold.
    let ascending = values.sorted()
    for (pValue, value) in zip(found, values) {
      let rank = try #require(ascending.firstIndex(of: value))
      let holm = (0...rank).map { min(1, ascending[$0] * Double(values.count - $0)) }.max()
      let share = (rank..<values.count).map { ascending[$0] * Double(values.count) / Double($0 + 1) }.min()
      #expect(pValue.holm == holm)
      #expect(pValue.benjaminiHochberg == min(1, try #require(share)))
    }
  }

  @Test func `without a column there is no share`() {
    #expect(TableDrift([]).driftedShare.value == nil)
    #expect(TableDrift([]).pValues.isEmpty)
  }
}
