import RefitCore
import Testing

/// When a run is to be looked at though nothing has happened.
@Suite struct NextInstantTests {
  private static let start = RunMachineTests.start

  private static func run(_ state: Attempt.State, endedAfter span: Timespan? = nil, number: Int = 1) -> Run {
    var job = RunMachineTests.job("train", kind: .train, attempts: 3)
    job.retries = RetryRule(attempts: 3, backoff: Timespan(seconds: 30))
    job.timeout = .hours(2)
    job.grace = Timespan(seconds: 30)
    var run = RunMachineTests.running(RunMachineTests.run(jobs: [job]))
    run.attempts = (1...number).map { each in
      var attempt = Attempt(
        job: Name("train")!, subject: .candidate, version: nil, number: each, launches: 1, createdAt: start)
      attempt.state = each == number ? state : .failed
      attempt.isRetriable = true
      attempt.endedAt = span.map { start + $0 }
      return attempt
    }
    return run
  }

  private static func next(_ run: Run, after span: Timespan = .zero) -> Instant? {
    RunMachine.nextInstant(for: run, in: RunMachine.Context(now: start + span))
  }

  @Test func aRetryStartsAtTheEndOfItsBackoff() {
    let failed = Self.run(.failed, endedAfter: .minutes(1))
    #expect(Self.next(failed, after: .minutes(1)) == Self.start + Timespan(seconds: 90))
    let twice = Self.run(.failed, endedAfter: .minutes(1), number: 2)
    #expect(Self.next(twice, after: .minutes(1)) == Self.start + Timespan(seconds: 120))
  }

  @Test func atThatInstantTheMachineLaunchesAndNotBefore() {
    let failed = Self.run(.failed, endedAfter: .minutes(1))
    let end = Self.next(failed, after: .minutes(1))!
    let before = RunMachine.Context(now: Instant(microseconds: end.microseconds - 1))
    #expect(RunMachine.steps(for: failed, in: before).isEmpty)
    #expect(RunMachine.steps(for: failed, in: RunMachine.Context(now: end)).count == 1)
  }

  @Test func aBackoffThatIsOverIsWaitedForNoMore() {
    #expect(Self.next(Self.run(.failed, endedAfter: .minutes(1)), after: .minutes(2)) == nil)
  }

  @Test func aRunningAttemptIsLookedAtOnceItsSupervisorMustHaveEndedIt() {
    let limit = Timespan(seconds: 7200 + 30 + 61)
    #expect(Self.next(Self.run(.running)) == Self.start + limit)
    #expect(Self.next(Self.run(.running), after: .days(1)) == Self.start + .days(1) + .minutes(1))
  }

  @Test func anAttemptThatNobodyHasClaimedIsLookedAtSoonAndEverLessOften() {
    var (run, now, looks) = (Self.run(.launching), Self.start, 0)
    run.attempts[0].endedAt = nil
    while now < Self.start + .days(1) {
      now = RunMachine.nextInstant(for: run, in: RunMachine.Context(now: now))!
      looks += 1
    }
    #expect(looks < 20)
  }

  @Test func anApprovalExpires() {
    var run = RunMachineTests.run(jobs: [RunMachineTests.job("train", kind: .train)], promotion: .approval)
    run.state = .awaitingApproval
    run.candidate = 3
    var context = RunMachine.Context(
      now: Self.start, report: RunMachineTests.report(.pass, champion: nil), reportedAt: Self.start)
    let expiry = RunMachine.nextInstant(for: run, in: context)!
    context.now = Instant(microseconds: expiry.microseconds - 1)
    #expect(RunMachine.steps(for: run, in: context).isEmpty)
    context.now = expiry
    #expect(!RunMachine.steps(for: run, in: context).isEmpty)
    context.isApproved = true
    #expect(RunMachine.nextInstant(for: run, in: context) == nil)
  }
}
