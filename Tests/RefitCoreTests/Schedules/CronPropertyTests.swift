import Foundation
import RefitTesting
import Testing

@testable import RefitCore

/// What holds for the next occurrence of every schedule, in every zone, at any time.
@Suite struct CronPropertyTests {
  private func expression(using generator: inout SeededGenerator) -> CronExpression {
    while true {
      let hour = Int.random(in: 0...23, using: &generator)
      let day = Int.random(in: 1...31, using: &generator)
      if let expression = RandomCron(near: hour...hour, days: day...day, using: &generator).expression {
        return expression
      }
    }
  }

  @Test func nextIsLaterMonotoneAndLeavesNothingOut() throws {
    var generator = SeededGenerator(seed: 41)
    let names = ZoneFiles.all
    #expect(names.count > 300)
    for _ in 0..<3_000 {
      let zone = try ZoneFiles.rules(names.randomElement(using: &generator) ?? "UTC")
      let schedule = CronSchedule(expression(using: &generator), in: zone)
      // 1600 to 2700.
      let start = Int64.random(in: -11_676_096_000...23_036_832_000, using: &generator)
      let about = "\(schedule.expression) in \(zone.identifier) after \(start)"
      guard let next = schedule.next(after: Instant(seconds: start)) else {
        Issue.record("never: \(about)")
        continue
      }
      #expect(next.seconds > start, "\(about)")
      #expect(schedule.next(after: Instant(seconds: next.seconds - 1)) == next, "\(about)")
      let between = Int64.random(in: start..<next.seconds, using: &generator)
      #expect(schedule.next(after: Instant(seconds: between)) == next, "\(about)")
      let later = Int64.random(in: start...start + 1_000_000_000, using: &generator)
      let following = schedule.next(after: Instant(seconds: later))
      #expect(following.map { $0 >= next } ?? true, "\(about) and \(later)")
    }
  }

  /// What a schedule does in a year is what its next occurrences are, one after the other.
  @Test func aYearHoldsWhatNextGives() throws {
    var generator = SeededGenerator(seed: 42)
    let zones = [
      ("Europe/Berlin", 2026), ("Australia/Lord_Howe", 2026), ("Pacific/Apia", 2011), ("UTC", 2028),
      ("Pacific/Kwajalein", 1993), ("Africa/Casablanca", 2026), ("America/Santiago", 2026),
      ("Pacific/Kiritimati", 1994), ("Antarctica/Troll", 2026), ("Africa/Monrovia", 1972),
    ]
    for (name, year) in zones {
      let zone = try ZoneFiles.rules(name)
      for _ in 0..<12 {
        let schedule = CronSchedule(expression(using: &generator), in: zone)
        var found: [Int64] = []
        schedule.forEachOccurrence(inYear: Int64(year)) { found.append($1) }
        let start = try Instant.utc("\(year - 1)-12-29T00:00:00Z")
        let end = try Instant.utc("\(year + 1)-01-03T00:00:00Z")
        let expected = schedule.occurrences(after: start, through: end, limit: .max).filter {
          LocalTime($0, in: zone).date.year == year
        }
        #expect(found == expected.map(\.seconds), "\(schedule.expression) in \(name) in \(year)")
      }
    }
  }

