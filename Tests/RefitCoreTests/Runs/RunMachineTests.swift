import RefitCore
import RefitStatistics
import Testing

/// Plays runs by hand: asks for the steps, answers them with events, and looks at what is asked next.
@Suite struct RunMachineTests {
  static let start = Instant("2026-03-01T02:15:00Z")!
  static let name = Name("credit-risk")!

  static func digest(_ character: Character) -> Digest { Digest(String(repeating: character, count: 64))! }

  static func job(_ name: String, kind: Job.Kind = .other, needs: [String] = [], attempts: Int = 1) -> Job {
    Job(
      name: Name(name)!, kind: kind, needs: needs.map { Name($0)! }, run: ["/bin/true"],
      retries: RetryRule(attempts: attempts))
  }

  static func run(
    jobs: [Job], holdout: Bool = true, mode: Model.Mode = .promote, promotion: PromotionSetting = .automatic,
    gates: [Gate] = [.champion(ChampionGate(metric: .rocAUC, margin: .notWorseBy(0.02)))]
  ) -> Run {
    let model = Model(
      name: name, mode: mode, holdout: holdout ? Holdout(origin: .path("holdout.csv")) : nil, schedules: [],
      pipeline: Pipeline(jobs: jobs), gates: gates, promotion: promotion)
    return Run(
      id: RunID(model: name, number: 7), trigger: .person("ada"), because: "a test", model: model,
      configuration: digest("c"), interval: DataInterval(start: nil, end: start), knownAt: start,
      openedAt: start)
  }

  static let frozen = FrozenHoldout(
    digest: digest("a"), blinded: digest("b"), withheld: digest("d"), rows: 10, origin: "the file holdout.csv"
  )
  static let facts = AttemptFacts(
    directory: "state/runs", arguments: ["/bin/true"], variables: [], seed: 1, token: "t",
    host: World.Host(name: "host", system: "Linux"), commit: nil, diff: nil)

  static func version(_ number: Int, score: Job? = job("score", kind: .score, needs: ["train"])) -> Version {
    Version(
      id: VersionID(model: name, number: number), run: RunID(model: name, number: 7), model: digest("e"),
      code: nil,
      codePath: nil, score: score, training: nil, trainingID: nil,
      interval: DataInterval(start: nil, end: start),
      sealedAt: start, parameters: nil, metrics: nil)
  }

  static func report(_ verdict: Verdict, champion: Int?) -> GateReport {
    let result = GateResult(gate: "champion", verdict: verdict, sentence: "It is \(verdict.rawValue).")
    return GateReport(
      candidate: 3, champion: champion, holdout: frozen.digest, rows: 10, looks: 1, blind: "by convention",
      results: [result])
  }

  /// A run past its freeze, with the given attempts succeeded.
  static func running(_ run: Run, succeeded: [Attempt] = []) -> Run {
    var next = RunMachine.apply(.holdoutFrozen(frozen, uses: []), to: run, at: start).run
    for attempt in succeeded {
      next = RunMachine.apply(.planned(attempt, facts, uses: []), to: next, at: start).run
      let candidate = next.model.pipeline[attempt.job]?.kind == .train ? version(3) : nil
      next =
        RunMachine.apply(
          .attemptEnded(attempt.key, .succeeded, record: nil, uses: [], candidate: candidate), to: next,
          at: start
        ).run
    }
    return next
  }

  static func launched(_ steps: [RunStep]) -> [String] {
    steps.compactMap { step in
      if case .launch(let attempt) = step {
        "\(attempt.job)/\(attempt.subject.rawValue)/\(attempt.number)"
      } else {
        nil
      }
    }
  }

  static let line = [
    job("prepare"), job("train", kind: .train, needs: ["prepare"]),
    job("score", kind: .score, needs: ["train"]),
  ]

  @Test func `the holdout is frozen before any job`() {
    let run = Self.run(jobs: Self.line)
    #expect(RunMachine.steps(for: run, in: .init(now: Self.start)) == [.freezeHoldout])
    let bare = Self.run(jobs: Self.line, holdout: false)
    #expect(RunMachine.steps(for: bare, in: .init(now: Self.start)) == [.begin])
  }

  @Test func `jobs start in the order of their needs, independent ones together`() {
    let jobs = [
      Self.job("a"), Self.job("b"), Self.job("c", needs: ["a", "b"]),
      Self.job("train", kind: .train, needs: ["c"]),
    ]
    var run = Self.running(Self.run(jobs: jobs))
    let steps = RunMachine.steps(for: run, in: .init(now: Self.start))
    #expect(Self.launched(steps) == ["a/candidate/1", "b/candidate/1"])
    run = Self.running(
      Self.run(jobs: jobs), succeeded: [Attempt(job: Name("a")!, number: 1, createdAt: Self.start)])
    #expect(Self.launched(RunMachine.steps(for: run, in: .init(now: Self.start))) == ["b/candidate/1"])
  }

