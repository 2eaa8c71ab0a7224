import RefitCore

/// Something that the world does to a project, at a time that the plan fixes beforehand. Any of them can be left out,
/// and the others still make sense: so a failure can be shrunk.
public struct Happening: Hashable, Sendable, Codable, CustomStringConvertible {
  /// Seconds of elapsed time.
  var at: Int64
  var what: What

  enum What: Hashable, Sendable, Codable {
    case person(Person)
    case configure(Configuring)
    case observe(model: String, value: Double)
    /// The monitoring state of a model becomes no JSON.
    case garbleObservations(model: String)
    /// Someone puts the file `state/PAUSED` there, or takes it away.
    case pauseFile(Bool)
    /// A second orchestrator ticks on the same folder right now.
    case duplicateTick
    /// A second orchestrator ticks while the first one is at a fail point.
    case intruder(FailPoint)
    /// The process is killed between two ticks.
    case kill
    /// The process is killed when it next comes to this point, so many times in a row.
    case crash(FailPoint, times: Int)
    /// The process is killed at whatever point it comes to after so many others.
    case crashSoon(after: Int)
    case fault(StorageFault, FailPoint)
    case clockStep(seconds: Int64)
    case reboot
    /// The machine is switched off for so long, and then boots.
    case off(seconds: Int64)
    /// The next command that starts in a job of this kind does this.
    case job(JobKind, Behaviour)
    case launch(LaunchFault)
    /// The supervisors of all running attempts are killed.
    case loseSupervisors
    /// Someone writes to the newest sealed candidate that is being judged or awaits approval.
    case swapCandidate
  }

  enum Person: Hashable, Sendable, Codable {
    case retrain(String), cancel(String), approve(String), reject(String), rollback(String)
    /// Of a model, or of the whole project; for so many hours, or until someone resumes.
    case pause(String?, hours: Int?)
    case resume(String?)
    /// The observations of the last days, as they would have been known.
    case backfill(String, days: Int)
    /// The clock, which is behind the record, is right.
    case acceptClock
  }

  enum Configuring: Hashable, Sendable, Codable {
    case reschedule(model: String, schedule: Int, Rhythm, zone: String)
    case action(model: String, schedule: Int)
    case remove(model: String)
    case restore(model: String)
    case mode(model: String, ModelSettings.Mode)
    case promotion(model: String, ModelSettings.Promotion)
    case gates(model: String, ModelSettings.Gates)
    case spoil
    case mend
  }

  enum StorageFault: String, Hashable, Sendable, Codable {
    case diskFull = "disk full"
    case inputOutput = "input/output error"
  }

  enum LaunchFault: Hashable, Sendable, Codable {
    /// No supervisor can be started, so many times.
    case refuse(Int)
    /// A supervisor dies before it claims, so many times.
    case neverClaim(Int)
    /// The next supervisor claims only so many seconds later.
    case claimLate(seconds: Int64)
  }

  public var description: String { "\(at) s: \(what)" }
}

/// As its description, such as `before:launch`.
extension FailPoint: Codable {
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let text = try container.decode(String.self)
    guard let point = FailPoint(text) else {
      throw DecodingError.dataCorruptedError(in: container, debugDescription: "'\(text)' is no fail point")
    }
    self = point
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}
