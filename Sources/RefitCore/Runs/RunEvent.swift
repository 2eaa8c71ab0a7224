/// What has happened to a run.
public enum RunEvent: Sendable {
  case holdoutFrozen(FrozenHoldout, uses: [ArtifactUse])
  case begun
  case planned(Attempt, AttemptFacts, uses: [ArtifactUse])
  /// A supervisor never claimed the attempt: another one is started for it.
  case relaunched(Attempt.Key)
  case attemptRunning(Attempt.Key)
  case attemptEnded(
    Attempt.Key, AttemptOutcome, record: ExitRecord?, uses: [ArtifactUse], candidate: Version?)
  case gatesEntered
  case judged(GateReport, json: String, digest: Digest)
  case judgedAnew
  case approvalAwaited
  case approved(Approval)
  case rejected(by: String, because: String)
  case cancelRequested(by: String, because: String)
  case promoted(Promotion)
  case ended(Run.State, reason: String)
}

extension RunMachine {
  /// The run after the event, with all that is to be written for it.
  ///
  /// An event that the run's state does not allow is a broken invariant and traps.
  public static func apply(_ event: RunEvent, to run: Run, at now: Instant) -> Transition {
    var next = run
    switch event {
    case .holdoutFrozen(let holdout, let uses):
      expect(run, .queued)
      next.state = .running
      next.holdout = holdout.digest
      let payload: Payload = [
        "holdout": .text(holdout.digest.hex), "blinded": .text(holdout.blinded.hex),
        "withheld": .text(holdout.withheld.hex),
        "rows": .whole(Int64(holdout.rows)), "origin": .text(holdout.origin),
      ]
      return Transition(
        name: "holdout-frozen", run: next, additions: [.holdout(holdout)] + uses.map(Addition.use),
        entries: [entry(.holdoutFrozen, next, at: now, payload)])

    case .begun:
      expect(run, .queued)
      next.state = .running
      return Transition(name: "begun", run: next, entries: [])

    case .planned(let attempt, let facts, let uses):
      expect(run, .running)
      next.attempts.append(attempt)
      let payload: Payload = [
        "job": .text(attempt.job.text), "subject": .text(attempt.subject.rawValue),
        "attempt": .whole(Int64(attempt.number)), "version": .optional(attempt.version),
      ]
      return Transition(
        name: "attempt-planned", run: next, additions: [.launch(attempt.key, facts)] + uses.map(Addition.use),
        entries: [entry(.attemptPlanned, next, at: now, payload)])

    case .relaunched(let key):
      next.change(key) { $0.launches += 1 }
      return Transition(name: "attempt-relaunched", run: next, entries: [])

    case .attemptRunning(let key):
      next.change(key) { $0.state = .running }
      return Transition(name: "attempt-running", run: next, entries: [])

    case .attemptEnded(let key, let outcome, let record, let uses, let candidate):
      return attemptEnded(key, outcome, record, uses, candidate, run: next, at: now)

    case .gatesEntered:
      expect(run, .running)
      next.state = .gating
      return Transition(name: "gates-entered", run: next, entries: [])

    case .judged(let report, let json, let digest):
      expect(run, .gating)
      let payload: Payload = [
        "verdict": .text(report.verdict.rawValue), "report": .text(digest.hex),
        "candidate": .whole(Int64(report.candidate)), "champion": .optional(report.champion),
        "holdout": .optional(report.holdout?.hex), "looks": .whole(Int64(report.looks)),
        "sentences": .list(report.results.map { .text($0.sentence) }),
      ]
      return Transition(
        name: "judged", run: next, additions: [.gateReport(report, json: json, digest: digest)],
        entries: [entry(.gatesJudged, next, at: now, payload)])

    case .judgedAnew:
      expect(run, .gating, .awaitingApproval)
      next.state = .running
      let because = "another champion serves by now: the candidate is judged again, approvals are void"
      return Transition(
        name: "judged-anew", run: next,
        entries: [entry(.approvalVoided, next, at: now, ["because": .text(because)])])

    case .approvalAwaited:
      expect(run, .gating)
      next.state = .awaitingApproval
      let payload: Payload = ["candidate": .optional(run.candidate)]
      let alert = entry(.alert, next, at: now, ["sentence": "\(run.id) awaits approval"])
      return Transition(
        name: "approval-awaited", run: next,
        entries: [entry(.approvalRequested, next, at: now, payload), alert])

    case .approved(let approval):
      expect(run, .awaitingApproval)
      let payload: Payload = [
        "because": .text(approval.because), "artifact": .text(approval.artifact.hex),
        "report": .text(approval.gateReport.hex), "configuration": .text(approval.configuration.hex),
      ]
      return Transition(
        name: "approved", run: next, additions: [.approval(approval)],
        entries: [entry(.approvalGiven, next, at: now, by: approval.actor, payload)])

    case .rejected(let actor, let because):
      expect(run, .awaitingApproval)
      return end(.rejected, "\(actor) rejected it: \(because)", run: next, at: now, by: actor)

    case .cancelRequested(let actor, let because):
      next.cancelRequested = true
      return Transition(
        name: "cancel-requested", run: next,
        entries: [entry(.cancelRequested, next, at: now, by: actor, ["because": .text(because)])])

    case .promoted(let promotion):
      expect(run, .gating, .awaitingApproval)
      let payload: Payload = [
        "version": .whole(Int64(promotion.version)), "previous": .optional(promotion.previous),
        "because": .text(promotion.because),
      ]
      var transition = end(.promoted, promotion.because, run: next, at: now, by: promotion.actor)
      transition.additions.append(.promotion(promotion))
      transition.entries.insert(entry(.promoted, next, at: now, by: promotion.actor, payload), at: 0)
      return transition

    case .ended(let state, let reason):
      return end(state, reason, run: next, at: now, by: "refit")
    }
  }

