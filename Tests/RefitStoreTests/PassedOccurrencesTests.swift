import GRDB
import RefitCore
import Testing

@testable import RefitStore

@Suite struct PassedOccurrencesTests {
  static let key = ScheduleKey(model: "credit-risk", schedule: "nightly")

  private func span(_ count: Int, first: Int64 = 1) -> PassedOccurrences {
    PassedOccurrences(
      outcome: .skipped, first: .day(first), last: .day(first + Int64(count) - 1), count: count, instants: [],
      because: "far too many")
  }

  @Test func whatNobodyActsOnMovesTheScheduleOn() throws {
    let place = try Workplace()
    let store = try place.configured()
    let skipped = try #require(PassedOccurrences([.day(1), .day(2)], outcome: .skipped, because: "late"))
    try store.pass([skipped], of: Self.key, through: .day(2), nextDue: .day(3), at: .day(2, hour: 5))
    #expect(try store.nextDue() == .day(3))
    #expect(try store.occurrences(of: Self.key).map(\.first) == [.day(1), .day(2)])
    #expect(try store.occurrences(of: Self.key).map(\.reason) == ["late", "late"])
    let events = try store.events(LedgerFilter(kind: .occurrenceSkipped), limit: 9)
    #expect(events.count == 1)
    #expect(
      events[0].payload
        == #"{"because":"late","count":2,"first":"\#(Instant.day(1))","last":"\#(Instant.day(2))","schedule":"nightly"}"#
    )
    #expect(try store.verify().isIntact)
  }

  @Test func theScheduleNeverGoesBack() throws {
    let place = try Workplace()
    let store = try place.configured()
    try store.pass([], of: Self.key, through: .day(1), nextDue: .day(9), at: .day(1))
    try store.pass([], of: Self.key, through: .day(8), nextDue: .day(2), at: .day(1))
    #expect(try store.nextDue() == .day(9))
  }

  @Test func moreThanAreListedAreOneRecord() throws {
    let place = try Workplace()
    let store = try place.configured()
    try store.pass([span(2_000_000)], of: Self.key, through: .day(2), nextDue: nil, at: .day(2))
    let all = try store.occurrences(of: Self.key, from: .day(3), through: .day(4))
    #expect(all.map(\.count) == [2_000_000])
    #expect(try store.isRecorded(.day(1_000_000), of: Self.key))
    #expect(try !store.isRecorded(.day(2_100_000), of: Self.key))
    #expect(try store.verify().isIntact)
  }

  @Test func whatASpanHoldsIsNotActedOnAgain() throws {
    let place = try Workplace()
    let store = try place.configured()
    try store.pass([span(5000)], of: Self.key, through: .day(2), nextDue: .day(3), at: .day(2))
    #expect(try store.record(.sample(nominal: .day(3))) == .alreadyDecided)
    // The bug of a clock that was set back: its turn came at each tick for ever.
    #expect(try store.nextDue() == .day(4))
    #expect(try store.latestDecision("credit-risk") == nil)
  }

  @Test func aSpanDoesNotCountWhatWasRecordedBefore() throws {
    let place = try Workplace()
    let store = try place.configured()
    _ = try store.record(.sample(nominal: .day(7)))
    try store.pass([span(2000)], of: Self.key, through: .day(9), nextDue: nil, at: .day(9))
    #expect(try store.occurrences(of: Self.key).map(\.count) == [1999, 1])
    #expect(try store.verify().isIntact)
  }

  @Test(arguments: [
    "DELETE FROM occurrence WHERE nominal = (SELECT min(nominal) FROM occurrence)",
    "UPDATE occurrence SET state = 'missed' WHERE state = 'skipped'",
    "UPDATE occurrence_span SET count = count + 1",
    "UPDATE occurrence_span SET last = last - 1",
  ])
  func aRowThatTheLedgerDoesNotTellOfIsFound(sql: String) throws {
    let place = try Workplace()
    let store = try place.configured()
    let skipped = try #require(PassedOccurrences([.day(1), .day(2)], outcome: .skipped, because: "late"))
    try store.pass(
      [skipped, span(3000, first: 3)], of: Self.key, through: .day(3), nextDue: nil, at: .day(2))
    #expect(try store.verify().isIntact)
    try place.tamper(sql)
    #expect(try !store.verify().isIntact)
  }

  @Test func aStopLeavesAllOfItOrNothing() throws {
    for (moment, count) in [(FailPoint.Moment.before, 0), (.after, 5000)] {
      let place = try Workplace()
      try place.configured().close()
      let point = FailPoint(moment, .passOccurrences)
      let store = try Store(path: place.path, now: .day(3), project: "lending") { reached in
        if reached == point { throw Interruption(at: reached) }
      }
      #expect(throws: StoreError.interrupted(point)) {
        try store.pass([span(5000)], of: Self.key, through: .day(2), nextDue: .day(3), at: .day(2))
      }
      let later = try place.open(at: .day(4))
      #expect(try later.occurrences(of: Self.key).map(\.count).reduce(0, +) == count)
      #expect(try later.nextDue() == (count == 0 ? .day(1) : .day(3)))
      #expect(try later.verify().isIntact)
    }
  }
}
