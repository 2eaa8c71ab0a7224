import Foundation

/// Asks `Tests/Oracles/csv_oracle.py`, which reads files with Python's csv module.
struct CSVOracle {
  struct Answer: Decodable {
    var rows: [[String]]?
    var refused: String?
  }

  struct Failure: Error, CustomStringConvertible {
    var description: String
  }

  static func read(_ paths: [String]) throws -> [Answer] {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let python = ProcessInfo.processInfo.environment["REFIT_PYTHON"] ?? root.path + "/.venv/bin/python"
    guard FileManager.default.isExecutableFile(atPath: python) else {
      throw Failure(description: "\(python) is missing: run `make test`, which installs the oracles")
    }
    let process = Process()
    process.executableURL = URL(filePath: python)
    process.arguments = [root.path + "/Tests/Oracles/csv_oracle.py"]
    let input = Pipe()
    let output = Pipe()
    process.standardInput = input
    process.standardOutput = output
    try process.run()
    try input.fileHandleForWriting.write(contentsOf: JSONEncoder().encode(["paths": paths]))
    try input.fileHandleForWriting.close()
    let answer = try output.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
      throw Failure(description: "the oracle ended with status \(process.terminationStatus)")
    }
    return try JSONDecoder().decode([Answer].self, from: answer)
  }
}
