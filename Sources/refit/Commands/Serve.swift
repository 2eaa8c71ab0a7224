import ArgumentParser
import Glibc
import RefitCore
import RefitEngine
import RefitExecution

struct Serve: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Tick for ever: whenever something is due or a job has ended.",
    discussion: """
      Waits, without looking in between, for the next due instant, a job's end, another refit's change, the file \
      state/PAUSED or a new refit.yaml; SIGHUP reads that anew, too. A wrong refit.yaml is told once, and the last \
      good one stays in force. What fails is told once and tried again, ever less often. SIGTERM and SIGINT end it \
      after its turn, a second one at once; jobs that run go on, and the next tick picks them up. A second serve of \
      the same project ends with exit code 75. Under systemd it speaks sd_notify: 'refit install-service' writes \
      the unit.

        refit serve --project /srv/lending
      """)

  @OptionGroup var options: ProjectOptions

  func run() throws {
    try answering(for: .doing) {
      let orchestrator = try options.orchestrator()
      let signals = ServeSignals()
      var lock = try lock(orchestrator.project)
      try orchestrator.watch(interruption: signals.descriptor)
      let manager = ServeManager()
      if !options.json {
        say("Serving \(orchestrator.project.root). Stop with SIGTERM or Ctrl-C; running jobs go on.")
      }
      var loop = ServeLoop(orchestrator: orchestrator, manager: manager, asJSON: options.json)
      while !signals.isToStop {
        let isReload = signals.takeReload()
        if isReload { manager.tell(.reloading(since: ServeManager.monotonicMicroseconds())) }
        loop.turn(isReload: isReload)
        if !lock.isInPlace, FileBytes.exists(orchestrator.project.state) {
          lock = try self.lock(orchestrator.project)
        }
        guard !signals.isToStop else { break }
        IdleMemory.release()
        loop.rest()
      }
      manager.tell(.stopping)
      try orchestrator.stopWatching()
      if !options.json { say("Stopped.") }
    }
  }

  private func lock(_ project: ProjectDirectory) throws -> ServeLock {
    let name = "process \(getpid()) since \(World.wallClock())"
    switch try ServeLock.take(project, name: name) {
    case .taken(let lock): return lock
    case .held(let holder):
      throw Failure(
        .tryLater, "refit serve is at work on \(project.root) already (\(holder)); one is enough")
    }
  }
}

/// Turn after turn of the daemon, and the rest between two.
struct ServeLoop {
  let orchestrator: Orchestrator
  let manager: ServeManager
  let asJSON: Bool
  private var pacing = TickPacing()
  private var coming = TickPacing.Rest(until: Instant(seconds: 0), endsWithChanges: true)
  private var locks: Set<String> = []
  /// What is wrong, as it was told; empty while nothing is.
  private var told = ""

  init(orchestrator: Orchestrator, manager: ServeManager, asJSON: Bool) {
    self.orchestrator = orchestrator
    self.manager = manager
    self.asJSON = asJSON
  }

  /// - Parameter isReload: somebody asked for it, and is told what is wrong once more.
  mutating func turn(isReload: Bool) {
    if isReload { told = "" }
    var trouble = ""
    var outlook = Outlook()
    var status: String?
    var turn = TickPacing.Turn.failed
    do {
      let report = try orchestrator.tick()
      turn = report.turn
      outlook = report.outlook ?? Outlook()
      let answer = TickAnswer(report)
      if asJSON, answer.hasNews { try sayJSON(answer) }
      if !asJSON, !report.wasBusy { answer.tell(report) }
      let configuration = report.configurationTrouble.map { Failure(lastGoodAfter: $0).description }
      trouble = (report.troubles + [configuration].compactMap(\.self)).joined(separator: "\n")
      if !report.wasBusy { status = Self.status(report) }
    } catch {
      trouble = "\(error)"
    }
    let wasBusy = if case .busy = turn { true } else { false }
    // Who could not look knows nothing of what is wrong.
    if !wasBusy { tell(trouble, isReload: isReload) }
    manager.tell(.ready(status: status ?? (wasBusy ? "another tick is at work" : "in trouble: \(trouble)")))
    coming = pacing.rest(after: turn, next: outlook.instant, now: World.wallClock())
    locks = outlook.locks
  }

  /// Waits for the next turn's time, with signs of life for the service manager.
  func rest() {
    let limit = manager.watchdog.map { $0 / 2 } ?? .seconds(3600)
    repeat { manager.tell(.watchdog) } while !orchestrator.rest(coming, locks: locks, atMost: limit)
  }

  /// Tells a trouble once, not again at each turn for as long as it stays the same; and when it is over.
  private mutating func tell(_ trouble: String, isReload: Bool) {
    if trouble != told, !trouble.isEmpty { complain(trouble) }
    if trouble.isEmpty, !told.isEmpty { complain("what was wrong is over; going on") }
    if trouble.isEmpty, isReload, !asJSON { say("refit.yaml is in force as it is now.") }
    told = trouble
  }

  /// A line for `systemctl status`.
  private static func status(_ report: TickReport) -> String {
    let jobs = report.liveAttempts == 0 ? [] : ["\(PersonNumber.count(report.liveAttempts, "job")) running"]
    let held =
      report.heldRuns.isEmpty ? [] : ["paused: \(report.heldRuns.map(\.description).joined(separator: ", "))"]
    let troubles = report.troubles.isEmpty ? [] : ["in trouble: \(report.troubles.joined(separator: "; "))"]
    let next = report.outlook?.instant.map { ["next at \($0)"] } ?? []
    let parts = troubles + jobs + held + next
    return parts.isEmpty ? "nothing is due" : parts.joined(separator: "; ")
  }
}
