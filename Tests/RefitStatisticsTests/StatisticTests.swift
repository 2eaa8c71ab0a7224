import RefitStatistics
import Testing

@Suite struct StatisticTests {
  @Test func isANumberOrAReason() {
    #expect(Statistic.defined(0).value == 0 && Statistic.defined(0).reason == nil)
    #expect(Statistic.undefined("why").value == nil && Statistic.undefined("why").reason == "why")
    #expect(Statistic.defined(0) != .undefined(""))
  }
}
