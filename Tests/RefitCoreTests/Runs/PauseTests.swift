import RefitCore
import Testing

@Suite struct PauseTests {
  private static let now = Instant("2026-03-01T02:15:00Z")!
  private static let model = RunMachineTests.name

  private static func pause(
    _ because: String, model: Name? = model, until: Timespan? = nil
  ) -> Pause {
    Pause(
      model: model, origin: .command, since: now, until: until.map { now + $0 }, actor: "ada",
      because: because)
  }

  private static func context(isApproved: Bool = false, verdict: Verdict? = nil) -> RunMachine.Context {
    RunMachine.Context(
      now: now, report: verdict.map { RunMachineTests.report($0, champion: nil) }, reportedAt: now,
      isApproved: isApproved, pause: pause("freeze"))
  }

  @Test func aPauseEndsAtItsEndAndNotBefore() {
    let pause = Self.pause("freeze", until: .hours(1))
    #expect(pause.isInForce(at: Self.now + Timespan(seconds: 3599)))
    #expect(!pause.isInForce(at: Self.now + .hours(1)))
  }

  @Test func thePauseThatLastsLongestIsTheOneThatCounts() {
    let short = Self.pause("short", until: .hours(1))
    let long = Self.pause("long", model: nil, until: .days(1))
    let open = Self.pause("open", model: nil)
    let other = Self.pause("other", model: Name("churn")!)
    #expect([long, short, other].decisive(for: Self.model, at: Self.now) == long)
    #expect([short, long, open, other].decisive(for: Self.model, at: Self.now) == open)
    #expect([open, long].decisive(for: Self.model, at: Self.now) == open)
    #expect([short].decisive(for: Self.model, at: Self.now + .days(1)) == nil)
    #expect([other].decisive(for: Self.model, at: Self.now) == nil)
  }

  @Test func aQueuedRunDoesNotBegin() {
    let run = RunMachineTests.run(jobs: [RunMachineTests.job("train", kind: .train)])
    #expect(RunMachine.steps(for: run, in: Self.context()).isEmpty)
    #expect(RunMachine.isHeld(run, in: Self.context()))
  }

  @Test func aLiveAttemptIsAttendedAndTheNextJobIsNotStarted() {
    let first = Attempt(
      job: Name("prepare")!, subject: .candidate, version: nil, number: 1, launches: 1, createdAt: Self.now)
    var run = RunMachineTests.running(
      RunMachineTests.run(jobs: [
        RunMachineTests.job("prepare"), RunMachineTests.job("train", kind: .train, needs: ["prepare"]),
      ]))
    run.attempts = [first]
    #expect(RunMachine.steps(for: run, in: Self.context()) == [.attend(first)])
    #expect(!RunMachine.isHeld(run, in: Self.context()), "it waits for its job")
    run.attempts[0].state = .succeeded
    #expect(RunMachine.steps(for: run, in: Self.context()).isEmpty)
    #expect(RunMachine.isHeld(run, in: Self.context()))
  }

  @Test func anEndIsNoStart() {
    var run = RunMachineTests.running(
      RunMachineTests.run(jobs: [RunMachineTests.job("train", kind: .train)]))
    run.cancelRequested = true
    #expect(RunMachine.steps(for: run, in: Self.context()) == [.end(.cancelled, reason: "it was cancelled")])
  }

  @Test func aRunIsJudgedButNotPromoted() {
    var run = RunMachineTests.run(jobs: [RunMachineTests.job("train", kind: .train)])
    run.state = .gating
    run.candidate = 3
    #expect(RunMachine.steps(for: run, in: Self.context()) == [.judge])
    #expect(RunMachine.steps(for: run, in: Self.context(verdict: .pass)).isEmpty)
    let refused = RunMachine.steps(for: run, in: Self.context(verdict: .fail))
    #expect(refused == [.end(.refused, reason: "It is fail.")])
  }

  @Test func anApprovalIsKeptAndDoesNotExpire() {
    var run = RunMachineTests.run(
      jobs: [RunMachineTests.job("train", kind: .train)], promotion: .approval)
    run.state = .awaitingApproval
    run.candidate = 3
    var context = Self.context(isApproved: true, verdict: .pass)
    context.now = Self.now + .days(30)
    #expect(RunMachine.steps(for: run, in: context).isEmpty)
    #expect(RunMachine.isHeld(run, in: context))
    context.pause = nil
    #expect(RunMachine.steps(for: run, in: context) == [.promote])
  }
}
