import RefitConfiguration
import RefitCore
import RefitStore

/// The wall clock is read anew at each tick, and may have been set; so may the time zone data have been replaced.
extension Orchestrator {
  /// Whether the time can be gone by. Where the clock is far behind the record people are told, once by an alert and by
  /// each tick, and what is due waits: runs go on.
  func watchClock(_ session: Session, _ report: inout TickReport) throws -> Bool {
    guard session.clock == .wall else { return true }
    let state = try session.store.clock()
    guard state.isBehind(session.now) else {
      if state.behindSince != nil { try session.store.noteClockCaughtUp() }
      return true
    }
    if state.behindSince == nil { try session.store.noteClockBehind(state.alarm, at: session.now) }
    report.troubles.append(state.alarm)
    return false
  }

  /// Lets what comes due in future come when the newest time zone data say. What is past is never issued again: neither
  /// an instant, nor the local time of a schedule that keeps its local time.
  func followZoneData(_ session: Session, _ report: inout TickReport) throws {
    let version = timeZones.version
    let former = try session.store.clock().zoneData
    guard version != former else { return }
    var moved: [ScheduleStart] = []
    for header in try former == nil ? [] : session.store.schedules() {
      guard header.isActive, let nextDue = header.nextDue, nextDue > session.now else { continue }
      try report.keepingTrouble(of: "\(header.model), schedule \(header.schedule)") { _ in
        let next = try next(of: header, session)
        guard next != nextDue else { return }
        moved.append(.init(model: header.model, schedule: header.schedule, nextDue: next))
      }
    }
    try session.store.moveSchedules(moved, byZoneData: version, at: session.now)
  }

  private func next(of header: ScheduleHeader, _ session: Session) throws -> Instant? {
    let key = ScheduleKey(model: header.model, schedule: header.schedule)
    guard
      let schedule = try session.store.model(header.model)?.model.schedules.first(where: {
        $0.name == key.schedule
      })
    else { preconditionFailure("the active schedule \(key) is not in its model") }
    let cron = try schedule.resolved(in: timeZones)
    var next = cron.next(after: session.now)
    guard !cron.expression.isWildcard, let issued = try session.store.issuedLocalTime(of: key) else {
      return next
    }
    while let instant = next, LocalTime(instant, in: cron.timeZone).description <= issued {
      next = cron.next(after: instant)
    }
    return next
  }

  /// Takes a clock that is behind the record for right: schedules start from now.
  public func acceptClock(because: String) throws(EngineError) -> Instant {
    try request { session in
      guard session.clock == .wall else {
        throw EngineError.refused("this project says 'clock: simulated', and simulated time may not go back")
      }
      guard let reached = try session.store.clock().highWater, session.now < reached else {
        throw EngineError.refused("the clock is not behind the record: there is nothing to accept")
      }
      var starts: [ScheduleStart] = []
      for header in try session.store.schedules() where header.isActive {
        guard let model = try session.store.model(header.model)?.model,
          let schedule = model.schedules.first(where: { $0.name == header.schedule })
        else { continue }
        starts.append(
          .init(
            model: header.model, schedule: header.schedule,
            nextDue: try schedule.resolved(in: self.timeZones).next(after: session.now)))
      }
      try session.store.acceptClock(starts, because: because, actor: self.world.actor, at: session.now)
      return session.now
    }
  }
}

extension Situation {
  /// Takes times that lie ahead, since they were recorded under a clock that stood too late, for the one at which a
  /// person set that right.
  mutating func bring(back accepted: Instant) {
    func past(_ instant: Instant) -> Instant { instant > now ? min(accepted, now) : instant }
    lastJudged?.bring(back: past)
    lastFailed?.bring(back: past)
    guard var champion else { return }
    champion.trainedAt = champion.trainedAt.map(past)
    champion.intervalEnd = champion.intervalEnd.map(past)
    champion.publishedAt = past(champion.publishedAt)
    champion.promotedAt = past(champion.promotedAt)
    self.champion = champion
  }
}

extension Situation.EndedRun {
  fileprivate mutating func bring(back past: (Instant) -> Instant) {
    endedAt = past(endedAt)
    intervalEnd = past(intervalEnd)
  }
}
