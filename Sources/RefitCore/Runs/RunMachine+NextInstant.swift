extension RunMachine {
  /// The next instant at which the steps of a run may be others though nothing has happened: the end of a backoff, the
  /// expiry of an approval, the longest time that an attempt may take. Nil when only an event can change them.
  ///
  /// The end of a pause is told by the pause.
  public static func nextInstant(for run: Run, in context: Context) -> Instant? {
    let instants: [Instant]
    switch run.state {
    case .running: instants = run.backoffEnds(in: context) + run.attemptLimits(in: context)
    case .awaitingApproval where !context.isApproved:
      // It expires after this instant, not at it.
      instants =
        context.reportedAt.map { [Instant(microseconds: ($0 + Approval.expiry).microseconds + 1)] } ?? []
    default: instants = []
    }
    return instants.filter { $0 > context.now }.min()
  }
}

extension Run {
  /// When the next attempt of each job that has failed may start.
  fileprivate func backoffEnds(in context: RunMachine.Context) -> [Instant] {
    let groups = Dictionary(grouping: attempts) { "\($0.job)/\($0.subject)/\($0.version ?? 0)" }
    return groups.values.compactMap { tried in
      guard let last = tried.last, !last.state.isLive, last.isRetriable, let endedAt = last.endedAt,
        let wait = job(of: last, in: context)?.retries.wait(afterAttempt: tried.count)
      else { return nil }
      return endedAt + wait
    }
  }

  /// When each live attempt is looked at though nobody has told of its end.
  fileprivate func attemptLimits(in context: RunMachine.Context) -> [Instant] {
    attempts.filter(\.state.isLive).map { attempt in
      let age = context.now - attempt.createdAt
      // Its supervisor claims it within a moment, and tells nobody; after a while that is ever less likely.
      if attempt.state == .launching { return context.now + max(Timespan(seconds: 5), age) }
      let job = job(of: attempt, in: context)
      let limit = Timespan(seconds: (job?.timeout.seconds ?? 0) + (job?.grace.seconds ?? 0) + 61)
      // Past it the attempt is looked at once a minute.
      return max(attempt.createdAt + limit, context.now + .minutes(1))
    }
  }

  private func job(of attempt: Attempt, in context: RunMachine.Context) -> Job? {
    attempt.subject == .champion ? context.champion?.score : model.pipeline[attempt.job]
  }
}
