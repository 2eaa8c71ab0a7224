import RefitCore
import RefitExecution
import RefitStore

/// How long a person wants a pause to last.
public enum PauseEnd: Sendable {
  /// Until somebody resumes.
  case open
  case at(Instant)
  case after(Timespan)
}

/// What `refit pause` and `refit resume` ask for.
extension Orchestrator {
  /// Keeps a model (nil: the whole project) still from now on. A pause of it that lasts already is replaced.
  ///
  /// - Returns: the pause, and the live runs that it holds up.
  public func pause(
    _ model: Name?, until end: PauseEnd, because: String
  ) throws(EngineError) -> (pause: Pause, live: [RunID]) {
    try request { session in
      try self.check(model, session.store)
      let pause = Pause(
        model: model, origin: .command, since: session.now, until: try end.instant(after: session.now),
        actor: self.world.actor, because: because)
      try session.store.pause(pause, at: session.now)
      return (pause, try session.store.liveRuns().map(\.id).filter { pause.concerns($0.model) })
    }
  }

  /// Lets a model (nil: the project as a whole) go on, and does at once what was held up.
  ///
  /// - Returns: the pauses that still keep it still.
  /// - Throws: `refused` when no command has paused it.
  public func resume(_ model: Name?, because: String) throws(EngineError) -> [Pause] {
    try request { session in
      try self.check(model, session.store)
      let isEnded = try session.store.resume(
        model, origin: .command, at: session.now, actor: self.world.actor, because: because)
      let rest = try self.pauses(in: session.store).filter {
        $0.isInForce(at: session.now) && ($0.model == nil || $0.model == model)
      }
      guard isEnded else { throw Self.notPaused(model, rest) }
      let report = try self.advance(nil, session)
      try report.failOnTrouble(after: "\(model?.text ?? "the project") goes on")
      return rest
    }
  }

  private static func notPaused(_ model: Name?, _ rest: [Pause]) -> EngineError {
    let subject = model.map { "\($0) itself" } ?? "the project as a whole"
    guard let other = rest.first else { return .refused("\(model?.text ?? "the project") is not paused") }
    return .refused("\(subject) is not paused by a command, but \(other.sentence); \(other.remedy)")
  }

  private func check(_ model: Name?, _ store: Store) throws {
    guard let model else { return }
    guard try store.models().contains(where: { $0.name == model }) else { throw try unknown(model, store) }
  }
}

extension PauseEnd {
  fileprivate func instant(after now: Instant) throws(EngineError) -> Instant? {
    switch self {
    case .open: return nil
    case .at(let instant):
      guard instant > now else { throw .usage("--until \(instant) is past: it is \(now)") }
      return instant
    case .after(let span):
      guard span > .zero else { throw .usage("--for takes a length of time such as 90m or 3d") }
      return now + span
    }
  }
}