  private static func attemptEnded(
    _ key: Attempt.Key, _ outcome: AttemptOutcome, _ record: ExitRecord?, _ uses: [ArtifactUse],
    _ candidate: Version?, run: Run, at now: Instant
  ) -> Transition {
    var run = run
    run.change(key) {
      $0.state = outcome.state
      $0.reason = outcome.reason
      $0.isRetriable = outcome.isRetriable
      $0.endedAt = now
    }
    var additions = uses.map(Addition.use)
    if let record { additions.append(.ended(key, record)) }
    let payload: Payload = [
      "job": .text(key.job.text), "subject": .text(key.subject.rawValue),
      "attempt": .whole(Int64(key.number)),
      "state": .text(outcome.state.rawValue), "reason": .optional(outcome.reason),
      "outputs": .object(
        Dictionary(
          uses.filter { $0.direction == .output }.map { ($0.name, .text($0.artifact.digest.hex)) },
          uniquingKeysWith: { first, _ in first })),
    ]
    var entries = [entry(.attemptEnded, run, at: now, payload)]
    if let candidate {
      run.candidate = candidate.id.number
      additions.append(.version(candidate))
      entries.append(
        entry(
          .candidateSealed, run, at: now,
          [
            "version": .whole(Int64(candidate.id.number)), "model": .text(candidate.model.hex),
            "code": .optional(candidate.code?.hex), "training": .optional(candidate.training?.hex),
          ]))
    }
    return Transition(name: "attempt-ended", run: run, additions: additions, entries: entries)
  }

  private static func end(
    _ state: Run.State, _ reason: String, run: Run, at now: Instant, by actor: String
  ) -> Transition {
    precondition(run.state.isLive && !state.isLive, "\(run.id) can't go from \(run.state) to \(state)")
    var run = run
    run.state = state
    run.endedAt = now
    run.reason = reason
    let payload: Payload = ["state": .text(state.rawValue), "reason": .text(reason)]
    var entries = [entry(.runEnded, run, at: now, by: actor, payload)]
    if state.isAlarming {
      entries.append(entry(.alert, run, at: now, ["sentence": "\(run.id) \(state.phrase): \(reason)"]))
    }
    return Transition(name: "ended", run: run, entries: entries)
  }

  private static func entry(
    _ kind: LedgerEvent.Kind, _ run: Run, at now: Instant, by actor: String = "refit", _ payload: Payload
  ) -> LedgerEntry {
    LedgerEntry(kind: kind, model: run.id.model, run: run.id.number, actor: actor, at: now, payload: payload)
  }

  private static func expect(_ run: Run, _ states: Run.State...) {
    precondition(states.contains(run.state), "\(run.id) is \(run.state); expected one of \(states)")
  }
}

extension Run {
  mutating func change(_ key: Attempt.Key, _ body: (inout Attempt) -> Void) {
    guard let index = attempts.firstIndex(where: { $0.key == key }) else {
      preconditionFailure("\(id) has no attempt \(key)")
    }
    body(&attempts[index])
  }
}

extension Transition {
  /// Both steps as one write: this one's, then the other's, which was applied to this one's run.
  public func followed(by next: Transition) -> Transition {
    Transition(
      name: "\(name)+\(next.name)", run: next.run, additions: additions + next.additions,
      entries: entries + next.entries)
  }
}
