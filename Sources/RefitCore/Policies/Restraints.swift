extension RetrainPolicy {
  /// What would keep a run from starting now: the mode, a live run, and the time since the last ones.
  func restraints(in situation: Situation) -> [Restraint] {
    var restraints: [Restraint] = []
    if situation.mode == .observe {
      restraints.append(Restraint(kind: .mode, sentence: "observe mode: decides only"))
    }
    if let run = situation.liveRun {
      restraints.append(Restraint(kind: .liveRun, sentence: "run \(run) has not ended"))
    }
    if let run = situation.lastJudged { restraints += cooling(cooldown, after: run, at: situation.now) }
    if let run = situation.lastFailed {
      restraints += cooling(cooldownAfterFailure, after: run, at: situation.now)
    }
    return restraints
  }

  private func cooling(_ span: Timespan, after run: Situation.EndedRun, at now: Instant) -> [Restraint] {
    let end = run.endedAt + span
    guard end > now else { return [] }
    let sentence = "cooldown of \(span) after \(run.run), which was \(run.state.phrase) at \(run.endedAt)"
    return [Restraint(kind: .cooldown, until: end, sentence: sentence)]
  }
}

extension Run.State {
  fileprivate var phrase: String {
    self == .failed ? "ended by a failure" : rawValue
  }
}

extension [Restraint] {
  /// The latest end that is known.
  private var latestEnd: Instant? { compactMap(\.until).max() }

  /// All of them, and until when.
  var sentence: String {
    let all = map(\.sentence).joined(separator: "; ")
    return latestEnd.map { "restrained until \($0): \(all)" } ?? "restrained: \(all)"
  }

  /// What would have to end for a run to start.
  var release: String {
    let open = filter { $0.until == nil }.map(\.release)
    let timed = latestEnd.map { end in
      let last = first { $0.until == end }!
      return "until \(end) (\(last.sentence))"
    }
    return "restrained " + ([timed].compactMap(\.self) + open).joined(separator: " and ")
  }

  /// How a flip of the conditions reads while a run could not start.
  func flip(_ phrase: String) -> String { "would want to retrain \(phrase), but is \(release)" }
}

extension Restraint {
  fileprivate var release: String {
    switch kind {
    case .mode: "as long as the mode is `observe`"
    case .liveRun: "as long as \(sentence)"
    case .cooldown: sentence
    }
  }
}