  @Test func `a score job without a holdout is not run`() {
    let run = Self.running(
      Self.run(jobs: Self.line),
      succeeded: ["prepare", "train"].map { Attempt(job: Name($0)!, number: 1, createdAt: Self.start) })
    #expect(Self.launched(RunMachine.steps(for: run, in: .init(now: Self.start))) == ["score/candidate/1"])
    var bare = RunMachine.apply(.begun, to: Self.run(jobs: Self.line, holdout: false), at: Self.start).run
    bare.attempts = run.attempts
    bare.candidate = 3
    #expect(RunMachine.steps(for: bare, in: .init(now: Self.start)) == [.enterGates])
  }

  @Test func `a failed attempt is tried again after a wait that doubles`() throws {
    var run = Self.running(Self.run(jobs: [Self.job("train", kind: .train, attempts: 3)]))
    var now = Self.start
    for (number, wait) in [(1, Int64(30)), (2, 60)] {
      let attempt = Attempt(job: Name("train")!, number: number, createdAt: now)
      run = RunMachine.apply(.planned(attempt, Self.facts, uses: []), to: run, at: now).run
      let outcome = AttemptOutcome(state: .failed, reason: "it ended with exit code 1")
      run =
        RunMachine.apply(
          .attemptEnded(attempt.key, outcome, record: nil, uses: [], candidate: nil), to: run, at: now
        ).run
      let early = now + Timespan(seconds: wait - 1)
      #expect(RunMachine.steps(for: run, in: .init(now: early)).isEmpty)
      now = now + Timespan(seconds: wait)
      #expect(
        Self.launched(RunMachine.steps(for: run, in: .init(now: now))) == ["train/candidate/\(number + 1)"])
    }
    let last = Attempt(job: Name("train")!, number: 3, createdAt: now)
    run = RunMachine.apply(.planned(last, Self.facts, uses: []), to: run, at: now).run
    run =
      RunMachine.apply(
        .attemptEnded(
          last.key, AttemptOutcome(state: .timedOut, reason: "it ran too long"), record: nil, uses: [],
          candidate: nil),
        to: run, at: now
      ).run
    #expect(
      RunMachine.steps(for: run, in: .init(now: now))
        == [.end(.failed, reason: "Job train did not succeed, at attempt 3 of 3: it ran too long.")])
  }

  @Test func `what can't succeed is not tried again`() {
    var run = Self.running(Self.run(jobs: [Self.job("train", kind: .train, attempts: 5)]))
    let attempt = Attempt(job: Name("train")!, number: 1, createdAt: Self.start)
    run = RunMachine.apply(.planned(attempt, Self.facts, uses: []), to: run, at: Self.start).run
    let record = ExitRecord(reason: .notStarted, error: "no such file")
    let outcome = AttemptOutcome(of: record, job: run.model.pipeline.jobs[0])
    run =
      RunMachine.apply(
        .attemptEnded(attempt.key, outcome, record: record, uses: [], candidate: nil), to: run, at: Self.start
      ).run
    guard case .end(.failed, let reason)? = RunMachine.steps(for: run, in: .init(now: Self.start)).first
    else {
      Issue.record("the run did not fail")
      return
    }
    #expect(reason.contains("no such file"))
  }

  static let trained = ["prepare", "train"].map { Attempt(job: Name($0)!, number: 1, createdAt: start) }

  @Test func `the champion is scored beside the candidate, unless its predictions are known`() {
    let run = Self.running(Self.run(jobs: Self.line), succeeded: Self.trained)
    let champion = Self.version(2)
    let steps = RunMachine.steps(for: run, in: .init(now: Self.start, champion: champion))
    #expect(Self.launched(steps) == ["score/candidate/1", "score/champion/1"])
    let known = RunMachine.steps(
      for: run, in: .init(now: Self.start, champion: champion, scoredVersions: [2]))
    #expect(Self.launched(known) == ["score/candidate/1"])
  }

  @Test func `a champion that can't be scored does not fail the run`() {
    var run = Self.running(
      Self.run(jobs: Self.line),
      succeeded: Self.trained + [Attempt(job: Name("score")!, version: 3, number: 1, createdAt: Self.start)])
    let attempt = Attempt(
      job: Name("score")!, subject: .champion, version: 2, number: 1, createdAt: Self.start)
    run = RunMachine.apply(.planned(attempt, Self.facts, uses: []), to: run, at: Self.start).run
    let context = RunMachine.Context(now: Self.start, champion: Self.version(2))
    #expect(RunMachine.steps(for: run, in: context) == [.attend(run.attempts.last!)])
    run =
      RunMachine.apply(
        .attemptEnded(
          attempt.key, AttemptOutcome(state: .failed, reason: "no column 'income'"), record: nil, uses: [],
          candidate: nil),
        to: run, at: Self.start
      ).run
    #expect(RunMachine.steps(for: run, in: context) == [.enterGates])
  }

  /// A run whose predictions are all there, in state gating.
  static func gating(_ run: Run) -> Run {
    let all = trained + [Attempt(job: Name("score")!, version: 3, number: 1, createdAt: start)]
    return RunMachine.apply(.gatesEntered, to: running(run, succeeded: all), at: start).run
  }

  @Test(arguments: [Verdict.fail, .inconclusive])
  func `what did not pass is refused, with the sentence`(_ verdict: Verdict) {
    let run = Self.gating(Self.run(jobs: Self.line))
    let context = RunMachine.Context(
      now: Self.start, report: Self.report(verdict, champion: nil), reportedAt: Self.start)
    #expect(RunMachine.steps(for: run, in: context) == [.end(.refused, reason: "It is \(verdict.rawValue).")])
  }

  @Test func `what passed is promoted, awaits approval, or is only judged, as the model says`() {
    let passed = RunMachine.Context(
      now: Self.start, report: Self.report(.pass, champion: nil), reportedAt: Self.start)
    #expect(RunMachine.steps(for: Self.gating(Self.run(jobs: Self.line)), in: passed) == [.promote])
    let approval = Self.gating(Self.run(jobs: Self.line, promotion: .approval))
    #expect(RunMachine.steps(for: approval, in: passed) == [.awaitApproval])
    let train = Self.gating(Self.run(jobs: Self.line, mode: .train))
    guard case .end(.judged, _)? = RunMachine.steps(for: train, in: passed).first else {
      Issue.record("mode train promoted something")
      return
    }
  }

  @Test func `without gates nothing is promoted automatically`() {
    var report = Self.report(.pass, champion: nil)
    report.results = []
    let run = Self.gating(Self.run(jobs: Self.line, gates: []))
    #expect(RunMachine.steps(for: run, in: .init(now: Self.start, report: report)) == [.awaitApproval])
  }

  @Test func `a report against another champion than the one that serves is no report`() {
    let run = Self.gating(Self.run(jobs: Self.line))
    let stale = Self.report(.pass, champion: nil)
    let scored = RunMachine.Context(
      now: Self.start, champion: Self.version(2), scoredVersions: [2], report: stale)
    #expect(RunMachine.steps(for: run, in: scored) == [.judge])
    let unscored = RunMachine.Context(now: Self.start, champion: Self.version(2), report: stale)
    #expect(RunMachine.steps(for: run, in: unscored) == [.judgeAgain])
  }

  @Test func `approval promotes, time and a new champion undo the wait`() {
    var run = Self.gating(Self.run(jobs: Self.line, promotion: .approval))
    run = RunMachine.apply(.approvalAwaited, to: run, at: Self.start).run
    let report = Self.report(.pass, champion: 2)
    var context = RunMachine.Context(
      now: Self.start + .days(7), champion: Self.version(2), report: report, reportedAt: Self.start)
    #expect(RunMachine.steps(for: run, in: context).isEmpty)
    context.isApproved = true
    #expect(RunMachine.steps(for: run, in: context) == [.promote])
    context.champion = Self.version(1)
    #expect(RunMachine.steps(for: run, in: context) == [.judgeAgain])
    context.champion = Self.version(2)
    context.isApproved = false
    context.now = Self.start + .days(8)
    #expect(
      RunMachine.steps(for: run, in: context) == [.end(.rejected, reason: "nobody approved it within 7d")])
  }

  @Test func `a cancelled run asks its jobs to end, and ends when they have`() {
    var run = Self.running(Self.run(jobs: Self.line))
    let attempt = Attempt(job: Name("prepare")!, number: 1, createdAt: Self.start)
    run = RunMachine.apply(.planned(attempt, Self.facts, uses: []), to: run, at: Self.start).run
    run = RunMachine.apply(.cancelRequested(by: "ada", because: "wrong data"), to: run, at: Self.start).run
    #expect(
      RunMachine.steps(for: run, in: .init(now: Self.start)) == [
        .cancel(run.attempts[0]), .attend(run.attempts[0]),
      ])
    let outcome = AttemptOutcome(of: ExitRecord(reason: .cancelled), job: run.model.pipeline.jobs[0])
    run =
      RunMachine.apply(
        .attemptEnded(attempt.key, outcome, record: nil, uses: [], candidate: nil), to: run, at: Self.start
      ).run
    #expect(
      RunMachine.steps(for: run, in: .init(now: Self.start)) == [.end(.cancelled, reason: "it was cancelled")]
    )
  }

  @Test func `an ended run has nothing to do`() {
    for state in Run.State.allCases where !state.isLive {
      var run = Self.run(jobs: Self.line)
      run.state = state
      #expect(RunMachine.steps(for: run, in: .init(now: Self.start)).isEmpty)
    }
  }
}
