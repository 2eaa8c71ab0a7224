import Glibc
import RefitCore

/// A project's directory on this machine, and where everything in it lies.
public struct ProjectDirectory: Hashable, Sendable {
  /// Absolute, without a slash at the end.
  public let root: String

  public init(root: String) {
    self.root = root
  }

  public var configuration: String { "\(root)/refit.yaml" }
  public var state: String { "\(root)/state" }
  public var database: String { "\(state)/refit.db" }
  public var writerLock: String { "\(state)/writer.lock" }
  /// Which run is being driven: found by another process, it tells of a death.
  public var drivingNote: String { "\(state)/driving" }
  /// Held by the daemon for as long as it lives.
  public var serveLock: String { "\(state)/serve.lock" }
  /// Touched when an attempt has ended or a row has changed: the next tick may have work.
  public var wake: String { "\(state)/wake" }
  /// The time of the newest tick, in a project with a simulated clock.
  public var simulatedClock: String { "\(state)/clock" }
  /// Whatever lies here pauses the whole project.
  public var pauseFile: String { "\(state)/PAUSED" }
  public var vault: String { "\(state)/vault" }
  /// Long work that processes of Refit's own do.
  public var work: String { "\(state)/long-work" }

  public func monitoring(_ model: Name) -> String { "\(state)/monitoring/\(model)" }
  public func published(_ model: Name) -> String { "\(state)/models/\(model)" }
  public func run(_ run: RunID) -> String { "\(state)/runs/\(run.model)/\(run.number)" }

  public func attempt(_ key: Attempt.Key, of run: RunID) -> String {
    let subject = key.subject == .champion ? "champion-" : ""
    return "\(self.run(run))/\(key.job)/\(subject)\(key.number)"
  }

  /// The path as the project names it: relative where it lies in the project.
  public func relative(_ path: String) -> String {
    path.hasPrefix(root + "/") ? String(path.dropFirst(root.count + 1)) : path
  }

  /// The absolute path of a path that the configuration names.
  public func absolute(_ path: String) -> String {
    path.hasPrefix("/") ? path : "\(root)/\(path)"
  }

  /// The files that a path or a glob names, sorted; none when nothing matches.
  public func files(matching pattern: String) -> [String] {
    var found = glob_t()
    defer { globfree(&found) }
    let path = pattern.hasPrefix("/") ? pattern : "\(literalRoot)/\(pattern)"
    guard glob(path, 0, nil, &found) == 0 else { return [] }
    return (0..<Int(found.gl_pathc)).compactMap { found.gl_pathv[$0].map { String(cString: $0) } }
  }

  /// The root as a pattern that matches nothing but itself.
  private var literalRoot: String {
    var pattern = ""
    for character in root.unicodeScalars {
      if "[]*?\\".unicodeScalars.contains(character) { pattern += "\\" }
      pattern.unicodeScalars.append(character)
    }
    return pattern
  }
}
