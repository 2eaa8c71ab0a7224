import ArgumentParser
import Glibc
import RefitCore
import RefitEngine
import RefitExecution

/// Which project a command is about, and how it answers.
struct ProjectOptions: ParsableArguments {
  @Option(
    name: .long,
    help: ArgumentHelp(
      "The project's directory; by default this one, or the nearest above it with a refit.yaml.",
      valueName: "dir"),
    completion: .directory)
  var project: String?

  @Flag(name: .long, help: "Answer in JSON, with times in UTC.")
  var json = false

  /// The project's directory, absolute.
  ///
  /// - Throws: a configuration failure when there is no refit.yaml.
  func directory() throws -> ProjectDirectory {
    if let project {
      guard let path = realpath(project, nil) else {
        throw Failure(.configuration, "there is no directory '\(project)'")
      }
      defer { free(path) }
      let found = ProjectDirectory(root: String(cString: path))
      guard FileBytes.exists(found.configuration) else {
        throw Failure(.configuration, "\(found.root) is no project: it has no refit.yaml")
      }
      return found
    }
    return try Self.nearest()
  }

  private static func nearest() throws -> ProjectDirectory {
    guard let here = getcwd(nil, 0) else { throw Failure(.failure, "this directory can't be named") }
    defer { free(here) }
    let start = String(cString: here)
    var path = start
    while true {
      if FileBytes.exists("\(path)/refit.yaml") { return ProjectDirectory(root: path) }
      guard let slash = path.lastIndex(of: "/"), slash > path.startIndex else { break }
      path = String(path[..<slash])
    }
    throw Failure(.configuration, "neither \(start) nor a directory above it has a refit.yaml")
  }

  /// The engine over the project, on this machine's real world.
  func orchestrator() throws -> Orchestrator {
    Orchestrator(project: try directory(), world: try .real())
  }
}
