import Foundation
import RefitConfiguration
import RefitCore
import Testing

@testable import refit

@Suite struct YearCalendarTests {
  private func schedule(_ title: String, _ cron: String, _ zone: String = "UTC") throws -> ShownSchedule {
    ShownSchedule(
      title: title, cron: CronSchedule(try CronExpression(cron), in: try SystemTimeZones.rules(for: zone)))
  }

  private func calendar(_ year: Int64, _ schedules: [ShownSchedule]) -> YearCalendar {
    YearCalendar(year, title: "bank", schedules: schedules)
  }

  private func terminal(_ width: Int = 80) -> Terminal {
    Terminal(isInteractive: true, width: width, hasColour: false, hasUnicode: true)
  }

  /// 2026 begins on a Thursday, so that its Mondays are those that a printed calendar has.
  @Test func daysMonthsAndHoursAreThoseOfThePrintedCalendar() throws {
    let mondays = calendar(2026, [try schedule("a/weekly", "30 6 * * mon")])
    #expect(mondays.sum.total == 52)
    #expect(mondays.sum.months == [4, 4, 5, 4, 4, 5, 4, 5, 4, 4, 5, 4])
    #expect(mondays.sum.days.prefix(12) == [0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 1])
    #expect(mondays.sum.hours[6] == 52)
    let text = mondays.text(on: .plain)
    #expect(text.contains("\n Jan · · · · 1 · · · · · · 1 · · · · · · 1 · · · · · · 1 · · · · ·         4\n"))
    #expect(text.contains("most from 06:00: 52 starts"))
    #expect(!text.contains("Clock changes") && !text.contains("Most starts"))
  }

  @Test func tellsWhereAClockMovesSkipsAndDoubles() throws {
    let text = calendar(
      2026,
      [
        try schedule("a/fixed", "15 2 * * *", "Europe/Berlin"),
        try schedule("b/fixed", "15 2 * * *", "Europe/Berlin"),
        try schedule("c/wild", "*/30 2 * * *", "Europe/Berlin"),
      ]
    ).text(on: terminal())
    #expect(
      text.contains(
        """
        Clock changes
          2026-03-29 02:00 (and 1 more) Europe/Berlin are skipped at 01:00 UTC
              c/wild
          2026-03-29 02:15 Europe/Berlin does not exist: runs at 01:00 UTC
              a/fixed, b/fixed
          2026-10-25 02:00 (and 1 more) Europe/Berlin come twice: at 00:00 and 01:00 UTC
              c/wild
        """))
    #expect(text.contains("2!"))
  }

  @Test func namesTheMinutesAtWhichManyCollide() throws {
    let nightly = try (0..<40).map { try schedule("m-\($0)/nightly", "0 2 * * *") }
    let calendar = calendar(2026, nightly + [try schedule("x/hourly", "0 * * * *")])
    let first = try #require(calendar.crowds.first)
    #expect(first.collision.minuteOfDay == 120 && first.collision.most == 41 && first.collision.days == 365)
    #expect(calendar.crowds.count == 1)
    #expect(first.schedules.count == 41)
    let text = calendar.text(on: terminal())
    #expect(text.contains("02:00      41   365  m-0/nightly, m-1/nightly and 39 more"))
    #expect(text.contains("\"H 2 * * *\" instead of \"0 2 * * *\""))
  }

  /// In one minute of UTC, whatever the clocks of the two zones say.
  @Test func aCollisionIsOneOfInstants() throws {
    let both = [
      try schedule("a/x", "0 2 * * *", "Europe/Berlin"), try schedule("b/x", "0 1 * * *", "Europe/London"),
    ]
    let crowd = try #require(calendar(2026, both).crowds.first)
    #expect(crowd.collision.most == 2)
    // 01:00 UTC in winter, also on the days of both changes, and 00:00 UTC in summer.
    #expect(calendar(2026, both).crowds.map(\.collision.days).reduce(0, +) == 365)
  }

  @Test(arguments: [20, 60, 80, 200])
  func hardlyAnyLineIsWiderThanTheTerminal(width: Int) throws {
    let schedules = try (0..<30).map {
      try schedule("a-model-with-a-long-name-\($0)/every-five-minutes", "*/5 2-4 * * *", "America/New_York")
    }
    let text = calendar(2027, schedules).text(on: terminal(width))
    // Grids and numbers need their 80 columns.
    for line in text.split(separator: "\n") {
      #expect(DisplayWidth.of(String(line)) <= max(80, width), "\(line)")
    }
    #expect(!text.contains("\u{1B}"))
  }

  @Test func showsASCIIWhereThatIsAllThereIs() throws {
    let plain = Terminal(isInteractive: true, width: 80, hasColour: false, hasUnicode: false)
    let text = calendar(2026, [try schedule("a/x", "*/5 9-17 * * mon-fri")]).text(on: plain)
    #expect(text.utf8.allSatisfy { $0 < 0x80 })
    #expect(text.contains(" Jan 8 8 . . 8 8 8 8 8 . . "))
  }

  @Test func aThousandSchedulesAreCountedOneByOne() throws {
    let schedules = try (0..<1_000).map { try schedule("m-\($0)/x", "\($0 % 60) \($0 % 24) * * *") }
    let calendar = calendar(2026, schedules)
    #expect(calendar.sum.total == 365_000)
    #expect(calendar.sum.days.allSatisfy { $0 == 1_000 })
    // 1,000 numbers by their rests modulo 60 and 24, of which 120 pairs exist.
    #expect(calendar.crowds.first?.collision.most == 9)
    #expect(calendar.text(on: terminal()).contains("… and 980 more: --json has all"))
  }

  @Test func answersProgramsWithEverything() throws {
    let calendar = calendar(
      2026, [try schedule("a/x", "30 2 * * *", "Europe/Berlin"), try schedule("b/x", "30 1 * * *")])
    let data = try JSONEncoder().encode(calendar.answer)
    let json = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    #expect(json["starts"] as? Int == 730)
    #expect((json["days"] as? [[String: Any]])?.count == 365)
    #expect((json["hours"] as? [Int])?.reduce(0, +) == 730)
    let schedules = try #require(json["schedules"] as? [[String: Any]])
    let changes = try #require(schedules[0]["clock_changes"] as? [[String: Any]])
    #expect(changes.map { $0["effect"] as? String } == ["moved"])
    #expect(changes[0]["local"] as? String == "2026-03-29 02:30")
    #expect(changes[0]["runs"] as? [String] == ["2026-03-29T01:00:00Z"])
    #expect((json["collisions"] as? [[String: Any]])?.first?["schedules"] as? [String] == ["a/x", "b/x"])
  }
}
