import RefitConfiguration
import RefitStore

/// Why the engine could not do what was asked, with a sentence that says what would help.
public enum EngineError: Error, CustomStringConvertible {
  case configuration(ConfigurationError)
  case store(StoreError)
  /// Another writer held the lock for longer than was waited.
  case busy(String)
  /// A program that is no refit holds the database: no tick is at work in our place.
  case held(String)
  /// What was named does not exist.
  case notFound(String)
  /// It was asked in the wrong way.
  case usage(String)
  /// What was asked is not possible now.
  case refused(String)
  /// A file or a process of Refit's own failed.
  case system(String)

  public var description: String {
    switch self {
    case .configuration(let error): "\(error)"
    case .store(let error): "\(error)"
    case .busy(let sentence), .held(let sentence), .notFound(let sentence), .usage(let sentence),
      .refused(let sentence),
      .system(let sentence):
      sentence
    }
  }

  init(_ error: any Error) {
    self =
      switch error {
      case let error as EngineError: error
      case let error as ConfigurationError: .configuration(error)
      case StoreError.busy(let path): .held("another program holds \(path); try again")
      case let error as StoreError: .store(error)
      default: .system("\(error)")
      }
  }
}
