import RefitTesting

/// The examples of the reference.
enum Documented {
  static let path = "Documentation/configuration.md"

  /// The blocks that are whole files.
  static func files() throws -> [String] {
    try blocks().filter { $0.hasPrefix("version: 1\n") }
  }

  /// The blocks that are parts of a model, at its indentation.
  static func parts() throws -> [String] {
    try blocks().filter { !$0.hasPrefix("version: 1\n") }
  }

  private static func blocks() throws -> [String] {
    let text = try Repository.text(path)
    return text.split(separator: "```yaml\n").dropFirst().map { rest in
      String(rest.split(separator: "```", maxSplits: 1)[0])
    }
  }
}
