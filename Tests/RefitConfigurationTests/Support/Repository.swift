import Foundation

/// Files of the repository that tests read.
enum Repository {
  static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  static func text(_ path: String) throws -> String {
    try String(contentsOf: root.appending(path: path), encoding: .utf8)
  }

  /// The interpreter of the test oracles.
  static var python: String {
    ProcessInfo.processInfo.environment["REFIT_PYTHON"] ?? root.appending(path: ".venv/bin/python").path
  }
}
