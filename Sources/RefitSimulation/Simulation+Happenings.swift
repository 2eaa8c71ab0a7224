import GRDB
import RefitCore
import RefitEngine
import Glibc

extension Simulation {
  /// Lets one thing of the plan happen.
  func perform(_ what: Happening.What) throws {
    say("· \(what)")
    switch what {
    case .person(let person): try ask(person)
    case .configure(let change): try change.apply(to: self)
    case .observe(let model, let value): try observe(model, value)
    case .garbleObservations(let model): try scratch.write("{\"metric\": 5}\n", to: monitoring(model))
    case .pauseFile(let isThere): try putPauseFile(isThere)
    case .duplicateTick: try tickAside()
    case .intruder(let point): world.arm(.intrude, at: point)
    case .kill: try kill()
    case .crash(let point, let times): world.arm(.crash, at: point, times: times)
    case .crashSoon(let count): world.crash(after: count)
    case .fault(let fault, let point):
      figures.faults += 1
      world.arm(.fault(fault), at: point)
    case .clockStep(let seconds):
      figures.faults += 1
      world.launcher.machine { $0.time.setWallClock(by: seconds) }
    case .reboot: try reboot(for: 60)
    case .off(let seconds): try reboot(for: seconds)
    case .job(let kind, let behaviour):
      world.launcher.machine { $0.orders[kind, default: []].append(behaviour) }
    case .launch(let fault): world.launcher.machine { $0.arm(fault) }
    case .loseSupervisors: world.launcher.machine { $0.loseSupervisors() }
    case .swapCandidate: pendingSwaps += 1
    }
  }

  private func monitoring(_ model: String) -> String { "state/monitoring/\(model)/app.jsonl" }

  private func observe(_ model: String, _ value: Double) throws {
    let now = world.time.wall
    try scratch.write(
      """
      {"metric": "trouble", "value": \(value), "window": {"start": "\(now - .hours(1))", "end": "\(now)"}}

      """, to: monitoring(model))
  }

  private func putPauseFile(_ isThere: Bool) throws {
    let path = "\(scratch.directory.state)/PAUSED"
    if isThere { try ScratchProject.write("the simulation says so\n", to: path) } else { unlink(path) }
    needsAttention = true
  }

  private func reboot(for seconds: Int64) throws {
    figures.faults += 1
    try kill()
    world.launcher.machine { state in
      state.reboot()
      state.advance(to: state.time.elapsed + seconds)
    }
  }

  // MARK: - Persons

  /// A person's command is a process of its own, beside the daemon where there is one.
  private func ask(_ person: Happening.Person) throws {
    guard let request = try request(of: person) else { return }
    figures.requests += 1
    let result = try call(newProcess(actor: "ada")) { orchestrator throws(EngineError) in
      try request(orchestrator)
    }
    try buryTheDead()
    needsAttention = true
    switch result {
    case .done(let answer): say("  \(answer)")
    case .refused(let error): say("  no: \(error)")
    case .died(let point): say("  was killed at \(point)")
    }
    try oracle.check(after: .other)
  }

  private typealias Request = (Orchestrator) throws(EngineError) -> String

