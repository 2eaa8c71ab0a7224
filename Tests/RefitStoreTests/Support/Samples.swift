import RefitCore

@testable import RefitStore

extension Model {
  static func sample(
    _ name: Name = "credit-risk", mode: Mode = .promote, schedules: [Schedule] = [.nightly()]
  ) -> Model {
    Model(
      name: name, mode: mode, schedules: schedules,
      pipeline: Pipeline(jobs: [
        Job(
          name: "train", kind: .train, run: ["python3", "jobs/train.py"], training: "training.csv", id: "id"),
        Job(name: "score", kind: .score, needs: ["train"], run: ["python3", "jobs/score.py"]),
      ]))
  }

  var digest: Digest {
    get throws { try CanonicalJSON.digest(of: CanonicalJSON.encode(self)) }
  }
}

extension Schedule {
  static func nightly(
    _ name: Name = "nightly", cron: String = "15 2 * * *", timezone: String = "UTC",
    action: Action = .evaluate
  ) -> Schedule {
    Schedule(name: name, cron: try! CronExpression(cron), timezone: timezone, action: action)
  }
}

extension Store {
  @discardableResult
  func configure(
    _ models: [Model], text: String = "models:", nextDue: Instant? = .day(1), at now: Instant = .day(0)
  ) throws -> ConfigurationChange {
    let starts = models.flatMap { model in
      model.schedules.map { ScheduleStart(model: model.name, schedule: $0.name, nextDue: nextDue) }
    }
    let digest = CanonicalJSON.digest(of: text + (try models.map { try $0.digest.hex }.joined()))
    return try apply(
      configuration: digest, text: text, project: Project(name: "lending", models: models),
      models: try models.map { ($0, try $0.digest) }, schedules: starts, at: now, actor: "alice")
  }

  /// A run that a person asked for.
  func openSampleRun(_ model: Model = .sample(), at now: Instant = .day(2)) throws -> Run {
    let opening = RunOpening(
      trigger: .person("alice"), because: "to see", model: model, configuration: try model.digest,
      interval: DataInterval(start: nil, end: now), knownAt: now)
    let id = try openRun(opening, at: now, actor: "alice")
    return try run(id)!
  }
}

extension EvaluationRecord {
  static func sample(
    _ model: Name = "credit-risk", schedule: Name = "nightly", nominal: Instant = .day(1),
    verdict: Decision.Verdict = .hold, coalesced: [Instant] = [], observations: [Observation] = [],
    opening: Bool = false, nextDue: Instant? = nil
  ) throws -> EvaluationRecord {
    let sample = Model.sample(model)
    let situation = Situation(
      model: model, mode: .promote, now: nominal, nominal: nominal, action: .evaluate, gap: .days(1),
      observations: observations)
    let tree = Evaluation(condition: "age", truth: verdict == .retrain ? .yes : .no, sentence: "it is young")
    let opened = RunOpening(
      trigger: .schedule(schedule, nominal: nominal), because: "it is old", model: sample,
      configuration: try sample.digest, interval: DataInterval(start: nil, end: nominal), knownAt: nominal)
    return EvaluationRecord(
      model: model, schedule: schedule, nominal: nominal, now: nominal + Timespan(seconds: 5),
      passed: [
        PassedOccurrences(
          coalesced, outcome: .coalesced, because: "the occurrence of \(nominal) stands for it")
      ].compactMap(\.self), observations: observations, situation: situation,
      decision: Decision(
        verdict: verdict, tree: tree, restraints: [], nearestFlip: nil, sentence: "\(verdict.rawValue) it is"),
      policyDigest: .of("policy"), opening: opening ? opened : nil, nextDue: nextDue ?? nominal + .days(1))
  }
}

extension Observation {
  static func sample(
    _ metric: String = "roc_auc", version: Int? = 1, column: String? = nil, end: Instant = .day(7),
    length: Timespan = .days(7), value: Double? = 0.75, undefined: String? = nil, samples: Int? = 500,
    source: String = "monitor", knownAt: Instant? = nil
  ) -> Observation {
    Observation(
      metric: metric, version: version, column: column, window: Window(start: end - length, end: end),
      value: value, undefined: undefined, sampleSize: samples, source: source, knownAt: knownAt ?? end)
  }
}

extension ArtifactUse {
  static func sample(
    _ word: String, _ direction: Direction, _ role: Role, attempt: Attempt.Key? = nil,
    form: Artifact.Form = .file
  ) -> ArtifactUse {
    ArtifactUse(
      artifact: Artifact(digest: .of(word), form: form, bytes: 10), direction: direction, role: role,
      name: word,
      attempt: attempt)
  }
}
