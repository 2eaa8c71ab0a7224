import Foundation
import RefitConfiguration
import RefitCore
import Testing

@testable import refit

@Suite struct UpcomingTests {
  private let start = Instant("2026-03-28T00:00:00Z")!

  private func schedule(_ title: String, _ cron: String, _ zone: String = "UTC") throws -> ShownSchedule {
    ShownSchedule(
      title: title, cron: CronSchedule(try CronExpression(cron), in: try SystemTimeZones.rules(for: zone)))
  }

  @Test func schedulesOfAProjectComeInTheOrderOfTheirTimes() throws {
    let schedules = [
      try schedule("a/x", "0 12 * * *"), try schedule("b/x", "0 6,12 * * *"),
      try schedule("never", "* 2 25-31 3 */7", "Europe/Berlin"),
    ]
    let merged = Upcoming.merged(schedules, next: 5, after: start)
    #expect(
      merged.map { "\($0.occurrence) \($0.schedule.title)" } == [
        "2026-03-28T06:00:00Z b/x", "2026-03-28T12:00:00Z a/x", "2026-03-28T12:00:00Z b/x",
        "2026-03-29T06:00:00Z b/x", "2026-03-29T12:00:00Z a/x",
      ])
    #expect(Upcoming.merged([schedules[2]], next: 5, after: start).isEmpty)
  }

  @Test(arguments: ["UTC", "Africa/Monrovia"], ["15 2 * * *", "0 0 1 1 *"])
  func aListWrittenByHandIsTheJSONThatFoundationWrites(zone: String, cron: String) throws {
    let schedule = try schedule("a", cron, zone).cron
    // 1930: offsets of Monrovia had seconds; and years of five digits.
    for start in ["1930-01-01", "1969-12-30", "2026-01-01", "9998-06-01"] {
      let occurrences = schedule.next(4, after: try #require(Instant(start)))
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
      let expected = try encoder.encode(["occurrences": occurrences]) + Data("\n".utf8)
      #expect(Data(OccurrenceList.json(occurrences, resolved: nil)) == expected)
    }
  }

  @Test(arguments: [
    ("2026-03-28", "Sat"), ("1969-12-31", "Wed"), ("2000-02-29", "Tue"), ("1900-01-01", "Mon"),
  ])
  func weekdaysAreThoseOfTheCalendar(date: String, expected: String) throws {
    #expect(LocalTime(try #require(Instant(date)), in: .utc).weekday == expected)
  }

  @Test(arguments: [
    "lending", "lending/credit-risk", "lending/credit-risk/nightly/x", "Lending/a/b", "a//b", "/a/b", "a/b/",
  ])
  func aNameThatFixesHHasThreeParts(text: String) {
    #expect(throws: (any Error).self) { try Arguments.scheduleHash(text) }
  }
}
