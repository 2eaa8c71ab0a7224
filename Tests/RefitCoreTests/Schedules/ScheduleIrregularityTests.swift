import Testing

@testable import RefitCore

@Suite struct ScheduleIrregularityTests {
  private func irregularities(
    _ expression: String, _ zone: String, after: String = "2026-01-01T00:00:00Z"
  ) throws -> [String] {
    let schedule = CronSchedule(try CronExpression(expression), in: try ZoneFiles.rules(zone))
    return schedule.irregularities(inYearAfter: try .utc(after)).map { irregularity in
      let effect =
        switch irregularity.effect {
        case .skipped: "skipped"
        case .doubled: "doubled"
        case .moved(let instant): "moved to \(instant.text)"
        }
      return "\(irregularity.localTime) ×\(irregularity.count) \(effect) at \(irregularity.transition.text)"
    }
  }

  @Test(arguments: [
    ("15 2 * * *", ["2026-03-29 02:15 ×1 moved to 2026-03-29T01:00:00Z at 2026-03-29T01:00:00Z"]),
    ("0,20,40 2 * * *", ["2026-03-29 02:00 ×3 moved to 2026-03-29T01:00:00Z at 2026-03-29T01:00:00Z"]),
    (
      "*/30 2 * * *",
      [
        "2026-03-29 02:00 ×2 skipped at 2026-03-29T01:00:00Z",
        "2026-10-25 02:00 ×2 doubled at 2026-10-25T01:00:00Z",
      ]
    ),
    ("*/5 * * * *", []), ("@hourly", []), ("15 4 * * *", []), ("15 2 1 * *", []), ("30 2 25 10 *", []),
  ])
  func tellsWhereBerlinMakesAScheduleSkipMoveOrDouble(expression: String, expected: [String]) throws {
    #expect(try irregularities(expression, "Europe/Berlin") == expected)
  }

  @Test func anHourlyScheduleIsIrregularWhereTheClockMovesHalfAnHour() throws {
    #expect(
      try irregularities("0 * * * *", "Australia/Lord_Howe")
        == ["2026-10-04 02:00 ×1 skipped at 2026-10-03T15:30:00Z"])
    #expect(
      try irregularities("45 * * * *", "Australia/Lord_Howe")
        == ["2026-04-05 01:45 ×1 doubled at 2026-04-04T15:00:00Z"])
  }

  @Test func aDateThatIsLeftOutIsSkippedByFixedSchedules() throws {
    #expect(
      try irregularities("0 12 * * *", "Pacific/Apia", after: "2011-10-01T00:00:00Z")
        == ["2011-12-30 12:00 ×1 skipped at 2011-12-30T10:00:00Z"])
    #expect(try irregularities("0 * * * *", "Pacific/Apia", after: "2011-10-01T00:00:00Z").isEmpty)
  }

  @Test func thereAreNoneWithoutClockChanges() throws {
    #expect(try irregularities("15 2 * * *", "UTC").isEmpty)
    #expect(try irregularities("15 2 * * *", "Asia/Tokyo").isEmpty)
  }
}
