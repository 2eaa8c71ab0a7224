import GRDB
import RefitCore
import Testing

@testable import RefitStore

@Suite struct PendingTests {
  private static let key = PassedOccurrencesTests.key

  private func held() throws -> (Workplace, Store) {
    let place = try Workplace()
    let store = try place.configured()
    try store.hold(.day(1), of: Self.key, because: "so", passed: [], nextDue: .day(2), at: .day(1))
    return (place, store)
  }

  private func check(_ number: Int, in store: Store) throws -> ReadyCheck {
    let check = ReadyCheck(number: number, token: "t\(number)", startedAt: .day(1))
    let pending = try #require(try store.pendingOccurrences().first)
    try store.recordCheck(check, of: pending, attendAt: .day(1, hour: 1))
    return check
  }

  @Test func whatWaitsIsToldAndMovesTheScheduleOn() throws {
    let (_, store) = try held()
    #expect(try store.pendingOccurrences().map(\.nominal) == [.day(1)])
    #expect(try store.schedules().map(\.nextDue) == [.day(2)])
    // Something is to be done for it before the schedule comes due again.
    #expect(try store.nextDue(after: .day(0)) == .day(1))
    #expect(try store.nextDue(after: .day(1)) == .day(2))
    #expect(try store.events(limit: 1).map(\.kind) == [.occurrenceHeld])
    try store.hold(.day(1), of: Self.key, because: "so", passed: [], nextDue: .day(2), at: .day(1))
    #expect(try store.events(LedgerFilter(kind: .occurrenceHeld), limit: 9).count == 1)
  }

  @Test func whateverIsRecordedOfItItWaitsNoMore() throws {
    let (_, store) = try held()
    _ = try store.record(.sample(nominal: .day(1)))
    #expect(try store.pendingOccurrences().isEmpty)
    try store.hold(.day(1), of: Self.key, because: "so", passed: [], nextDue: .day(2), at: .day(1))
    #expect(try store.pendingOccurrences().isEmpty)
    #expect(try store.verify().isIntact)
  }

  @Test func aScheduleHasOneCheckAtATime() throws {
    let (_, store) = try held()
    let first = try check(1, in: store)
    #expect(throws: StoreError.self) { try check(2, in: store) }
    #expect(try store.hasLiveCheck(Self.key))
    let pending = try #require(try store.pendingOccurrences().first)
    try store.recordEnd(
      .init(at: .day(1), outcome: .notReady, sentence: "exit 1"), of: first, pending,
      attendAt: .day(1, hour: 2))
    #expect(try !store.hasLiveCheck(Self.key))
    _ = try check(2, in: store)
    #expect(try store.pendingOccurrences().map(\.checks) == [2])
  }

  @Test func ofEachOccurrenceThatWaitsTheNewestCheckIsKept() throws {
    let (place, store) = try held()
    try store.hold(.day(2), of: Self.key, because: "so", passed: [], nextDue: .day(3), at: .day(2))
    func run(_ number: Int, day: Int64) throws {
      let check = ReadyCheck(number: number, token: "\(day)-\(number)", startedAt: .day(day))
      let pending = try #require(try store.pendingOccurrences().first { $0.nominal == .day(day) })
      try store.recordCheck(check, of: pending, attendAt: .day(day))
      try store.recordEnd(
        .init(at: .day(day), outcome: .notReady, sentence: "exit 1"), of: check, pending, attendAt: .day(9))
    }
    func kept() throws -> Int? {
      try place.raw { db in try Int.fetchOne(db, sql: "SELECT count(*) FROM ready_check") }
    }
    for number in 1...50 { for day in [1, 2] as [Int64] { try run(number, day: day) } }
    #expect(try kept() == 2)
    #expect(try store.pendingOccurrences().map(\.checks) == [50, 50])
    _ = try store.record(.sample(nominal: .day(1)))
    try run(51, day: 2)
    #expect(try kept() == 1)
  }

  @Test func aCheckThatSaysYesMakesItsOccurrenceReady() throws {
    let (_, store) = try held()
    let first = try check(1, in: store)
    let pending = try #require(try store.pendingOccurrences().first)
    try store.recordEnd(
      .init(at: .day(1, hour: 1), outcome: .ready, sentence: "exit 0"), of: first, pending, attendAt: .day(1))
    #expect(try store.pendingOccurrences().map(\.readyAt) == [.day(1, hour: 1)])
    #expect(try store.events(limit: 1).map(\.kind) == [.occurrenceReady])
  }

  @Test func aChangedScheduleMissesWhatWaited() throws {
    let (_, store) = try held()
    _ = try check(1, in: store)
    try store.configure([.sample(schedules: [.nightly(cron: "9 9 * * *")])], nextDue: .day(5), at: .day(1))
    #expect(try store.pendingOccurrences().isEmpty)
    #expect(try store.occurrences(of: Self.key).map(\.state) == [.missed])
    #expect(try store.abandonedChecks().map(\.nominal) == [.day(1)])
    #expect(try store.verify().isIntact)
  }

  @Test(arguments: [
    "INSERT INTO occurrence_pending (model, schedule, nominal, since) SELECT model, schedule, nominal, 1 FROM occurrence",
    "INSERT INTO occurrence_pending (model, schedule, nominal, since) SELECT model, schedule, nominal, 1 FROM occurrence_pending",
    "UPDATE ready_check SET ended_at = 5",
    "UPDATE ready_check SET outcome = 'ready', ended_at = 5",
    "UPDATE ready_check SET number = 0",
    "DELETE FROM occurrence WHERE state = 'decided'",
    "UPDATE occurrence_pending SET ready_at = since - 1",
  ])
  func impossibleRowsAreRefused(sql: String) throws {
    let (place, store) = try held()
    _ = try check(1, in: store)
    _ = try store.record(.sample(nominal: .day(3)))
    #expect(throws: DatabaseError.self) { try place.tamper(sql) }
  }

  @Test func whatWasOnlyPassedOverInAWrongYearIsWithdrawn() throws {
    let place = try Workplace()
    let store = try place.configured()
    let far = PassedOccurrences(
      outcome: .coalesced, first: .day(2), last: .day(2001), count: 2000, instants: [], because: "so")
    let near = try #require(PassedOccurrences([.day(1), .day(2002)], outcome: .skipped, because: "so"))
    try store.pass([far, near], of: Self.key, through: .day(2002), nextDue: .day(2003), at: .day(2002))
    _ = try store.record(.sample(nominal: .day(2003)))
    let starts = [ScheduleStart(model: "credit-risk", schedule: "nightly", nextDue: .day(6))]
    try store.acceptClock(starts, because: "it stood too late", actor: "alice", at: .day(5))
    #expect(try store.nextDue() == .day(6))
    #expect(try store.clock().highWater == .day(5))
    #expect(try store.isRecorded(.day(4), of: Self.key))
    #expect(try !store.isRecorded(.day(6), of: Self.key))
    #expect(try !store.isRecorded(.day(2002), of: Self.key))
    #expect(try store.isRecorded(.day(2003), of: Self.key))
    #expect(try store.record(.sample(nominal: .day(6))) == .recorded(nil))
    #expect(try store.record(.sample(nominal: .day(2003))) == .alreadyDecided)
    #expect(try store.verify().isIntact)
  }
}
