import Foundation

/// Another implementation's answers, from the Python that `make test` sets up.
public enum Oracle {
  /// Asks a script of Tests/Oracles: the question goes in as JSON, what it prints is the answer.
  public static func ask<Question: Encodable, Answer: Decodable>(
    _ script: String, _ question: Question, as answer: Answer.Type = Answer.self
  ) throws -> Answer {
    let scratch = try ScratchDirectory("refit-oracle")
    // A file, not a pipe: a question longer than a pipe's buffer would wait for its reader.
    let input = try scratch.write(JSONEncoder().encode(question), to: "question.json")
    let path = Repository.path("Tests/Oracles/\(script)")
    let command = try Command.run(interpreter(), [path], input: input)
    guard command.status == 0 else {
      throw SupportFailure("\(script) ended with status \(command.status):\n\(command.errors)")
    }
    return try JSONDecoder().decode(Answer.self, from: Data(command.output.utf8))
  }

  /// The path of that Python.
  public static func interpreter() throws -> String {
    let path = ProcessInfo.processInfo.environment["REFIT_PYTHON"] ?? Repository.path(".venv/bin/python")
    guard access(path, X_OK) == 0 else {
      throw SupportFailure(
        "there is no Python at \(path): run `make test`, which installs Tests/Oracles/requirements.txt there, "
          + "or name another with REFIT_PYTHON")
    }
    return path
  }
}
