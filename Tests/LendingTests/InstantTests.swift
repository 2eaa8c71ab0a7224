import Testing

@testable import Lending

@Test(arguments: [
  ("1970-01-01", 0), ("2000-02-29T12:00:00Z", 951_825_600), ("2026-01-31T08:30:15Z", 1_769_848_215),
  ("2026-01-31T08:30:15.750Z", 1_769_848_215), ("1969-12-31T23:59:59Z", -1),
])
func `times are seconds since 1970`(text: String, seconds: Int) throws {
  #expect(try Instant(text).secondsSince1970 == seconds)
}

@Test func `every day of four centuries reads back as it is written`() throws {
  var instant = Instant(year: 1899, month: 12, day: 31)
  for _ in 0..<146_097 {
    #expect(try Instant(instant.description) == instant)
    instant = instant + Instant.day
  }
  #expect(instant.date == "2299-12-31")
}

@Test(arguments: [
  "", "2026-13-01", "2026-01-00", "2026-1-1", "2026-01-01T25:00:00Z", "2026-01-01T10:00:00", "x",
])
func `what is no time is refused`(text: String) {
  #expect(throws: LendingError.badTime(text)) { try Instant(text) }
}
