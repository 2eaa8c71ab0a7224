import Foundation
import Testing

@testable import RefitCore

@Suite struct CronScheduleTests {
  private func occurrences(
    _ expression: String, _ zone: String, after: String, count: Int
  ) throws -> [String] {
    let schedule = CronSchedule(try CronExpression(expression), in: try ZoneFiles.rules(zone))
    let far = Instant(microseconds: .max)
    return schedule.occurrences(after: try .utc(after), through: far, limit: count).map(\.text)
  }

  @Test func aFixedScheduleInTheGapRunsOnceAtTheFirstMinuteAfter() throws {
    #expect(
      try occurrences("15 2 * * *", "Europe/Berlin", after: "2026-03-28T00:00:00Z", count: 3)
        == ["2026-03-28T01:15:00Z", "2026-03-29T01:00:00Z", "2026-03-30T00:15:00Z"])
    #expect(
      try occurrences("5,25,45 2,3 * * *", "Europe/Berlin", after: "2026-03-29T00:00:00Z", count: 3)
        == ["2026-03-29T01:00:00Z", "2026-03-29T01:05:00Z", "2026-03-29T01:25:00Z"])
  }

  @Test func wildcardOccurrencesInTheGapDoNotExist() throws {
    #expect(
      try occurrences("*/30 2 * * *", "Europe/Berlin", after: "2026-03-28T01:15:00Z", count: 2)
        == ["2026-03-28T01:30:00Z", "2026-03-30T00:00:00Z"])
    #expect(
      try occurrences("*/30 * * * *", "Europe/Berlin", after: "2026-03-29T00:15:00Z", count: 3)
        == ["2026-03-29T00:30:00Z", "2026-03-29T01:00:00Z", "2026-03-29T01:30:00Z"])
  }

  @Test func aRepeatedHourRunsFixedSchedulesOnceAndWildcardsTwice() throws {
    #expect(
      try occurrences("30 2 * * *", "Europe/Berlin", after: "2026-10-25T00:00:00Z", count: 2)
        == ["2026-10-25T00:30:00Z", "2026-10-26T01:30:00Z"])
    #expect(
      try occurrences("*/30 2 * * *", "Europe/Berlin", after: "2026-10-24T23:45:00Z", count: 5)
        == [
          "2026-10-25T00:00:00Z", "2026-10-25T00:30:00Z", "2026-10-25T01:00:00Z", "2026-10-25T01:30:00Z",
          "2026-10-26T01:00:00Z",
        ])
    // Started within the second pass, the first pass is over.
    #expect(
      try occurrences("30 2 * * *", "Europe/Berlin", after: "2026-10-25T01:10:00Z", count: 1)
        == ["2026-10-26T01:30:00Z"])
  }

  @Test func aDateLineChangeReplaysNothing() throws {
    // Samoa had no 30 December 2011.
    #expect(
      try occurrences("0 12 * * *", "Pacific/Apia", after: "2011-12-29T00:00:00Z", count: 2)
        == ["2011-12-29T22:00:00Z", "2011-12-30T22:00:00Z"])
    #expect(
      try occurrences("0 12 30 12 *", "Pacific/Apia", after: "2011-12-01T00:00:00Z", count: 1)
        == ["2012-12-29T22:00:00Z"])
  }

  @Test func aClockThatGoesBackByADayRunsEverythingAgain() throws {
    // When Alaska was sold in 1867, Juneau repeated a day.
    let zone = try ZoneFiles.rules("America/Juneau")
    let change = try #require(zone.firstTransition)
    let schedule = CronSchedule(try CronExpression("0 12 * * *"), in: zone)
    let around = schedule.occurrences(
      after: Instant(seconds: change - 2 * 86_400), through: Instant(seconds: change + 2 * 86_400), limit: 10)
    let days = around.map { LocalTime($0, in: zone).date.description }
    #expect(Set(days).count == days.count - 1)
  }

  @Test(arguments: [
    ("0 0 29 2 */7", ["2032-02-29", "2060-02-29", "2088-02-29", "2128-02-29"]),
    ("0 0 29 2 1", ["2027-02-01", "2027-02-08", "2027-02-15", "2027-02-22", "2028-02-07"]),
    ("0 0 31 */2 *", ["2026-01-31", "2026-03-31", "2026-05-31", "2026-07-31", "2027-01-31"]),
    ("0 0 13 * fri", ["2026-01-02", "2026-01-09", "2026-01-13", "2026-01-16"]),
    ("0 0 */13 * 5", ["2026-02-27", "2026-03-27", "2026-05-01", "2026-08-14"]),
    ("0 0 * feb-mar mon", ["2026-02-02", "2026-02-09"]),
    ("@weekly", ["2026-01-04", "2026-01-11"]),
    ("@yearly", ["2027-01-01", "2028-01-01"]),
  ])
  func datesFollowDebiansRuleOfOrAndAnd(expression: String, expected: [String]) throws {
    let after = expression == "0 0 29 2 1" ? "2026-12-31T00:00:00Z" : "2026-01-01T12:00:00Z"
    let found = try occurrences(expression, "UTC", after: after, count: expected.count)
    #expect(found == expected.map { $0 + "T00:00:00Z" })
  }

  @Test func isStrictlyLaterThanItsArgumentToTheMicrosecond() throws {
    let schedule = CronSchedule(try CronExpression("* * * * *"), in: .utc)
    let minute: Int64 = 1_800_000_000 / 60 * 60 * 1_000_000
    #expect(schedule.next(after: Instant(microseconds: minute))?.microseconds == minute + 60_000_000)
    #expect(schedule.next(after: Instant(microseconds: minute - 1))?.microseconds == minute)
    #expect(schedule.next(after: Instant(microseconds: minute + 1))?.microseconds == minute + 60_000_000)
  }

  @Test func occurrencesStopAtTheEndAndAtTheLimit() throws {
    let schedule = CronSchedule(try CronExpression("0 * * * *"), in: .utc)
    let start = try Instant.utc("2026-01-01T00:00:00Z")
    let end = try Instant.utc("2026-01-01T03:00:00Z")
    #expect(schedule.occurrences(after: start, through: end, limit: 100).count == 3)
    #expect(schedule.occurrences(after: start, through: end, limit: 2).count == 2)
    #expect(schedule.occurrences(after: end, through: start, limit: 2).isEmpty)
  }

  @Test func endsWithNothingWhereNoRealInstantMatches() throws {
    // The last Sunday of March never has an hour from two to three in Berlin.
    let schedule = CronSchedule(
      try CronExpression("* 2 25-31 3 */7"), in: try ZoneFiles.rules("Europe/Berlin"))
    #expect(schedule.next(after: try .utc("2026-01-01T00:00:00Z")) == nil)
  }

  @Test(arguments: ["UTC", "Europe/Berlin", "Pacific/Apia"])
  func endsAtTheEndsOfTime(zone: String) throws {
    let schedule = CronSchedule(try CronExpression("0 0 29 2 */7"), in: try ZoneFiles.rules(zone))
    #expect(schedule.next(after: Instant(microseconds: .max)) == nil)
    #expect(schedule.next(after: Instant(microseconds: .max - 1_000_000)) == nil)
    #expect(schedule.next(after: Instant(microseconds: .min + 1_000_000)) != nil)
  }
}
