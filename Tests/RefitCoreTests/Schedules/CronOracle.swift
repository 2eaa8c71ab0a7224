import Foundation

/// Asks `Tests/Oracles/cron_oracle.py`, which answers from cronsim, zoneinfo and the C library.
struct CronOracle {
  struct Question: Encodable {
    var cron: [Case] = []
    var offsets: [ZoneInstants] = []
    var rules: [RuleInstants] = []
  }

  struct Case: Encodable {
    var expression: String
    var zone: String
    var after: Int64
    var count: Int
  }

  struct ZoneInstants: Encodable {
    var zone: String
    var instants: [Int64]
  }

  struct RuleInstants: Encodable {
    var rule: String
    var instants: [Int64]
  }

  struct Answer: Decodable {
    var cron: [[Int64]]
    var offsets: [[Int]]
    var rules: [[Int]]
  }

  struct Failure: Error, CustomStringConvertible {
    var description: String
  }

  static func ask(_ question: Question) throws -> Answer {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    let python = ProcessInfo.processInfo.environment["REFIT_PYTHON"] ?? root.path + "/.venv/bin/python"
    guard FileManager.default.isExecutableFile(atPath: python) else {
      throw Failure(description: "\(python) is missing: run `make test`, which installs the oracles")
    }
    let process = Process()
    process.executableURL = URL(filePath: python)
    process.arguments = [root.path + "/Tests/Oracles/cron_oracle.py"]
    let input = Pipe()
    let output = Pipe()
    process.standardInput = input
    process.standardOutput = output
    try process.run()
    try input.fileHandleForWriting.write(contentsOf: JSONEncoder().encode(question))
    try input.fileHandleForWriting.close()
    let answer = try output.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
      throw Failure(description: "the oracle ended with status \(process.terminationStatus)")
    }
    return try JSONDecoder().decode(Answer.self, from: answer)
  }
}
