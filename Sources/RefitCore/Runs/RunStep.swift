/// One thing that is to be done for a run now.
public enum RunStep: Hashable, Sendable {
  /// Pin the holdout, before any job.
  case freezeHoldout
  /// There is no holdout to freeze: start.
  case begin
  /// Record this new attempt, then start it.
  case launch(Attempt)
  /// Look how this live attempt is, and act on it.
  case attend(Attempt)
  /// Ask this live attempt to end.
  case cancel(Attempt)
  /// All predictions are there: the gates' turn.
  case enterGates
  case judge
  /// The champion changed since the predictions were made: have it scored, and judge again.
  case judgeAgain
  case awaitApproval
  case promote
  case end(Run.State, reason: String)
}

extension RunMachine {
  /// What is to be done now, in this order; nothing when the run waits for a job, a time, a person or the end of a
  /// pause.
  public static func steps(for run: Run, in context: Context) -> [RunStep] {
    let steps = stepsWithoutPause(for: run, in: context)
    return context.pause == nil ? steps : steps.filter { !$0.isHeldByPause }
  }

  /// Whether a pause is all that keeps the run from going on now.
  public static func isHeld(_ run: Run, in context: Context) -> Bool {
    context.pause != nil && stepsWithoutPause(for: run, in: context).contains(where: \.isHeldByPause)
  }

  private static func stepsWithoutPause(for run: Run, in context: Context) -> [RunStep] {
    switch run.state {
    case .queued:
      if run.cancelRequested { return [.end(.cancelled, reason: "it was cancelled before it began")] }
      return [run.model.holdout == nil ? .begin : .freezeHoldout]
    case .running:
      return runningSteps(for: run, in: context)
    case .gating:
      return gatingSteps(for: run, in: context)
    case .awaitingApproval:
      return approvalSteps(for: run, in: context)
    case .promoted, .judged, .refused, .rejected, .failed, .cancelled:
      return []
    }
  }

  private static func runningSteps(for run: Run, in context: Context) -> [RunStep] {
    let live = run.attempts.filter(\.state.isLive)
    let failure = run.failedJob(at: context.now)
    if run.cancelRequested || failure != nil {
      guard live.isEmpty else { return live.map(RunStep.cancel) + live.map(RunStep.attend) }
      if run.cancelRequested { return [.end(.cancelled, reason: "it was cancelled")] }
      return [.end(.failed, reason: failure!)]
    }
    var steps = live.map(RunStep.attend)
    steps += run.launchable(at: context.now).map(RunStep.launch)
    let championScoring = run.championScoring(in: context)
    if case .launch(let attempt) = championScoring { steps.append(.launch(attempt)) }
    if steps.isEmpty, run.isPipelineDone, championScoring == .notNeeded { return [.enterGates] }
    if steps.isEmpty, let stuck = run.stuckJob {
      return [.end(.failed, reason: "Job \(stuck) can't start: it needs a job that this run does not have.")]
    }
    return steps
  }

  private static func gatingSteps(for run: Run, in context: Context) -> [RunStep] {
    if run.cancelRequested { return [.end(.cancelled, reason: "it was cancelled while it was judged")] }
    guard let report = context.report, report.champion == context.champion?.id.number else {
      return run.championScoring(in: context) == .notNeeded ? [.judge] : [.judgeAgain]
    }
    guard !report.results.isEmpty else {
      // Without gates nothing is promoted automatically.
      return run.model.mode == .train
        ? [.end(.judged, reason: "no gate was asked for; nothing is promoted in mode train")]
        : [.awaitApproval]
    }
    guard report.verdict == .pass else {
      return [.end(.refused, reason: report.objections.joined(separator: "; "))]
    }
    if run.model.mode == .train {
      return [.end(.judged, reason: "all gates passed; nothing is promoted in mode train")]
    }
    return run.model.promotion == .automatic ? [.promote] : [.awaitApproval]
  }

