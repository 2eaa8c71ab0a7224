import RefitConfiguration
import RefitEngine

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
