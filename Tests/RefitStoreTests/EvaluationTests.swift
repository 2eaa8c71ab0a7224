import RefitCore
import Testing

@testable import RefitStore

@Suite struct EvaluationTests {
  @Test func anEvaluationIsOneWriteOfAllItsParts() throws {
    let place = try Workplace()
    let store = try place.configured()
    let record = try EvaluationRecord.sample(
      nominal: .day(3), verdict: .retrain, coalesced: [.day(1), .day(2)], observations: [.sample()],
      opening: true)
    let run = RunID("credit-risk#1")!
    #expect(try store.record(record) == .recorded(run))
    let decision = try #require(try store.latestDecision("credit-risk"))
    #expect(decision.decision == record.decision)
    #expect(decision.situation == record.situation)
    #expect(decision.policyDigest == .of("policy"))
    #expect(decision.schedule == "nightly" && decision.nominal == .day(3) && decision.decidedAt == record.now)
    #expect(decision.run == run)
    #expect(try store.decision(for: run) == decision)
    #expect(try store.run(run)?.trigger == .schedule("nightly", nominal: .day(3)))
    #expect(try store.observations("credit-risk", matching: ObservationFilter(), limit: 9) == [.sample()])
    #expect(try store.nextDue() == .day(4))
    #expect(
      try store.events(limit: 4).map(\.kind) == [
        .configurationApplied, .occurrenceCoalesced, .occurrenceDecided, .runOpened,
      ])
    #expect(try store.verify().isIntact)
  }

  @Test(arguments: [Instant.day(3), .day(2)])
  func anOccurrenceIsActedOnOnce(nominal: Instant) throws {
    let place = try Workplace()
    let store = try place.configured()
    _ = try store.record(.sample(nominal: .day(3), coalesced: [.day(2)], nextDue: .day(8)))
    let before = try CommitTests.dump(place)
    #expect(try store.record(.sample(nominal: nominal, verdict: .retrain, opening: true)) == .alreadyDecided)
    #expect(try CommitTests.dump(place) == before)
  }

  @Test func anAlertIsWrittenWithItsDecisionOrNotAtAll() throws {
    let place = try Workplace()
    let store = try place.configured()
    var record = try EvaluationRecord.sample(verdict: .unknown)
    record.entries = [
      LedgerEntry(
        kind: .alert, model: "credit-risk", run: nil, actor: "refit", at: record.now,
        payload: ["sentence": "so"])
    ]
    #expect(try store.record(record) == .recorded(nil))
    #expect(try store.record(record) == .alreadyDecided)
    #expect(try store.events(limit: 2).map(\.kind) == [.occurrenceDecided, .alert])
    _ = try store.openSampleRun()
    var second = try EvaluationRecord.sample(nominal: .day(2), verdict: .retrain, opening: true)
    second.entries = record.entries
    #expect(throws: StoreError.self) { try store.record(second) }
    #expect(try store.events(LedgerFilter(kind: .alert), limit: 9).count == 1)
  }

  @Test func anOccurrenceThatWasRecordedIsNotCoalescedAgain() throws {
    let place = try Workplace()
    let store = try place.configured()
    _ = try store.record(.sample(nominal: .day(1)))
    _ = try store.record(.sample(nominal: .day(3), coalesced: [.day(1), .day(2)]))
    #expect(try store.events(LedgerFilter(kind: .occurrenceCoalesced), limit: 9).count == 1)
    #expect(
      try store.decidedEvaluations("credit-risk", schedule: "nightly", since: .day(0), newest: 9) == [
        .day(1), .day(3),
      ])
  }

  @Test func earlierEvaluationsAreTheNewestOfThisScheduleSinceThen() throws {
    let place = try Workplace()
    let store = try place.configured([.sample(schedules: [.nightly(), .nightly("other")])])
    for day in 1...6 {
      _ = try store.record(.sample(nominal: .day(Int64(day))))
      _ = try store.record(.sample(schedule: "other", nominal: .day(Int64(day), hour: 1)))
    }
    func earlier(_ since: Instant, _ newest: Int) throws -> [Instant] {
      try store.decidedEvaluations("credit-risk", schedule: "nightly", since: since, newest: newest)
    }
    #expect(try earlier(.day(0), 3) == [.day(4), .day(5), .day(6)])
    #expect(try earlier(.day(4), 9) == [.day(5), .day(6)])
    #expect(try store.decisions("credit-risk", limit: 2).map(\.nominal) == [.day(6, hour: 1), .day(6)])
    #expect(try store.latestDecision("nobody") == nil)
  }

  @Test func anEvaluationOfAnUnknownScheduleIsRefused() throws {
    let place = try Workplace()
    let store = try place.configured()
    #expect(throws: StoreError.self) { try store.record(.sample(schedule: "weekly")) }
    #expect(throws: StoreError.self) { try store.record(.sample("nobody")) }
    #expect(try store.events(LedgerFilter(kind: .occurrenceDecided), limit: 9).isEmpty)
  }

  /// `cooldown` counts from these.
  @Test func theLastRunIsTheOneThatEndedLast() throws {
    let place = try Workplace()
    let store = try place.configured()
    #expect(try store.lastRun("credit-risk", in: [.failed]) == nil)
    _ = try RunDriver.publish(1, after: nil, in: store, at: .day(2))
    for (day, state) in [(3, Run.State.failed), (4, .cancelled), (5, .failed)] {
      var driver = try RunDriver(store, at: .day(Int64(day)))
      try driver.apply(.ended(state, reason: "so"))
    }
    let failed = try #require(try store.lastRun("credit-risk", in: [.failed, .queued]))
    #expect(
      failed.run == RunID("credit-risk#4") && failed.endedAt == .day(5) && failed.intervalEnd == .day(5))
    #expect(try store.lastRun("credit-risk", in: [.promoted, .judged, .refused, .rejected])?.run.number == 1)
    #expect(try store.lastRun("credit-risk", in: [.promoted, .cancelled])?.state == .cancelled)
    #expect(try store.runs("credit-risk", limit: 2).map(\.id.number) == [4, 3])
    #expect(try store.runs(limit: 9).map(\.state) == [.failed, .cancelled, .failed, .promoted])
    #expect(try store.liveRuns().isEmpty)
  }
}
