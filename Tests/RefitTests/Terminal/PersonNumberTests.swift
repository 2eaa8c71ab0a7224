import RefitCore
import Testing

@testable import refit

@Suite struct PersonNumberTests {
  @Test(arguments: [
    (0, "0"), (-0.0, "0"), (1, "1"), (0.74, "0.74"), (0.123456, "0.1235"), (0.5, "0.5"), (12.3456, "12.35"),
    (99.999, "100"), (999.94, "999.9"), (999.96, "1,000"), (1000, "1,000"), (1234.5678, "1,235"),
    (-1234567.8, "-1,234,568"), (0.00012346, "0.0001235"), (0.0001, "0.0001"), (0.00001234, "1.234e-05"),
    (1.5e-7, "1.5e-07"), (1e15, "1e+15"), (1.23456e20, "1.235e+20"), (.nan, "NaN"), (.infinity, "+Inf"),
    (-.infinity, "-Inf"), (999_999_999_999_999, "999,999,999,999,999"),
    (.leastNonzeroMagnitude, "4.941e-324"),
  ])
  func roundsToFourDigits(number: Double, text: String) {
    #expect(PersonNumber.text(number) == text)
  }

  @Test(arguments: [
    (0, "0"), (0.5, "0.5000"), (0.00005, "0.0001"), (0.00004, "<0.0001"), (12.34567, "12.3457"),
    (-0.25, "-0.2500"), (1e-300, "<0.0001"), (1e6, "1,000,000"), (.nan, "NaN"),
  ])
  func aFixedNumberOfDecimalsComparesAtAGlance(number: Double, text: String) {
    #expect(PersonNumber.fixed(number, places: 4) == text)
  }

  /// Whatever is shown is within half a unit of the fourth digit of what it stands for.
  @Test func staysCloseToTheNumber() throws {
    var number = 3.7e-12
    while number < 1e18 {
      let shown = try #require(Double(PersonNumber.text(number).filter { $0 != "," }))
      #expect(abs(shown - number) <= number * 0.000_501)
      number *= 1.37
    }
  }

  @Test func showsWhereThereIsNone() {
    let ascii = Terminal(isInteractive: false, width: 80, hasColour: false, hasUnicode: false)
    #expect(PersonNumber.text(nil, on: .plain) == "–")
    #expect(PersonNumber.text(nil, on: ascii) == "-")
    #expect(PersonNumber.text(0.25, on: .plain) == "0.25")
  }

  @Test func countsThings() {
    #expect(PersonNumber.count(0, "row") == "0 rows")
    #expect(PersonNumber.count(1, "row") == "1 row")
    #expect(PersonNumber.count(1234567, "row") == "1,234,567 rows")
    #expect(PersonNumber.count(2, "entry", plural: "entries") == "2 entries")
    #expect(PersonNumber.count(.min) == "-9,223,372,036,854,775,808")
  }

  @Test(arguments: [
    (0.0, "0%"), (0.125, "12.5%"), (1, "100%"), (0.03333, "3.3%"), (-0.05, "-5%"), (.nan, "NaN"),
  ])
  func sharesInPercent(share: Double, text: String) {
    #expect(PersonNumber.percent(share) == text)
  }

  @Test(arguments: [
    (Int64(0), "0 B"), (1, "1 B"), (1023, "1023 B"), (1024, "1 KiB"), (1536, "1.5 KiB"),
    (69_310_874, "66.1 MiB"),
    (1_048_575, "1 MiB"), (150 << 20, "150 MiB"), (1 << 40, "1 TiB"), (.max, "8 EiB"), (-2048, "-2 KiB"),
  ])
  func bytes(count: Int64, text: String) {
    #expect(PersonNumber.bytes(count) == text)
  }

  @Test(arguments: [
    (0, "0 s"), (0.0001, "under 1 ms"), (0.0451, "45 ms"), (0.9996, "1 s"), (3.21, "3.2 s"), (9.96, "10 s"),
    (59.6, "1 min"), (60, "1 min"), (125, "2 min 5 s"), (3599.7, "1 h"), (4320, "1 h 12 min"),
    (86_399, "1 d"),
    (270_000, "3 d 3 h"), (86_400 * 400, "400 d"), (-125, "-2 min 5 s"), (.infinity, "+Inf"),
    (1e18, "1e+18 s"),
  ])
  func durations(seconds: Double, text: String) {
    #expect(PersonDuration.text(seconds: seconds) == text)
  }

  @Test func timespans() {
    #expect(PersonDuration.text(.days(7)) == "7 d")
    #expect(PersonDuration.text(.minutes(90)) == "1 h 30 min")
  }
}
