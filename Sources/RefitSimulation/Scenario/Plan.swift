import RefitCore

/// Everything that a simulation does to a project, fixed before it begins: the seed's own, or what is left of it
/// after shrinking.
public struct Plan: Hashable, Sendable, Codable {
  /// How Refit runs there.
  public enum Style: Hashable, Sendable, Codable, CustomStringConvertible {
    /// `refit serve`: one process that ticks when there may be work.
    case daemon
    /// `refit tick` from cron every so many seconds, each time a new process.
    case cron(seconds: Int64)

    public var description: String {
      switch self {
      case .daemon: "as a daemon"
      case .cron(let seconds): "from cron every \(seconds) s"
      }
    }
  }

  public let seed: UInt64
  let start: Instant
  var seconds: Int64
  let style: Style
  var settings: ProjectSettings
  public var happenings: [Happening]

  /// What to print above a trace.
  public var title: String {
    let models = settings.models.map(\.name).joined(separator: ", ")
    return "seed \(seed): \(seconds / 86_400) days from \(start), \(style), models \(models), "
      + "\(happenings.count) happenings"
  }
}
