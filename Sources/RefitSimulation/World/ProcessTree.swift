import RefitCore

/// The supervisor of one attempt and the processes under it.
struct ProcessTree: Sendable {
  enum Supervisor: Sendable {
    case alive
    case ended(ExitRecord)
    /// Gone without a record, in this boot.
    case gone(boot: Int)
  }

  let order: LaunchOrder
  let kind: JobKind
  let behaviour: Behaviour
  let startedAt: Int64
  let boot: Int
  var supervisor = Supervisor.alive
  /// When its supervisor will have ended it; nil: never by itself.
  var endsAt: Int64?
  /// Whether processes of the job are there.
  var isAlive = true
  /// How many sweeps it takes until nothing is left.
  var toughness = 0
  var isCancelled = false
  /// Of a check: whether the data were there when it began.
  var hasLanded = true

  /// `loans/3/train`: what it is there for, which no two live trees may share.
  var place: String {
    let parts = order.directory.split(separator: "/")
    let champion = parts.last?.hasPrefix("champion-") == true ? " of the champion" : ""
    return parts.dropLast().suffix(3).joined(separator: "/") + champion
  }

  /// Nil for long work of Refit's own, and for checks, which read and write nothing of a model.
  var model: String? { kind == .check ? nil : order.environment["REFIT_MODEL"] }
  var run: String? { order.environment["REFIT_RUN"] }

  /// Whether its supervisor still holds the lock: because it is at work, or because it can't end what is there.
  var isHeld: Bool {
    switch supervisor {
    case .alive: true
    case .ended(let record): record.reason == .unkillable && isAlive
    case .gone: false
    }
  }

  /// Whether processes of it are there, and no supervisor.
  var isOrphaned: Bool {
    if case .gone = supervisor { isAlive } else { false }
  }

  /// What its supervisor writes down when it ends by itself.
  var record: ExitRecord {
    if isCancelled, behaviour != .unkillable { return ExitRecord(reason: .cancelled) }
    switch behaviour {
    case .fail: return ExitRecord(reason: .exited, exitCode: 1)
    case .askLater: return ExitRecord(reason: .exited, exitCode: 75)
    case .signalled: return ExitRecord(reason: .signalled, signal: 11)
    case .runOutOfMemory: return ExitRecord(reason: .outOfMemory)
    case .hang: return ExitRecord(reason: .timedOut)
    case .unkillable: return ExitRecord(reason: .unkillable)
    case .notStarted: return ExitRecord(reason: .notStarted, error: "no such file")
    default: return ExitRecord(reason: .exited, exitCode: hasLanded ? 0 : 1)
    }
  }
}
