import ArgumentParser
import Glibc
import RefitConfiguration
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

/// A failure that ends the command: a sentence on standard error, and an exit code.
struct Failure: Error, CustomStringConvertible {
  enum Code: Int32 {
    case no = 1
    case unknown = 2
    case usage = 64
    case failure = 70
    case tryLater = 75
    case configuration = 78
  }

  let code: Code
  let description: String

  init(_ code: Code, _ sentence: String) {
    self.code = code
    description = sentence
  }

  /// The configuration is wrong, and the last good one was used.
  init(lastGoodAfter error: ConfigurationError) {
    let errors = error.diagnostics.filter { $0.severity == .error }.map(\.description)
    self.init(
      .configuration,
      errors.joined(separator: "\n") + "\nthe last good configuration stays in force until this is mended")
  }

  init(_ error: EngineError) {
    let code: Code =
      switch error {
      case .configuration: .configuration
      case .busy, .held: .tryLater
      case .notFound, .usage: .usage
      case .refused: .no
      case .store, .system: .failure
      }
    self.init(code, "\(error)")
  }
}
