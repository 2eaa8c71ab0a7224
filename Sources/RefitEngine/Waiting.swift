import Glibc
import RefitCore
import RefitExecution
import RefitStore

/// Waiting without polling: `state/wake` is touched when an attempt has ended or another writer has changed a row.
extension Orchestrator {
  /// Begins to notice wakes, so that none is missed between a tick and the wait after it.
  ///
  /// - Parameter interruption: a descriptor that becomes readable when a wait is to end.
  public func watch(interruption: Int32? = nil) throws(EngineError) {
    do { try FileBytes.makeDurableDirectory(project.state) } catch { throw EngineError(error) }
    if wakeWatch == nil { wakeWatch = WakeWatch(project, interruption: interruption) }
  }

  /// Ends what `watch` began.
  public func stopWatching() throws(EngineError) {
    wakeWatch = nil
    try closeStore()
  }

  /// Returns when there may be work since the last wait, when a signal arrives, or when the time is up.
  public func awaitWake(atMost limit: Duration) {
    guard let wakeWatch else {
      usleep(useconds_t(min(limit, .seconds(1)) / .microseconds(1)))
      return
    }
    _ = wakeWatch.wait(atMost: limit)
  }

  /// Rests as the daemon does, and returns when it is time for a turn, or after the limit.
  ///
  /// - Returns: whether it is time for a turn.
  public func rest(_ rest: TickPacing.Rest, locks: Set<String>, atMost limit: Duration) -> Bool {
    guard let wakeWatch else {
      let left = Duration.microseconds(rest.until.microseconds - world.now().microseconds)
      usleep(useconds_t(max(.zero, min(limit, left, .seconds(1))) / .microseconds(1)))
      return world.now() >= rest.until
    }
    let end = world.elapsed() + limit
    while true {
      let left = end - world.elapsed()
      guard left > .zero else { return false }
      switch wakeWatch.wait(until: rest.until, locks: locks, atMost: left) {
      case .change where !rest.endsWithChanges: continue
      case .change, .configuration, .instant, .interruption: return true
      case .limit: return false
      }
    }
  }

  /// Ticks until the run has ended or waits for a person, and returns it.
  public func follow(_ id: RunID) throws(EngineError) -> Run {
    try watch()
    while true {
      let run = try run(id)
      if !run.state.isLive || run.state == .awaitingApproval {
        try stopWatching()
        return run
      }
      awaitWake(atMost: .milliseconds(500))
      do throws(EngineError) {
        let (report, clock) = try write(at: .current, patience: .zero) { session in
          var report = TickReport(now: session.now)
          var agenda = Agenda()
          try self.advance(session, &agenda, first: id, &report)
          return (report, session.clock)
        }
        if let trouble = report.troubles.first(where: { $0.hasPrefix("\(id)") }) {
          throw EngineError.system(trouble)
        }
        // Who is held up by a pause waits for a person.
        if report.heldRuns.contains(id), case let run = try self.run(id),
          !run.attempts.contains(where: \.state.isLive)
        {
          try stopWatching()
          return run
        }
        // Where time is simulated a backoff ends at a later tick, not while this one waits.
        if clock == .simulated, report.liveAttempts == 0, report.waitingRuns > 0 { return try self.run(id) }
      } catch .busy {
        // Whoever is at work takes the run on.
      }
    }
  }

  public func run(_ id: RunID) throws(EngineError) -> Run {
    do {
      let reader = try StoreReader(path: project.database)
      guard let run = try reader.run(id) else {
        throw EngineError.notFound("there is no run \(id); 'refit runs' lists them")
      }
      return run
    } catch {
      throw EngineError(error)
    }
  }
}
