import RefitStatistics
import Testing

@Suite struct ResidualSummaryTests {
  /// Errors of −4, −2, 0, 0, 0, 1, 2, 3, of which each is an eighth.
  @Test func `a prediction without an error is neither too low nor too high`() throws {
    let targets = [10.0, 20, 30, 40, 50, 60, 70, 80]
    let errors = [-4.0, -2, 0, 0, 0, 1, 2, 3]
    let summary = try #require(
      ResidualSummary(targets: targets, predictions: zip(targets, errors).map { $0 + $1 }))
    #expect(summary.exact == 0.375)
    #expect(summary.bins.reduce(0) { $0 + $1.tooLow } == 0.25)
    #expect(summary.bins.reduce(0) { $0 + $1.tooHigh } == 0.375)
    #expect(summary.edges.first ?? 0 > 0 && summary.bins.count == summary.edges.count + 1)
    let perfect = try #require(ResidualSummary(targets: targets, predictions: targets))
    #expect(perfect.exact == 1 && perfect.bins.allSatisfy { $0.tooLow + $0.tooHigh == 0 })
  }
}
