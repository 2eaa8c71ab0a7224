import RefitCore
import RefitExecution
import RefitStore

/// What a person asks for. Each takes the writer lock, waits for it up to half a minute, and then acts at once.
extension Orchestrator {
  /// How long a writer waits for the lock.
  static let patience = Duration.seconds(30)

  /// Opens a run. It skips the cooldown, never a live run.
  public func retrain(_ name: Name, because: String) throws(EngineError) -> RunID {
    try request { session in
      if let trouble = session.trouble { throw trouble }
      guard try session.store.models().contains(where: { $0.name == name && $0.isActive }),
        let (model, digest) = try session.store.model(name)
      else { throw try self.unknown(name, session.store) }
      guard model.mode != .observe else {
        throw EngineError.refused(
          "\(name) is in mode observe: it decides only. Set 'mode: train' or 'mode: promote'.")
      }
      if let pause = try self.pauses(in: session.store).decisive(for: name, at: session.now) {
        throw EngineError.refused("no run of \(name) starts now: \(pause.sentence); \(pause.remedy)")
      }
      if let live = try session.store.liveRun(of: name) {
        throw EngineError.refused(
          "\(live) is live: one run of a model at a time. 'refit cancel \(live)' ends it.")
      }
      if let held = try self.heldAttempts.first(of: name, in: session.store) {
        throw EngineError.refused(
          "\(held.sentence): no new run of \(name) until they are gone. Look what they wait for; "
            + "a device or a network folder that hangs can hold them until the machine restarts.")
      }
      let facts = ChampionFacts(
        store: session.store, project: self.project, vault: self.vault, now: session.now)
      let champion = try facts.champion(of: name)
      let matures = model.feedback?.matures ?? .zero
      let opening = RunOpening(
        trigger: .person(self.world.actor), because: because, model: model, configuration: digest,
        interval: .forRun(nominal: session.now, matures: matures, championTrainedTo: champion?.intervalEnd),
        knownAt: session.now)
      let run = try session.store.openRun(opening, at: session.now, actor: self.world.actor)
      let report = try self.advance(run, session)
      try report.failOnTrouble(after: "\(run) was opened")
      return run
    }
  }

  public func cancel(_ id: RunID, because: String) throws(EngineError) -> Run {
    try change(id) { run, session in
      guard run.state.isLive else {
        throw EngineError.refused("\(id) has ended already: \(run.state.rawValue)")
      }
      return RunMachine.apply(
        .cancelRequested(by: self.world.actor, because: because), to: run, at: session.now)
    }
  }

  /// Gives a person's yes, bound to the hashes of what was judged.
  public func approve(_ id: RunID, because: String) throws(EngineError) -> Run {
    try change(id) { run, session in
      guard run.state == .awaitingApproval, let candidate = run.candidate,
        let version = try session.store.version(VersionID(model: id.model, number: candidate)),
        let report = try session.store.gateReport(id)
      else { throw EngineError.refused("\(id) does not await approval: it is \(run.state.rawValue)") }
      let given = try session.store.approvals(id)
      guard !given.contains(where: { $0.actor == self.world.actor && $0.gateReport == report.digest }) else {
        throw EngineError.refused("\(self.world.actor) has approved \(id) already; the next tick takes it on")
      }
      let approval = Approval(
        actor: self.world.actor, at: session.now, because: because, artifact: version.model,
        gateReport: report.digest, configuration: run.configuration)
      return RunMachine.apply(.approved(approval), to: run, at: session.now)
    }
  }

  public func reject(_ id: RunID, because: String) throws(EngineError) -> Run {
    try change(id) { run, session in
      guard run.state == .awaitingApproval else {
        throw EngineError.refused("\(id) does not await approval: it is \(run.state.rawValue)")
      }
      return RunMachine.apply(.rejected(by: self.world.actor, because: because), to: run, at: session.now)
    }
  }

  /// Lets an earlier champion serve again: the given version, else the one that served before.
  public func rollback(_ name: Name, to number: Int?, because: String) throws(EngineError) -> VersionID {
    try request { session in
      let store = session.store
      guard let champion = try store.champion(name) else {
        throw EngineError.refused("\(name) has no champion: there is nothing to roll back")
      }
      let moves = try store.promotions(name)
      let earlier = try store.services(of: name).map(\.version)
      // What was rolled back from is not gone back to unasked.
      let abandoned = Set(moves.filter { $0.promotion.kind == .rollback }.compactMap(\.promotion.previous))
      guard
        let target = number
          ?? earlier.last(where: { $0 < champion.version.number && !abandoned.contains($0) })
      else {
        throw EngineError.refused(
          "no version before \(champion.version) is left to go back to; --to names one")
      }
      guard target != champion.version.number else {
        throw EngineError.refused("\(name)@\(target) serves already")
      }
      let id = VersionID(model: name, number: target)
      guard let version = try store.version(id) else {
        throw EngineError.notFound("there is no version \(id)")
      }
      guard earlier.contains(target) else {
        throw EngineError.refused("\(id) was never promoted; a rollback goes to a version that served before")
      }
      do {
        try self.vault.verify(version.model)
      } catch {
        throw EngineError.refused("\(id) can't serve again: \(error)")
      }
      try store.rollback(
        name,
        to: Promotion(
          kind: .rollback, version: target, previous: champion.version.number, run: nil, at: session.now,
          actor: self.world.actor, because: because))
      // A link that can't be made now is made good by the next tick.
      var report = TickReport(now: session.now)
      try self.publish(session, &report)
      try report.failOnTrouble(after: "\(id) is champion again")
      return id
    }
  }

  // MARK: - How requests are carried out

  func request<Result>(_ body: (Session) throws -> Result) throws(EngineError) -> Result {
    do {
      let result = try write(at: .current, patience: Self.patience, .inTurn, body)
      try wakeDaemon()
      return result
    } catch .busy {
      throw .busy("another refit has been at work on this project for half a minute; try again")
    }
  }

  /// A daemon that waits reckons anew what for: a job that this process started, the end of a pause.
  func wakeDaemon() throws(EngineError) {
    guard wakeWatch == nil else { return }
    do { try FileBytes.touch(project.wake) } catch { throw EngineError(error) }
  }

  /// Commits a transition of a run, drives it on, and returns it as it is then.
  private func change(
    _ id: RunID, _ body: (Run, Session) throws -> Transition
  ) throws(EngineError) -> Run {
    try request { session in
      guard let run = try session.store.run(id) else {
        throw EngineError.notFound("there is no run \(id); 'refit runs' lists them")
      }
      try session.store.commit(try body(run, session))
      let report = try self.advance(id, session)
      guard let after = try session.store.run(id) else { preconditionFailure("\(id) is gone") }
      try report.failOnTrouble(after: "\(id) \(after.state.phrase)")
      return after
    }
  }

  /// Takes a run as far as it goes, and then the others, unless somebody waits by then: the next tick takes those on.
  func advance(_ id: RunID?, _ session: Session) throws -> TickReport {
    var report = TickReport(now: session.now)
    var agenda = Agenda()
    try advance(session, &agenda, first: id, &report)
    if agenda.isInterrupted { try FileBytes.touch(project.wake) }
    return report
  }

  func unknown(_ name: Name, _ store: Store) throws(StoreError) -> EngineError {
    let known = try store.models().filter(\.isActive).map(\.name.text).joined(separator: ", ")
    return .notFound("there is no model '\(name)' in refit.yaml; it has \(known)")
  }
}