  /// 2100 and 2200 are no leap years, 2000 and 2400 are.
  @Test(arguments: [
    ("0 0 29 2 *", "2096-02-28T23:59:59Z", ["2096-02-29", "2104-02-29", "2108-02-29"]),
    ("0 0 29 2 *", "2096-02-29T00:00:00Z", ["2104-02-29"]),
    ("0 0 29 2 *", "2396-02-29T00:00:00Z", ["2400-02-29", "2404-02-29"]),
    ("0 0 29 2 *", "1896-03-01T00:00:00Z", ["1904-02-29"]),
    ("0 0 29 2 */7", "2399-12-31T00:00:00Z", ["2404-02-29", "2432-02-29"]),
    ("0 0 29 2 */7", "2088-02-29T00:00:00Z", ["2128-02-29"]),
    (
      "0 0 29 feb 1", "2103-02-26T00:00:00Z",
      ["2104-02-04", "2104-02-11", "2104-02-18", "2104-02-25", "2104-02-29"]
    ),
    ("0 0 * 2 */7", "2096-02-26T00:00:00Z", ["2097-02-03"]),
    ("0 0 1 1 *", "1969-12-31T23:59:59Z", ["1970-01-01"]),
    ("0 0 31 12 *", "1960-01-01T00:00:00Z", ["1960-12-31", "1961-12-31"]),
  ])
  func leapDaysAndCenturies(source: String, after: String, expected: [String]) throws {
    let schedule = CronSchedule(try CronExpression(source), in: .utc)
    let found = schedule.occurrences(
      after: try #require(Instant(after)), through: Instant(microseconds: .max), limit: expected.count)
    #expect(found.map { "\($0)".prefix(10) } == expected.map { $0[...] })
  }

  /// Before their first law on time many zones had offsets with seconds: the local minute is whole all the same.
  @Test(arguments: [
    "Europe/Amsterdam", "America/New_York", "Africa/Monrovia", "Asia/Kolkata", "Europe/Dublin",
  ])
  func localMinutesAreWholeWhereOffsetsHaveSeconds(name: String) throws {
    let zone = try ZoneFiles.rules(name)
    let schedule = CronSchedule(try CronExpression("17 3 * * *"), in: zone)
    var generator = SeededGenerator(seed: 8)
    var odd = 0
    for _ in 0..<500 {
      let start = Int64.random(in: -4_000_000_000...100_000_000, using: &generator)
      let next = try #require(schedule.next(after: Instant(seconds: start)))
      let offset = Int64(zone.offset(at: next))
      let local = next.seconds + offset
      #expect(local - Instant.floorDivide(local, 86_400) * 86_400 == (3 * 60 + 17) * 60, "after \(start)")
      if offset % 60 != 0 { odd += 1 }
    }
    #expect(odd > 0)
  }

  /// A file that ends without a rule keeps its last offset for ever.
  @Test func aZoneWhoseRulesEndKeepsItsLastOffset() throws {
    let zone = try TimeZoneRules(
      identifier: "Test", tzif: ZoneFiles.file(footer: "", offset: 19_800))
    #expect(zone.offset(at: Instant(seconds: 60_000_000_000)) == 19_800)
    let schedule = CronSchedule(try CronExpression("0 5 29 2 *"), in: zone)
    #expect(schedule.next(after: try .utc("2096-03-01T00:00:00Z")) == (try .utc("2104-02-28T23:30:00Z")))
    // Of version 1, which has no rule: as Berlin's file was written, its clocks change until 2037 and never again.
    let old = try TimeZoneRules(identifier: "Old", tzif: try ZoneFiles.versionOne("Europe/Berlin"))
    let summer = CronSchedule(try CronExpression("30 2 * 7 *"), in: old)
    #expect(old.span(at: 3_000_000_000).end == nil)
    let found = try #require(summer.next(after: try .utc("2390-06-01T00:00:00Z")))
    #expect(found == (try .utc("2390-07-01T01:30:00Z")))
  }

  @Test func everyAcceptedExpressionComesToAnEnd() throws {
    // Each of them lies in the gap of its zone, year after year, or nearly so.
    let sparse = [
      ("* 2 25-31 3 */7", "Europe/Berlin"), ("* 2 8-14 3 */7", "America/New_York"),
      ("*/5 2 29 2 */7", "Europe/Berlin"), ("0-29 2 */31 10 */7", "Australia/Lord_Howe"),
      ("* 2 1-7 10 */7", "Australia/Sydney"), ("0 0 29 2 */7", "Africa/Casablanca"),
    ]
    for (source, name) in sparse {
      let schedule = CronSchedule(try CronExpression(source), in: try ZoneFiles.rules(name))
      var current: Instant? = try .utc("1900-01-01T00:00:00Z")
      for _ in 0..<200 {
        guard let instant = current else { break }
        current = schedule.next(after: instant)
        if let current { #expect(current > instant) }
      }
    }
  }
}
