import Foundation

/// Another implementation's answers, from the virtual environment that `make test` sets up.
enum Oracle {
  struct Missing: Error, CustomStringConvertible {
    let description: String
  }

  /// Runs `Tests/Oracles/SCRIPT` with a question on its standard input and decodes what it answers.
  static func ask<Question: Encodable, Answer: Decodable>(
    _ script: String, _ question: Question, answer: Answer.Type = Answer.self
  ) throws -> Answer {
    let tests = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    let python = tests.deletingLastPathComponent().appendingPathComponent(".venv/bin/python")
    guard FileManager.default.isExecutableFile(atPath: python.path) else {
      throw Missing(description: "\(python.path) is missing: run 'make test', which sets the oracles up")
    }
    // A file, not a pipe: a question longer than a pipe's buffer would wait for its reader.
    let file = FileManager.default.temporaryDirectory.appendingPathComponent(
      "oracle-\(UUID().uuidString).json")
    try JSONEncoder().encode(question).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    let output = Pipe()
    let process = Process()
    process.executableURL = python
    process.arguments = [tests.appendingPathComponent("Oracles/\(script)").path]
    process.standardInput = try FileHandle(forReadingFrom: file)
    process.standardOutput = output
    try process.run()
    let answer = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
      throw Missing(
        description: "\(script) ended with \(process.terminationStatus); run 'make test' to set it up")
    }
    return try JSONDecoder().decode(Answer.self, from: answer)
  }
}
