import Foundation

/// Asks Tests/Oracles/statistics_oracle.py, that is numpy, scipy, scikit-learn and fairlearn.
enum Oracle {
  /// One answer a case, in order, from one process.
  static func answers<Case: Encodable, Answer: Decodable>(
    _ kind: String, _ cases: [Case], as answer: Answer.Type
  ) throws -> [Answer] {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("refit-oracle-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let response = Result { try ask(Request(kind: kind, cases: cases), in: folder, as: answer) }
    try FileManager.default.removeItem(at: folder)
    let answers = try response.get().answers
    guard answers.count == cases.count else {
      throw Failure("the oracle answered \(answers.count) of \(cases.count) \(kind) cases")
    }
    return answers
  }

  private static func ask<Case: Encodable, Answer: Decodable>(
    _ request: Request<Case>, in folder: URL, as answer: Answer.Type
  ) throws -> Response<Answer> {
    let asked = folder.appendingPathComponent("cases.json")
    let answered = folder.appendingPathComponent("answers.json")
    try JSONEncoder().encode(request).write(to: asked)
    try Data().write(to: answered)
    try run(input: asked, output: answered)
    return try JSONDecoder().decode(Response<Answer>.self, from: Data(contentsOf: answered))
  }

  /// Files instead of pipes: neither side can wait for the other.
  private static func run(input: URL, output: URL) throws {
    guard FileManager.default.isExecutableFile(atPath: interpreter) else {
      throw Failure(
        "there is no Python at \(interpreter): run `make test`, which installs Tests/Oracles/requirements.txt "
          + "there, or name another with REFIT_PYTHON")
    }
    let process = Process()
    process.executableURL = URL(fileURLWithPath: interpreter)
    process.arguments = [root.appendingPathComponent("Tests/Oracles/statistics_oracle.py").path]
    process.standardInput = try FileHandle(forReadingFrom: input)
    process.standardOutput = try FileHandle(forWritingTo: output)
    try process.run()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
      throw Failure("the oracle ended with status \(process.terminationStatus); its traceback is above")
    }
  }

  private static var interpreter: String {
    ProcessInfo.processInfo.environment["REFIT_PYTHON"]
      ?? root.appendingPathComponent(".venv/bin/python").path
  }

  /// The repository: this file is Tests/RefitStatisticsTests/Oracle/Oracle.swift in it.
  private static var root: URL {
    (0..<4).reduce(URL(fileURLWithPath: #filePath)) { url, _ in url.deletingLastPathComponent() }
  }

  private struct Request<Case: Encodable>: Encodable {
    let kind: String
    let cases: [Case]
  }

  private struct Response<Answer: Decodable>: Decodable {
    let answers: [Answer]
  }

  struct Failure: Error, CustomStringConvertible {
    let description: String
    init(_ description: String) { self.description = description }
  }
}
