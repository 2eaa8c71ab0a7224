import RefitTesting
import Testing

@testable import RefitCore

@Suite("What is done for an occurrence that waits for data")
struct ReadyRuleTests {
  private static let start = Instant(seconds: 1_767_225_600)
  private static let rule = ReadyRule(run: ["jobs/landed", "eu"], every: .minutes(5), within: .hours(1))

  private static func pending(_ last: ReadyCheck? = nil) -> PendingOccurrence {
    PendingOccurrence(
      model: Name("loans")!, schedule: Name("nightly")!, nominal: start, since: start,
      checks: last?.number ?? 0, lastCheck: last)
  }

  private static func ended(_ number: Int, minute: Int64, after minutes: Int64 = 1) -> ReadyCheck {
    let startedAt = start + .minutes(minute)
    return ReadyCheck(
      number: number, token: "t", startedAt: startedAt,
      end: .init(at: startedAt + .minutes(minutes), outcome: .notReady, sentence: "exit 1: no file yet"))
  }

  @Test("the first check is made at once, whatever the time")
  func first() {
    for late in [Int64(0), 90, 1_000_000] {
      #expect(Self.rule.step(for: Self.pending(), at: Self.start + .minutes(late)) == .check)
    }
  }

  @Test("a check that goes on is attended, and no other is begun")
  func live() {
    let check = ReadyCheck(number: 1, token: "t", startedAt: Self.start)
    for minute in [Int64(0), 5, 500] {
      #expect(Self.rule.step(for: Self.pending(check), at: Self.start + .minutes(minute)) == .attend)
    }
  }

  @Test("the next check follows after 'every', counted from start to start")
  func cadence() {
    let pending = Self.pending(Self.ended(3, minute: 10))
    #expect(
      Self.rule.step(for: pending, at: Self.start + .minutes(12)) == .wait(until: Self.start + .minutes(15)))
    #expect(Self.rule.step(for: pending, at: Self.start + .minutes(15)) == .check)
  }

  @Test("after 'within' it is given up, and says what the last check said")
  func givenUp() {
    let pending = Self.pending(Self.ended(12, minute: 56))
    #expect(
      Self.rule.step(for: pending, at: Self.start + .minutes(58)) == .wait(until: Self.start + .minutes(60)))
    #expect(
      Self.rule.step(for: pending, at: Self.start + .minutes(60))
        == .giveUp("jobs/landed eu did not end with 0 within 1h: checked 12 times, exit 1: no file yet"))
  }

  @Test("a machine that was off makes one more check before it gives up")
  func off() {
    let pending = Self.pending(Self.ended(1, minute: 0))
    let later = Self.start + .days(3)
    #expect(Self.rule.step(for: pending, at: later) == .check)
    #expect(Self.rule.step(for: Self.pending(Self.ended(2, minute: 3 * 1440)), at: later + .minutes(1)).isEnd)
  }

  @Test("a clock that was set back does not put the next check off")
  func setBack() {
    let pending = Self.pending(Self.ended(1, minute: 30))
    #expect(Self.rule.step(for: pending, at: Self.start + .minutes(3)) == .check)
  }

  @Test("at every time there is a step, and waiting always ends", arguments: [UInt64](1...4))
  func always(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    for _ in 0..<2000 {
      let every = Timespan(seconds: Int64.random(in: 1...5000, using: &generator))
      let rule = ReadyRule(
        run: ["x"], every: every,
        within: Timespan(seconds: every.seconds + Int64.random(in: 0...9000, using: &generator)))
      let pending = Self.pending(
        Self.ended(2, minute: Int64.random(in: 0...400, using: &generator), after: 0))
      let now = Self.start + Timespan(seconds: Int64.random(in: 0...40_000, using: &generator))
      if case .wait(let instant) = rule.step(for: pending, at: now) {
        #expect(now < instant && instant <= now + every)
        #expect(rule.step(for: pending, at: instant) != .wait(until: instant))
      }
    }
  }

  @Test("it says what it waits for, since when and what the checks said")
  func words() {
    let rule = Schedule(
      name: Name("nightly")!, cron: try! CronExpression("15 2 * * *"), timezone: "UTC", action: .evaluate,
      ready: Self.rule)
    func sentence(_ check: ReadyCheck?) -> String {
      Self.pending(check).sentence(rule, liveRun: nil) { "\($0)".dropFirst(11).prefix(5).description }
    }
    #expect(
      sentence(Self.ended(3, minute: 10))
        == "nightly of 00:00 waits for jobs/landed eu since 00:00, checked 3 times, exit 1: no file yet")
    #expect(sentence(Self.ended(1, minute: 1)).contains(", checked once, exit 1"))
    #expect(
      sentence(ReadyCheck(number: 1, token: "t", startedAt: Self.start))
        == "nightly of 00:00 waits for jobs/landed eu since 00:00, being checked for the first time")
    #expect(
      Self.pending().sentence(nil, liveRun: RunID("loans#4")!).hasPrefix(
        "nightly of 2026-01-01T00:00:00Z waits for loans#4 to end, since"))
  }
}

extension ReadyRule.Step {
  fileprivate var isEnd: Bool { if case .giveUp = self { true } else { false } }
}
