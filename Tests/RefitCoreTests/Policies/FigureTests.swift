import Testing

@testable import RefitCore

struct FigureTests {
  @Test(arguments: [
    (0.0, "0"), (0.71243, "0.712"), (0.1, "0.1"), (412.4, "412"), (41.26, "41.3"), (12345.678, "12,346"),
    (-0.00123456, "-0.00123"), (1, "1"), (0.9999, "1"), (1e-7, "1e-07"), (-1234567, "-1,234,567"),
    (.infinity, "inf"),
  ])
  func threeDigits(value: Double, text: String) {
    #expect(Figure.text(value) == text)
  }

  /// A number that is below a bound never reads as the bound.
  @Test(arguments: [
    (0.69996, 0.7, "0.69996"), (0.7, 0.7, "0.7"), (0.70004, 0.7, "0.70004"), (0.65, 0.7, "0.65"),
    (0.7000000000000001, 0.7, "0.7000000000000001"), (12999.6, 13000, "12,999.6"),
  ])
  func besideABound(value: Double, bound: Double, text: String) {
    #expect(Figure.text(value, beside: bound) == text)
  }

  @Test(arguments: [
    (0.0131, "0.014"), (0.013, "0.013"), (0.009999999999999998, "0.01"), (1233.2, "1,234"), (0.4, "0.4"),
  ])
  func changesAreEnough(amount: Double, text: String) {
    #expect(Figure.change(amount) == text)
  }

  @Test(arguments: [
    (5163, "5,200"), (99, "99"), (100, "100"), (101, "110"), (1_000_001, "1,100,000"), (7, "7"),
  ])
  func roughly(value: Int, text: String) {
    #expect(Figure.roughly(value) == text)
  }

  @Test(arguments: [(0.614, "61.4 %"), (0.95, "95 %"), (0.975, "97.5 %"), (1, "100 %"), (0.0004, "0 %")])
  func percent(share: Double, text: String) {
    #expect(Figure.percent(share) == text)
  }

  @Test(arguments: [
    (0, "no time"), (45, "45 seconds"), (90_061, "1 day 1 hour"), (2_592_020, "30 days 20 seconds"),
    (3600, "1 hour"),
  ])
  func spans(seconds: Int64, words: String) {
    #expect(Timespan(seconds: seconds).words == words)
  }
}
