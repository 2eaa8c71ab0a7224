import RefitConfiguration
import RefitCore
import RefitTesting
import Testing

@testable import RefitSimulation

@Suite("When the simulation's oracle expects occurrences")
struct ExpectedOccurrencesTests {
  private func instants(_ rhythm: Rhythm, _ zone: String, from: String, to: String) -> [String] {
    ExpectedOccurrences(rhythm, zone: zone).instants(
      from: Instant(from)!.seconds, to: Instant(to)!.seconds
    ).map { Instant(seconds: $0).description }
  }

  @Test("a fixed schedule in the spring gap runs at the first minute after it")
  func gap() {
    #expect(
      instants(.daily(hour: 2, minute: 30), "Europe/Berlin", from: "2026-03-28", to: "2026-03-31") == [
        "2026-03-28T01:30:00Z", "2026-03-29T01:00:00Z", "2026-03-30T00:30:00Z",
      ])
  }

  @Test("a fixed schedule in the autumn overlap runs in the first pass only")
  func overlap() {
    #expect(
      instants(.daily(hour: 2, minute: 30), "Europe/Berlin", from: "2026-10-25", to: "2026-10-26T01:00:00Z")
        == [
          "2026-10-25T00:30:00Z"
        ])
  }

  @Test("a wildcard schedule follows the real clock through both")
  func wildcard() {
    #expect(
      instants(
        .everyMinutes(30), "Australia/Lord_Howe", from: "2026-04-04T14:30:00Z", to: "2026-04-04T16:00:00Z")
        == ["2026-04-04T14:30:00Z", "2026-04-04T15:00:00Z", "2026-04-04T15:30:00Z"])
    #expect(
      instants(.everyHours(2, minute: 15), "Europe/Berlin", from: "2026-03-29", to: "2026-03-29T04:00:00Z")
        == [
          "2026-03-29T02:15:00Z"
        ])
  }

  @Test("a day of the month that a month has not is left out")
  func months() {
    #expect(
      instants(.monthly(day: 29, hour: 0, minute: 0), "UTC", from: "2027-01-30", to: "2028-03-01").filter {
        $0.contains("-02-")
      } == ["2028-02-29T00:00:00Z"])
  }

  @Test(
    "a year of it is a year of the engine's",
    arguments: ["Europe/Berlin", "America/New_York", "Pacific/Auckland"])
  func differential(zone: String) throws {
    var chance = SeededGenerator(seed: 5)
    for _ in 0..<8 {
      var maker = ScenarioMaker(chance: chance)
      let rhythm = maker.rhythm(0.2)
      chance = maker.chance
      let start = Instant("2026-01-01")!
      let end = Instant("2027-01-01")!
      let engine = CronSchedule(try CronExpression(rhythm.cron), in: try SystemTimeZones.rules(for: zone))
      let expected = ExpectedOccurrences(rhythm, zone: zone).instants(
        from: start.seconds + 1, to: end.seconds + 1)
      #expect(
        engine.occurrences(after: start, through: end, limit: .max).map(\.seconds) == expected,
        "\(rhythm.cron)")
    }
  }
}
