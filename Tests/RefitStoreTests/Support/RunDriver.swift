import RefitCore

@testable import RefitStore

/// Takes a run through its life with the core's own transitions, each committed to the store.
struct RunDriver {
  let store: Store
  var run: Run
  var now: Instant

  init(_ store: Store, model: Model = .sample(), at now: Instant = .day(2)) throws {
    self.store = store
    self.now = now
    run = try store.openSampleRun(model, at: now)
  }

  init(continuing run: Run, in store: Store, at now: Instant) {
    self.store = store
    self.run = run
    self.now = now
  }

  mutating func apply(_ event: RunEvent) throws {
    try commit(RunMachine.apply(event, to: run, at: now))
  }

  mutating func commit(_ transition: Transition) throws {
    try store.commit(transition)
    run = transition.run
    now = now + Timespan(seconds: 60)
  }

  mutating func freeze(_ word: String = "holdout") throws {
    try apply(.holdoutFrozen(.sample(word), uses: [.sample(word, .input, .holdout)]))
  }

  /// Launches a job and lets it succeed; `candidate` for the train job.
  mutating func succeed(
    _ job: Name, subject: Attempt.Subject = .candidate, version: Int? = nil, uses: [ArtifactUse] = [],
    candidate: Version? = nil
  ) throws {
    let number = run.attempts.filter { $0.job == job && $0.subject == subject }.count + 1
    let attempt = Attempt(
      job: job, subject: subject, version: version, number: number, launches: 1, createdAt: now)
    try apply(.planned(attempt, .sample(run.id, attempt.key), uses: []))
    try apply(.attemptRunning(attempt.key))
    let keyed = uses.map { use in
      var use = use
      use.attempt = attempt.key
      return use
    }
    try apply(
      .attemptEnded(
        attempt.key, .succeeded, record: ExitRecord(reason: .exited, exitCode: 0, cpuSeconds: 1.5),
        uses: keyed,
        candidate: candidate))
  }

  mutating func train(number: Int, adjusting adjust: (inout Version) -> Void = { _ in }) throws {
    let word = "\(run.id.model)@\(number)"
    var version = Version.sample(VersionID(model: run.id.model, number: number), run: run, now: now)
    adjust(&version)
    try succeed(
      "train",
      uses: [
        .sample("data", .input, .dataset), .sample(word, .output, .model, form: .tree),
        .sample("code", .input, .code, form: .tree), .sample("training-\(number)", .output, .training),
      ],
      candidate: version)
  }

  mutating func score(number: Int, subject: Attempt.Subject = .candidate) throws {
    try succeed(
      "score", subject: subject, version: number,
      uses: [.sample("predictions-\(number)-\(run.id)", .output, .predictions)])
  }

  mutating func judge(champion: Int? = nil, verdict: Verdict = .pass) throws {
    let report = GateReport(
      candidate: run.candidate!, champion: champion, holdout: run.holdout, rows: 100, looks: 1,
      blind: "by convention",
      results: [GateResult(gate: "leakage", verdict: verdict, sentence: "no holdout row was trained on")])
    let json = try CanonicalJSON.encode(report)
    try apply(.judged(report, json: json, digest: CanonicalJSON.digest(of: json)))
  }

  /// From queued to gating, with version `number` as the candidate.
  mutating func reachGates(number: Int, holdout: String = "holdout") throws {
    try freeze(holdout)
    try train(number: number)
    try score(number: number)
    try apply(.gatesEntered)
  }

  mutating func promote(from previous: Int?) throws {
    try apply(
      .promoted(
        Promotion(
          kind: .promotion, version: run.candidate!, previous: previous, run: run.id.number, at: now,
          actor: "refit", because: "all gates passed")))
  }

  /// The whole life of a run that ends with its candidate published.
  static func publish(_ number: Int, after previous: Int?, in store: Store, at now: Instant) throws -> Run {
    var driver = try RunDriver(store, at: now)
    try driver.reachGates(number: number, holdout: "holdout-\(number)")
    try driver.judge(champion: previous)
    try driver.promote(from: previous)
    try store.recordPublished(driver.run.id.model, version: number, at: driver.now)
    return driver.run
  }
}

extension FrozenHoldout {
  static func sample(_ word: String) -> FrozenHoldout {
    FrozenHoldout(
      digest: .of(word), blinded: .of(word + "-blinded"), withheld: .of(word + "-withheld"), rows: 100,
      origin: "data/\(word).csv")
  }
}

extension AttemptFacts {
  static func sample(_ run: RunID, _ key: Attempt.Key) -> AttemptFacts {
    AttemptFacts(
      directory: "state/runs/\(run)/\(key.job)-\(key.subject)-\(key.number)",
      arguments: ["python3", "a \"b\""],
      variables: ["SEED"], seed: .max - 3, token: "\(run)/\(key.job)/\(key.subject)/\(key.number)",
      host: World.Host(name: "box", system: "Linux 6.1"), commit: "abc", diff: nil)
  }
}

extension Version {
  static func sample(_ id: VersionID, run: Run, now: Instant) -> Version {
    Version(
      id: id, run: run.id, model: .of("\(id)"), code: .of("code"), codePath: "jobs",
      score: run.model.pipeline.score, training: .of("training-\(id.number)"), trainingID: "id",
      interval: run.interval, sealedAt: now, parameters: #"{"c":1}"#, metrics: nil)
  }
}
