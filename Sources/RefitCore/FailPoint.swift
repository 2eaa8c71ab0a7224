/// A place where the orchestrator may be stopped dead: before or after a commit, before or after an effect.
///
/// Tests play a fault at each of them; in use, reaching one does nothing.
public struct FailPoint: Hashable, Sendable, CustomStringConvertible {
  public enum Moment: String, CaseIterable, Sendable {
    /// Of a commit: everything is written, and nothing is durable yet.
    case before
    /// The deed is done, and nothing that follows from it.
    case after
  }

  /// Everything that changes the database, the files of the project or a process.
  public enum Deed: String, CaseIterable, Sendable {
    // Commits, each one transaction.
    case createProject = "create-project"
    case migrate
    case applyConfiguration = "apply-configuration"
    case recordEvaluation = "record-evaluation"
    case passOccurrences = "pass-occurrences"
    case holdOccurrence = "hold-occurrence"
    case recordCheck = "record-check"
    case noteClock = "note-clock"
    case acceptClock = "accept-clock"
    case moveSchedules = "move-schedules"
    case appendObservations = "append-observations"
    case appendEvents = "append-events"
    case recordDataFile = "record-data-file"
    case keepDrawKey = "keep-draw-key"
    case openRun = "open-run"
    case commitTransition = "commit-transition"
    case recordPublication = "record-publication"
    case rollBack = "roll-back"
    case pause, resume
    case appendBackfill = "append-backfill"
    // Effects.
    case setSimulatedClock = "set-simulated-clock"
    case freezeHoldout = "freeze-holdout"
    case prepareAttempt = "prepare-attempt"
    case prepareCheck = "prepare-check"
    case launch
    case cancel
    case void
    case sweep
    case sealOutputs = "seal-outputs"
    case beginWork = "begin-work"
    case clearWork = "clear-work"
    case publish
  }

  public var moment: Moment
  public var deed: Deed

  public init(_ moment: Moment, _ deed: Deed) {
    self.moment = moment
    self.deed = deed
  }

  /// Reads what `description` writes, such as `before:launch`; nil for anything else.
  public init?(_ text: String) {
    let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2, let moment = Moment(rawValue: String(parts[0])),
      let deed = Deed(rawValue: String(parts[1]))
    else { return nil }
    self.init(moment, deed)
  }

  public var description: String { "\(moment.rawValue):\(deed.rawValue)" }

  public static let all = Deed.allCases.flatMap { deed in Moment.allCases.map { FailPoint($0, deed) } }
}

/// The orchestrator's sudden end at a fail point. Nobody catches it to go on: whoever sees one passes it on.
public struct Interruption: Error, Hashable, Sendable, CustomStringConvertible {
  public let point: FailPoint

  public init(at point: FailPoint) {
    self.point = point
  }

  public var description: String { "stopped at the fail point \(point)" }
}