  private static func approvalSteps(for run: Run, in context: Context) -> [RunStep] {
    if run.cancelRequested { return [.end(.cancelled, reason: "it was cancelled while it awaited approval")] }
    guard let report = context.report, report.champion == context.champion?.id.number else {
      return [.judgeAgain]
    }
    if context.isApproved { return [.promote] }
    if let reportedAt = context.reportedAt, context.now > reportedAt + Approval.expiry {
      return [.end(.rejected, reason: "nobody approved it within \(Approval.expiry)")]
    }
    return []
  }
}

extension Run {
  /// Whether the champion still has to be scored on the run's holdout.
  enum ChampionScoring: Hashable {
    case notNeeded, underWay
    case launch(Attempt)
  }

  /// The candidate's attempts of a job, in order.
  public func attempts(of job: Name) -> [Attempt] {
    attempts.filter { $0.job == job && $0.subject == .candidate }
  }

  public func hasSucceeded(_ job: Name) -> Bool {
    attempts(of: job).last?.state == .succeeded
  }

  /// The jobs that this run has to do: a score job only where there is a holdout to score.
  public var jobs: [Job] {
    model.pipeline.jobs.filter { $0.kind != .score || holdout != nil }
  }

  var isPipelineDone: Bool {
    jobs.allSatisfy { hasSucceeded($0.name) }
  }

  /// Why the run can't go on: a job has failed and no attempt is left.
  public func failedJob(at now: Instant) -> String? {
    for job in jobs {
      guard let last = attempts(of: job.name).last, !last.state.isLive, last.state != .succeeded else {
        continue
      }
      guard last.isRetriable, job.retries.wait(afterAttempt: last.number) != nil else {
        let tries = last.number == 1 ? "" : ", at attempt \(last.number) of \(job.retries.attempts)"
        return "Job \(job.name) did not succeed\(tries): \(last.reason ?? last.state.rawValue)."
      }
    }
    return nil
  }

  /// A job that waits for one that is not run: a score job without a holdout.
  var stuckJob: Name? {
    let names = Set(jobs.map(\.name))
    return jobs.first { attempts(of: $0.name).isEmpty && !names.isSuperset(of: $0.needs) }?.name
  }

  /// New attempts of jobs whose needs are met and whose turn has come.
  func launchable(at now: Instant) -> [Attempt] {
    jobs.compactMap { job in
      guard job.needs.allSatisfy(hasSucceeded) else { return nil }
      let version = job.kind == .score ? candidate : nil
      return nextAttempt(of: job, subject: .candidate, version: version, at: now)
    }
  }

  /// The next attempt of a job that may start now; nil while one is live, when one succeeded, before the
  /// backoff is over, and when none is left.
  private func nextAttempt(of job: Job, subject: Attempt.Subject, version: Int?, at now: Instant) -> Attempt?
  {
    let earlier = attempts.filter { $0.job == job.name && $0.subject == subject }
    let tried = earlier.filter { $0.version == version }
    guard let last = tried.last else {
      return Attempt(
        job: job.name, subject: subject, version: version, number: earlier.count + 1, launches: 1,
        createdAt: now)
    }
    guard !last.state.isLive, last.state != .succeeded, last.isRetriable,
      let wait = job.retries.wait(afterAttempt: tried.count), let endedAt = last.endedAt,
      now >= endedAt + wait
    else { return nil }
    return Attempt(
      job: job.name, subject: subject, version: version, number: earlier.count + 1, launches: 1,
      createdAt: now)
  }

  func championScoring(in context: RunMachine.Context) -> ChampionScoring {
    guard holdout != nil, candidate != nil, let champion = context.champion, let job = champion.score,
      model.gates.contains(where: { if case .champion = $0 { true } else { false } }),
      !context.scoredVersions.contains(champion.id.number)
    else { return .notNeeded }
    let number = champion.id.number
    let tried = attempts.filter { $0.subject == .champion && $0.version == number }
    if let next = nextAttempt(of: job, subject: .champion, version: number, at: context.now) {
      return .launch(next)
    }
    guard let last = tried.last, !last.state.isLive, last.state != .succeeded else {
      return tried.last?.state == .succeeded ? .notNeeded : .underWay
    }
    let mayRetry = last.isRetriable && job.retries.wait(afterAttempt: tried.count) != nil
    return mayRetry ? .underWay : .notNeeded
  }
}
