import RefitCore
import RefitExecution

/// A command under a supervisor, by what the orchestrator knows of it beside what its directory tells.
struct Supervised {
  let directory: String
  /// How often a supervisor was started for it; nil where only the directory knows.
  var launches: Int?
  var hasRun = false
  var wish = Supervision.Wish.run
  /// Its time-out with the grace after it.
  let limit: Timespan
  /// Its token as it is recorded; asked for only where its directory no longer tells.
  let token: () throws -> String
}

/// What there is to be done for a command under a supervisor, once its supervision has gone as far as it can now.
enum Standing {
  case running
  /// Nothing yet: a supervisor may still take it up, or something of what it left is still there.
  case pending
  /// A supervisor is to be started for it.
  case startable
  case over(SupervisionEnd)
}

extension Orchestrator {
  /// Asks how the command is, and does what follows from it, save starting a supervisor.
  func attend(_ command: Supervised) throws -> Standing {
    let directory = command.directory
    switch try supervision(of: command).step {
    case .watch: return .running
    case .wait: return .pending
    case .launch: return .startable
    case .over(let end): return .over(end)
    case .void(let end):
      // The claim that gives it up needs its directory, which a process of its own may not have made yet.
      try FileBytes.makeDurableDirectory(directory)
      let isVoid = try world.performing(.void) { try world.launcher.void(directory: directory) }
      return isVoid ? .over(.unrecorded(end)) : .pending
    case .sweep(let known):
      let token = try known ?? command.token()
      let isGone = try world.performing(.sweep) {
        try world.launcher.sweep(directory: directory, token: token)
      }
      if !isGone { unswept += 1 }
      return isGone ? .over(.unrecorded(.lost)) : .pending
    }
  }

  /// How it is now.
  func supervision(of command: Supervised) throws -> Supervision {
    let directory = command.directory
    let probe = try world.launcher.probe(directory: directory)
    var supervision = Supervision(
      probe: probe, wish: command.wish, launches: command.launches ?? 0, hasRun: command.hasRun,
      limit: command.limit)
    switch probe {
    case .running: supervision.age = try world.launcher.age(directory: directory)
    case .notStarted:
      let mark = try LaunchMark.read(in: directory)
      supervision.launches = command.launches ?? mark?.times ?? 0
      supervision.sinceLaunch = mark.map { Timespan(seconds: (world.elapsed() - $0.at).components.seconds) }
    case .void, .lost, .ended: break
    }
    return supervision
  }

  /// Starts a supervisor for a command whose record says that it is being launched.
  func launch(_ order: LaunchOrder) throws {
    hasLaunched = true
    try world.performing(.launch) {
      try world.launcher.launch(order)
      let former = try LaunchMark.read(in: order.directory)
      try LaunchMark(times: (former?.times ?? 0) + 1, at: world.elapsed()).write(in: order.directory)
    }
  }
}
