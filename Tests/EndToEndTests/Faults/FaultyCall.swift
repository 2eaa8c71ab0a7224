import Foundation
import RefitTesting
import Synchronization

/// A call of the file system that fails in the real command, into which the library RefitFaults is preloaded.
struct FaultyCall: CustomStringConvertible, Sendable {
  /// `write`, `sync`, `rename`…
  var kind: String
  /// An `errno` by name, or `short`: half of it is done.
  var action: String
  /// Which call of this kind it is, from 1.
  var number: Int
  /// Whether all calls after it fail, too, as on a disk that is full.
  var isLasting = false
  /// Only files whose path below the project has this in it; nil: all.
  var named: String?

  var description: String {
    "\(kind):\(action):\(number)\(isLasting ? "+" : "")\(named.map { " of \($0)" } ?? "")"
  }

  func environment(of project: String) throws -> [String: String] {
    var variables = try Self.counting(in: project, named: named)
    variables["REFIT_FAULT"] = "\(kind):\(action):\(number)\(isLasting ? "+" : "")"
    return variables
  }

  /// Nothing fails; the calls are counted.
  static func counting(in project: String, named: String? = nil) throws -> [String: String] {
    var variables = [
      "LD_PRELOAD": try Products.path("libRefitFaults.so"), "REFIT_FAULT_UNDER": project,
      "REFIT_FAULT_TALLY": tally(of: project),
    ]
    variables["REFIT_FAULT_NAMED"] = named
    return variables
  }

  /// The calls of the last command, by kind.
  static func counted(in project: String) throws -> [String: Int] {
    let text = try String(contentsOf: URL(filePath: tally(of: project)), encoding: .utf8)
    let pairs = text.split(separator: "\n").map { $0.split(separator: " ") }
    return Dictionary(uniqueKeysWithValues: pairs.map { (String($0[0]), Int($0[1]) ?? 0) })
  }

  /// Beside the project, so that it is not counted itself.
  private static func tally(of project: String) -> String { "\(project).calls" }
}

/// A project that many tests begin with, made when the first of them asks for it and gone with the process.
struct SharedProject: Sendable {
  private let made: Result<ScratchDirectory, any Error>

  init(_ make: () throws -> TestProject) {
    made = Result { try make().scratch }
    guard case .success(let scratch) = made else { return }
    Self.paths.withLock { $0.append(scratch.path) }
    atexit { SharedProject.paths.withLock { $0 }.forEach { try? FileManager.default.removeItem(atPath: $0) } }
  }

  func path() throws -> String { try made.get().path }

  private static let paths = Mutex<[String]>([])
}

/// A project as another one left it: the same files in another place.
final class ProjectCopy {
  let scratch: ScratchDirectory
  private let refit: String

  init(of project: String) throws {
    scratch = try ScratchDirectory("refit-copy")
    refit = try Products.path("refit")
    let copied = try Command.run("/bin/cp", ["-a", "\(project)/.", path])
    guard copied.status == 0 else { throw SupportFailure(copied.errors) }
  }

  var path: String { "\(scratch.path)" }

  deinit { try? FileManager.default.removeItem(atPath: "\(scratch.path).calls") }

  /// Runs the command, which is killed after a minute: status -9 then.
  @discardableResult
  func refit(_ arguments: [String], environment: [String: String] = [:]) throws -> Command {
    let started = try Command.start(refit, arguments + ["--project", path], environment: environment)
    if !eventually(within: 60, { !started.process.isRunning }) { started.kill(SIGKILL) }
    return started.wait()
  }

  func runStates() throws -> [String] {
    let answer = try refit(["runs", "--json"])
    let object = try JSONSerialization.jsonObject(with: Data(answer.output.utf8)) as? [String: Any]
    let runs = object?["runs"] as? [[String: Any]] ?? []
    return runs.reversed().compactMap { $0["state"] as? String }
  }
}
