import Glibc
import RefitCore
import RefitEngine
import RefitExecution
import RefitStore

extension Simulation {
  /// How a call of the engine ended.
  enum Call<Value> {
    case done(Value)
    case refused(EngineError)
    case died(FailPoint)
  }

  /// Calls the engine, and lets its process be killed where a crash was armed.
  func call<Value>(
    _ orchestrator: Orchestrator, _ body: (Orchestrator) throws(EngineError) -> Value
  ) throws -> Call<Value> {
    // Beside a daemon the database is always open; where cron starts each tick, its last reader closes it, unless
    // somebody looks at it meanwhile.
    calls += 1
    if plan.style != .daemon, calls % 4 == 0 { try oracle.letGo() }
    let sprung = world.sprung
    if without == .rehash { try swaps.hide() }
    var call: Call<Value>
    do throws(EngineError) { call = .done(try body(orchestrator)) } catch { call = .refused(error) }
    if without == .rehash { try swaps.show() }
    try takeGuardOut()
    if let death = world.takeDeath(), let point = death.point {
      guard case .refused = call else {
        throw Violation(.deathIsFinal, "the process went on after it was killed at \(point)")
      }
      figures.crashes[point, default: 0] += 1
      oracle.deaths += 1
      if orchestrator === process { process = nil }
      lastDeath = death
      call = .died(point)
    }
    if case .refused(let error) = call, world.sprung == sprung { try checkCause(of: error) }
    return call
  }

  /// An error that nothing has caused is one of the engine's own.
  private func checkCause(of error: EngineError) throws {
    switch error {
    case .refused, .notFound, .usage: return
    case .configuration where isSpoilt: return
    case .configuration, .busy, .held, .store, .system:
      throw Violation(.noErrorWithoutCause, "\(error)")
    }
  }

  /// A turn of the process that ticks.
  func tick() throws {
    lastTick = world.time.elapsed
    figures.ticks += 1
    let sizeBefore = oracle.ledger.size
    defer { vainTicks = oracle.ledger.size == sizeBefore ? vainTicks + 1 : 0 }
    let orchestrator = try self.orchestrator()
    try tick(orchestrator, called: "tick")
    if plan.style != .daemon { process = nil }
  }

  /// Another process that ticks on the same folder.
  func tickAside() throws {
    figures.ticks += 1
    try tick(newProcess(actor: "cron"), called: "second tick")
  }

  private func tick(_ orchestrator: Orchestrator, called name: String) throws {
    let now = world.time.wall
    let result = try call(orchestrator) { orchestrator throws(EngineError) in
      let instant = settings.isClockSimulated ? now : nil
      var report = try orchestrator.tick(at: instant)
      // A program that another thread forks holds a copy of the lock until it has become itself.
      for _ in 0..<2000 where report.wasBusy {
        usleep(1000)
        report = try orchestrator.tick(at: instant)
      }
      return report
    }
    try buryTheDead()
    needsAttention = true
    var step = Oracle.Step.other
    switch result {
    case .died(let point): say("\(name) was killed at \(point)")
    case .refused(let error): say("\(name) stopped: \(error)")
    case .done(let report):
      guard !report.wasBusy else {
        throw Violation(.oneWriter, "the lock is held, and nobody is at work")
      }
      tell(report, name)
      let alarms = report.troubles.filter { $0.hasPrefix("the clock is more than") }
      try check(alarms, at: now)
      needsAttention = report.troubles.count > alarms.count
      isAtWork = report.workUnderWay > 0
      // What processes of Refit's own observe late is decided as they end, and what came due meanwhile after that.
      let isLate = try settings.leavesWork && isOverdue(now)
      if report.troubles.isEmpty, !isAtWork, !isLate { step = .cleanTick(now: now.seconds) }
    }
    try oracle.check(after: step)
    try swapIfAsked()
  }

  /// It must say so, exactly when the clock can't be gone by.
  private func check(_ alarms: [String], at now: Instant) throws {
    isClockBehind = !alarms.isEmpty
    guard isClockBehind, !oracle.isClockBehind(at: now.seconds) else { return }
    throw Violation(.noErrorWithoutCause, "\(alarms[0])")
  }

  /// Whether a schedule is still due by this time.
  func isOverdue(_ now: Instant) throws -> Bool {
    let next = try oracle.records()?.number("SELECT min(next_due) FROM schedule WHERE active = 1")
    return next.map { $0 <= now.microseconds } ?? false
  }

  private func tell(_ report: TickReport, _ name: String) {
    guard trace != nil else { return }
    for decided in report.decisions {
      let older = decided.coalesced > 0 ? " (\(decided.coalesced) coalesced)" : ""
      say(
        "\(decided.model)/\(decided.schedule) of \(decided.nominal)\(older): \(decided.decision.verdict)"
          + (decided.run.map { ", opened \($0)" } ?? ""))
    }
    for moved in report.moved {
      say("\(moved.run) \(moved.state.phrase)" + (moved.reason.map { ": \($0)" } ?? ""))
    }
    for news in report.news { say(news) }
    for trouble in report.troubles { say("\(name) had trouble: \(trouble)") }
  }

  private func orchestrator() throws -> Orchestrator {
    if let process { return process }
    let made = newProcess(actor: "refit")
    if plan.style == .daemon {
      do throws(EngineError) { try made.watch() } catch { throw Violation(.noErrorWithoutCause, "\(error)") }
    }
    process = made
    return made
  }

  func newProcess(actor: String) -> Orchestrator {
    let program = settings.leavesWork ? scratch.path("refit.yaml") : nil
    let made = Orchestrator(project: scratch.directory, world: world.world(actor: actor, program: program))
    if settings.leavesWork { made.longWork = ByteCount(bytes: -1) }
    return made
  }

  /// Puts back what the dead process left, once nothing of it is in memory any more. Where another process has the
  /// database open, the last words of the dead one could change nothing.
  func buryTheDead() throws {
    guard let death = lastDeath else { return }
    lastDeath = nil
    if process == nil { try leave(death) } else { world.forget(death) }
  }

  /// The process that ticks dies between two ticks.
  func kill() throws {
    let death = try world.killNow()
    process = nil
    try leave(death)
    needsAttention = true
  }

  private func leave(_ death: SimulatedWorld.Death) throws {
    try oracle.letGo()
    try world.leave(death)
  }

  /// Whoever ticks while another is at work finds the lock held, and does nothing.
  func letIntrudersIn() {
    let directory = scratch.directory
    let world = world
    let instant: @Sendable () -> Instant? = { [isSimulated = settings.isClockSimulated] in
      isSimulated ? world.time.wall : nil
    }
    world.onIntrusion {
      let other = Orchestrator(project: directory, world: world.world(actor: "intruder", program: nil))
      do throws(EngineError) {
        let report = try other.tick(at: instant())
        guard !report.wasBusy else { return }
        world.launcher.machine {
          $0.witness.violated(.oneWriter, "a second tick worked while the first held the lock")
        }
      } catch {
        world.launcher.machine { $0.witness.violated(.oneWriter, "a second tick stopped: \(error)") }
      }
    }
  }
}
