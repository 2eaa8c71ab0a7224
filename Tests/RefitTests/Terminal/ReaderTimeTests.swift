import Foundation
import RefitCore
import RefitTesting
import Testing

@testable import refit

@Suite struct ReaderTimeTests {
  private let now = Instant("2026-11-23T04:32:10Z")!

  @Test func showsTheReadersClock() {
    let berlin = ReaderTime { $0 < Instant("2026-10-25T01:00:00Z")! ? (7200, "CEST") : (3600, "CET") }
    #expect(berlin.text(now) == "2026-11-23 05:32 CET")
    #expect(berlin.text(Instant("2026-10-25T00:59:59Z")!) == "2026-10-25 02:59 CEST")
    #expect(berlin.text(Instant("2026-10-25T01:00:00Z")!) == "2026-10-25 02:00 CET")
    #expect(berlin.text(Instant("2026-12-31T23:30:00Z")!) == "2027-01-01 00:30 CET")
    #expect(ReaderTime.utc.text(Instant("1969-12-31T23:59:59.5Z")!) == "1969-12-31 23:59 UTC")
    #expect(ReaderTime { _ in (-34_200, "-0930") }.text(now) == "2026-11-22 19:02 -0930")
  }

  /// `date` reads the same zone by its own means.
  @Test(arguments: [0, 1_000_000_000, 1_774_746_000, 1_792_892_400, 1_795_404_506, 4_000_000_000])
  func agreesWithDate(seconds: Int64) throws {
    let date = try Command.run("/bin/date", ["-d", "@\(seconds)", "+%Y-%m-%d %H:%M %Z"])
    #expect(ReaderTime.system.text(Instant(seconds: seconds)) + "\n" == date.output)
  }

  @Test(arguments: [
    ("0s", "now", "now"), ("1s", "in 1 second", "1 second ago"), ("59s", "in 59 seconds", "59 seconds ago"),
    ("60s", "in 1 minute", "1 minute ago"), ("3599s", "in 59 minutes", "59 minutes ago"),
    ("2h", "in 2 hours", "2 hours ago"), ("47h", "in 47 hours", "47 hours ago"),
    ("3d", "in 3 days", "3 days ago"),
    ("59d", "in 59 days", "59 days ago"), ("61d", "in 2 months", "2 months ago"),
    ("700d", "in 22 months", "22 months ago"), ("800d", "in 2 years", "2 years ago"),
  ])
  func saysHowFarAway(word: String, ahead: String, ago: String) throws {
    let span = try #require(Timespan(word))
    #expect(ReaderTime.relative(now + span, to: now) == ahead)
    #expect(ReaderTime.relative(now - span, to: now) == ago)
  }
}