  private func request(of person: Happening.Person) throws -> Request? {
    let because = "the simulation says so"
    switch person {
    case .retrain(let model):
      let name = Name(model)!
      return { orchestrator throws(EngineError) in
        try orchestrator.retrain(name, because: because).description
      }
    case .rollback(let model):
      let name = Name(model)!
      return { orchestrator throws(EngineError) in
        try orchestrator.rollback(name, to: nil, because: because).description
      }
    case .pause(let model, let hours):
      let name = model.flatMap { Name($0) }
      return { orchestrator throws(EngineError) in
        let end = hours.map { PauseEnd.after(.hours(Int64($0))) } ?? .open
        return try orchestrator.pause(name, until: end, because: because).pause.sentence
      }
    case .resume(let model):
      let name = model.flatMap { Name($0) }
      return { orchestrator throws(EngineError) in
        "\(try orchestrator.resume(name, because: because).count) pauses are left"
      }
    case .backfill(let model, let days):
      let name = Name(model)!
      let from = world.time.wall - .days(Int64(days))
      return { orchestrator throws(EngineError) in
        _ = try orchestrator.backfill(name, from: from, to: nil, schedule: nil)
        return "the last \(days) days are computed"
      }
    case .acceptClock:
      return { orchestrator throws(EngineError) in
        "schedules start from \(try orchestrator.acceptClock(because: because))"
      }
    case .cancel(let model):
      guard let run = try run(of: model, "ended_at IS NULL") else { return nil }
      return { orchestrator throws(EngineError) in try orchestrator.cancel(run, because: because).state.phrase
      }
    case .approve(let model):
      guard let run = try run(of: model, "state = 'awaiting-approval'") else { return nil }
      oracle.approved.insert(run.description)
      return { orchestrator throws(EngineError) in
        try orchestrator.approve(run, because: because).state.phrase
      }
    case .reject(let model):
      guard let run = try run(of: model, "state = 'awaiting-approval'") else { return nil }
      return { orchestrator throws(EngineError) in try orchestrator.reject(run, because: because).state.phrase
      }
    }
  }

  private func run(of model: String, _ condition: String) throws -> RunID? {
    guard let records = try oracle.records() else { return nil }
    let number = try records.number("SELECT number FROM run WHERE model = ? AND \(condition)", [model])
    return number.map { RunID(model: Name(model)!, number: Int($0)) }
  }

  // MARK: - Someone writes to the vault

  /// Swaps a candidate that awaits approval, as soon as there is one for each swap that was asked for.
  func swapIfAsked() throws {
    guard pendingSwaps > 0, let records = try oracle.records() else { return }
    let rows = try records.rows(
      """
      SELECT lower(hex(sealed)) AS sealed FROM run
      JOIN version ON version.model = run.model AND version.number = run.candidate
      WHERE state IN ('awaiting-approval', 'gating') ORDER BY run.id
      """)
    for row in rows where pendingSwaps > 0 && oracle.swapped.insert(row["sealed"]).inserted {
      pendingSwaps -= 1
      figures.faults += 1
      try swaps.swap("\(oracle.vaultPath(row["sealed"]))/weights")
      say("someone swaps the candidate \((row["sealed"] as String).prefix(12))")
    }
  }
}

extension SimulatedLauncher.State {
  mutating func arm(_ fault: Happening.LaunchFault) {
    switch fault {
    case .refuse(let times): refusals += times
    case .neverClaim(let times): deaths += times
    case .claimLate(let seconds): delays.append(seconds)
    }
  }
}

extension Happening.Configuring {
  /// Changes what the simulation's `refit.yaml` says.
  func apply(to simulation: Simulation) throws {
    func change(_ name: String, _ body: (inout ModelSettings) -> Void) {
      guard let index = simulation.settings.models.firstIndex(where: { $0.name == name }) else { return }
      body(&simulation.settings.models[index])
    }
    switch self {
    case .reschedule(let model, let schedule, let rhythm, let zone):
      change(model) {
        let index = schedule % $0.schedules.count
        $0.schedules[index].rhythm = rhythm
        $0.schedules[index].zone = zone
      }
    case .action(let model, let schedule):
      change(model) {
        let index = schedule % $0.schedules.count
        $0.schedules[index].action = $0.schedules[index].action == .evaluate ? .retrain : .evaluate
      }
    case .remove(let model):
      guard simulation.settings.models.count > 1,
        let index = simulation.settings.models.firstIndex(where: { $0.name == model })
      else { return }
      simulation.parked[model] = simulation.settings.models.remove(at: index)
    case .restore(let model):
      guard let back = simulation.parked.removeValue(forKey: model) else { return }
      simulation.settings.models.append(back)
    case .mode(let model, let mode): change(model) { $0.mode = mode }
    case .promotion(let model, let promotion): change(model) { $0.promotion = promotion }
    case .gates(let model, let gates): change(model) { $0.gates = $0.holdout == .none ? .none : gates }
    case .spoil: simulation.isSpoilt = true
    case .mend: simulation.isSpoilt = false
    }
    try simulation.configure()
  }
}
