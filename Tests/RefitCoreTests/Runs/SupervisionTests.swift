import RefitCore
import Testing

/// What follows for a command under a supervisor, held against the table in the design of jobs.
@Suite struct SupervisionTests {
  private static let record = ExitRecord(reason: .exited, exitCode: 0)

  private func step(
    _ probe: AttemptProbe, wish: Supervision.Wish = .run, launches: Int = 1, sinceLaunch: Int64? = nil,
    hasRun: Bool = false, age: Int64? = nil
  ) -> Supervision.Step {
    Supervision(
      probe: probe, wish: wish, launches: launches, sinceLaunch: sinceLaunch.map(Timespan.init(seconds:)),
      hasRun: hasRun, age: age.map(Timespan.init(seconds:)), limit: Timespan(seconds: 100)
    ).step
  }

  @Test func `a free lock without a claim: launched again, three times in all, and then void`() {
    #expect((0...2).allSatisfy { step(.notStarted, launches: $0) == .launch })
    #expect((3...9).allSatisfy { step(.notStarted, launches: $0) == .void(.neverClaimed) })
  }

  @Test func `a supervisor has time to take its command up, also the last one`() {
    for launches in 1...3 {
      #expect(step(.notStarted, launches: launches, sinceLaunch: 0) == .wait)
      #expect(step(.notStarted, launches: launches, sinceLaunch: 4) == .wait)
      #expect(step(.notStarted, launches: launches, sinceLaunch: 5) != .wait)
      // The clock has begun anew with a boot.
      #expect(step(.notStarted, launches: launches, sinceLaunch: -900) != .wait)
    }
  }

  @Test func `what nobody wants any more is void at once where it has not started`() {
    #expect(step(.notStarted, wish: .giveUp, launches: 1, sinceLaunch: 0) == .void(.givenUp))
    #expect(step(.void, wish: .giveUp) == .over(.unrecorded(.givenUp)))
    #expect(step(.void) == .over(.unrecorded(.neverClaimed)))
    #expect(step(.running, wish: .giveUp) == .watch)
  }

  @Test func `what has run is never launched again`() {
    for wish in [Supervision.Wish.run, .giveUp] {
      for launches in 0...3 {
        for since in [nil, 0, 60] as [Int64?] {
          let found = step(
            .notStarted, wish: wish, launches: launches, sinceLaunch: since, hasRun: true)
          #expect(found == .sweep(token: nil))
        }
      }
    }
  }

  @Test func `a supervisor that is gone: swept in the same boot, and lost at once after another`() {
    #expect(step(.lost(sameBoot: true, token: "ab")) == .sweep(token: "ab"))
    #expect(step(.lost(sameBoot: false, token: "ab")) == .over(.unrecorded(.lost)))
  }

  @Test func `a supervisor is stuck a minute past time-out and grace; its record counts whenever it comes`() {
    #expect(step(.running) == .watch, "its age is not known")
    #expect(step(.running, age: 160) == .watch)
    #expect(step(.running, age: 161) == .over(.unrecorded(.stuck)))
    #expect(step(.ended(Self.record), age: 9999) == .over(.recorded(Self.record)))
  }

  @Test func `an attempt without a record is retried only where that may help`() {
    let outcomes = [UnrecordedEnd.lost, .stuck, .neverClaimed, .givenUp].map(AttemptOutcome.init(of:))
    #expect(outcomes.map(\.state) == [.lost, .unkillable, .failed, .cancelled])
    #expect(outcomes.map(\.isRetriable) == [true, false, false, false])
  }
}
