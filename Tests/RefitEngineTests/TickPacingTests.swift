import RefitCore
import Testing

@testable import RefitEngine

@Suite("How long the daemon rests")
struct TickPacingTests {
  private let start = Instant("2026-11-23T09:00:00Z")!

  /// Turns that all end in the same way, each as soon as the rest before it is over: how many there are in a day.
  private func turnsInADay(_ turn: TickPacing.Turn, next: Timespan? = nil) -> Int {
    var (pacing, now, turns) = (TickPacing(), start, 0)
    while now < start + .days(1), turns < 100_000 {
      let moment = now
      now = pacing.rest(after: turn, next: next.map { moment + $0 }, now: now).until
      turns += 1
    }
    return turns
  }

  @Test("until the next instant, and for an hour at most")
  func untilTheNextInstant() {
    var pacing = TickPacing()
    #expect(pacing.rest(after: .done, next: start + .minutes(7), now: start).until == start + .minutes(7))
    #expect(pacing.rest(after: .done, next: start + .days(7), now: start).until == start + .hours(1))
    #expect(pacing.rest(after: .done, next: nil, now: start).until == start + .hours(1))
    #expect(turnsInADay(.done) == 24)
  }

  @Test("not at all where a turn was cut short")
  func unfinished() {
    var pacing = TickPacing()
    #expect(pacing.rest(after: .unfinished, next: start + .days(1), now: start).until == start)
  }

  @Test(
    "ever longer while the same fails, and never in a tight loop",
    arguments: [(TickPacing.Turn.failed, 300), (.busy, 1500), (.troubled, 110)])
  func backoff(_ turn: TickPacing.Turn, _ most: Int) {
    // 86,400 s in steps of 1, 2, 4, … up to 5, 1 and 15 minutes.
    let turns = turnsInADay(turn)
    #expect(turns <= most, "\(turns)")
    #expect(turns > 20)
  }

  @Test("no longer than until the next instant where only something is in trouble")
  func troubleOfOne() {
    var pacing = TickPacing()
    for _ in 0..<20 { _ = pacing.rest(after: .troubled, next: nil, now: start) }
    let rest = pacing.rest(after: .troubled, next: start + Timespan(seconds: 3), now: start)
    #expect(rest.until == start + Timespan(seconds: 3))
    #expect(rest.endsWithChanges, "the end of another run's job is attended at once")
  }

  @Test("deaf to changes where nothing can be done: what the failing turns leave must not wake the next")
  func deaf() {
    var pacing = TickPacing()
    #expect(!pacing.rest(after: .failed, next: nil, now: start).endsWithChanges)
  }

  @Test("from the beginning again once a turn has gone well")
  func recovery() {
    var pacing = TickPacing()
    for _ in 0..<9 { _ = pacing.rest(after: .failed, next: nil, now: start) }
    _ = pacing.rest(after: .done, next: nil, now: start)
    #expect(pacing.rest(after: .failed, next: nil, now: start).until == start + Timespan(seconds: 1))
  }
}
