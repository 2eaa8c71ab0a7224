import RefitTesting
import Testing

@testable import RefitCore

@Suite("What becomes of occurrences that come late")
struct MisfireRuleTests {
  /// Each due occurrence by itself, as the rule's words say, and without its code.
  private static func outcome(
    of nominal: Instant, among due: [Instant], _ rule: MisfireRule, at now: Instant
  ) -> String {
    func isInTime(_ instant: Instant) -> Bool {
      rule.within.map { now.microseconds - instant.microseconds <= $0.seconds * 1_000_000 } ?? true
    }
    func isLate(_ instant: Instant) -> Bool {
      now.microseconds - instant.microseconds > rule.grace.seconds * 1_000_000
    }
    if !isInTime(nominal) { return "missed" }
    switch rule.run {
    case .once: return nominal == due.max() ? "acted" : "coalesced"
    case .skip: return isLate(nominal) ? "skipped" : nominal == due.max() ? "acted" : "coalesced"
    case .all: return due.count(where: { $0 > nominal }) < 100 ? "acted" : "skipped"
    }
  }

  private static func random(_ generator: inout SeededGenerator) -> (due: [Instant], rule: MisfireRule) {
    func span(_ most: Int64) -> Timespan { Timespan(seconds: Int64.random(in: 0...most, using: &generator)) }
    let (count, reach) = (
      Int.random(in: 1...150, using: &generator), Int64.random(in: 150...200_000, using: &generator)
    )
    var due: Set<Int64> = []
    while due.count < count { due.insert(-Int64.random(in: 0...reach, using: &generator)) }
    let grace = span(reach)
    let run = MisfireRule.Run.allCases.randomElement(using: &generator)!
    let within =
      Bool.random(using: &generator) ? Timespan(seconds: grace.seconds + span(reach).seconds) : nil
    return (due.sorted().map(Instant.init(seconds:)), MisfireRule(run: run, grace: grace, within: within))
  }

  @Test("each due occurrence has one outcome, the one that the rule's words say", arguments: [UInt64](1...6))
  func everyOccurrence(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    for _ in 0..<500 {
      let (due, rule) = Self.random(&generator)
      let now = Instant(microseconds: Int64.random(in: 0...999_999, using: &generator))
      let plan = rule.plan(from: due[0], newest: due.suffix(MisfireRule.most), at: now)
      #expect(plan.acted == plan.acted.sorted() && plan.acted.count <= MisfireRule.most)
      for nominal in due {
        let passed = plan.passed.filter { $0.stretch.contains(nominal) }.map(\.outcome.rawValue)
        let all = passed + (plan.acted.contains(nominal) ? ["acted"] : [])
        #expect(all == [Self.outcome(of: nominal, among: due, rule, at: now)], "\(rule) \(nominal)")
      }
      for passing in plan.passed {
        #expect(plan.acted.allSatisfy { passing.stretch.upperBound <= $0 })
        #expect(passing.into == (passing.outcome == .coalesced ? plan.acted.first : nil))
      }
    }
  }

  private static let day = Timespan.days(1)

  private func plan(_ rule: MisfireRule, lateBy late: Timespan = .hours(1)) -> OccurrencePlan {
    let days = (0...4).map { Instant(seconds: 0) + .days($0) }
    return rule.plan(from: days[0], newest: days, at: days[4] + late)
  }

  @Test("a month switched off is one run of the newest")
  func once() {
    let newest = Instant(seconds: 0) + .days(4)
    #expect(plan(.once).acted == [newest])
    #expect(plan(.once).passed.map(\.because) == ["the occurrence of 1970-01-05T00:00:00Z stands for it"])
    #expect(plan(.once).passed.map(\.stretch) == [Instant(seconds: 0)..<newest])
  }

  @Test("what is late is skipped, and what is within grace runs", arguments: [(900, 1), (901, 0)])
  func skip(late: Int64, acted: Int) {
    let plan = plan(MisfireRule(run: .skip), lateBy: Timespan(seconds: late))
    #expect(plan.acted.count == acted)
    #expect(
      plan.passed.map(\.because) == ["later than the grace of 15m, and 'misfire: skip' runs no such one"])
  }

  @Test("each runs, the oldest first")
  func all() {
    #expect(plan(MisfireRule(run: .all)).acted == (0...4).map { Instant(seconds: 0) + .days($0) })
    #expect(plan(MisfireRule(run: .all)).passed.isEmpty)
  }

  @Test("lateness is bounded from the nominal instant, to the second", arguments: [(0, 2), (1, 1)])
  func within(beyond: Int64, acted: Int) {
    let rule = MisfireRule(run: .all, within: .days(1))
    let plan = plan(rule, lateBy: Timespan(seconds: beyond))
    #expect(plan.acted.count == acted)
    #expect(plan.passed.first?.because == "later than the 1d that 'within' allows")
  }

  @Test("nothing is acted on when even the newest is too late")
  func tooLate() {
    let plan = plan(MisfireRule(within: .minutes(30)))
    #expect(plan.acted.isEmpty)
    #expect(plan.passed.map(\.outcome) == [.missed])
  }
}
