extension RetrainPolicy {
  /// What would keep a run from starting now: the mode, a live run, processes that
  /// could not be killed, and the time since the last ones.
  func restraints(in situation: Situation) -> [Restraint] {
    var restraints: [Restraint] = []
    if situation.mode == .observe {
      restraints.append(Restraint(kind: .mode, sentence: "observe mode: decides only"))
    }
    if let pause = situation.pause {
      restraints.append(Restraint(kind: .paused, until: pause.until, sentence: pause.sentence))
    }
    if let run = situation.liveRun {
      restraints.append(Restraint(kind: .liveRun, sentence: "run \(run) has not ended"))
    }
    if let held = situation.heldAttempt {
      restraints.append(Restraint(kind: .unkillable, sentence: held.sentence))
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
    let sentence = "cooldown of \(span) after \(run.run) \(run.state.phrase)"
    return [Restraint(kind: .cooldown, until: end, sentence: sentence)]
  }
}

extension [Restraint] {
  /// The latest end that is known, with what ends then.
  private var last: (end: Instant, restraint: Restraint)? {
    var last: (end: Instant, restraint: Restraint)?
    for restraint in self {
      if let end = restraint.until, last.map({ end > $0.end }) ?? true { last = (end, restraint) }
    }
    return last
  }

  private var open: [Restraint] { filter { $0.until == nil } }

  /// All of them, and until when.
  var sentence: String {
    let all = map(\.sentence).joined(separator: "; ")
    guard let last else { return "is restrained: \(all)" }
    return "is restrained \(open.isEmpty ? "" : "at least ")until \(last.end): \(all)"
  }

  /// What would have to end for a run to start: the nearest flip of a true tree.
  var release: String {
    let timed = last.map { ["until \($0.end) (\($0.restraint.sentence))"] } ?? []
    return "restrained " + (timed + open.map(\.condition)).joined(separator: " and ")
  }

  /// What the nearest flip of a tree that is not true can't lift; empty without restraints.
  var proviso: String {
    let timed = last.map { [", but not before \($0.end) (\($0.restraint.sentence))"] } ?? []
    let others = open.map { ", but not \($0.condition)" }
    return (timed + others).joined()
  }
}

extension Restraint {
  fileprivate var condition: String {
    kind == .mode ? "as long as the mode is 'observe'" : "as long as \(sentence)"
  }
}
