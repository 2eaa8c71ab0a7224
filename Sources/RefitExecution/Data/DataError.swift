import RefitTables

/// Data that a monitor, a draw or a gate needs, and that can't be used: a sentence that names the file and the place.
public struct DataError: Error, Hashable, Sendable, CustomStringConvertible {
  /// Whose fault it is.
  public enum Origin: Hashable, Sendable {
    /// The data's: they stay as they are until somebody mends them.
    case data
    /// The machine's, which could not read them just now: a disk that fails, too many open files.
    case machine
  }

  public let description: String
  public let origin: Origin

  public init(_ description: String) {
    self.description = description
    origin = .data
  }

  /// What another error means for data; `prefix` says what was read.
  public init(_ error: any Error, prefix: String = "") {
    description = "\(prefix)\(error)"
    switch error {
    case let error as DataError: origin = error.origin
    case let error as TableError: origin = Self.origin(of: error.code)
    case let failure as FileBytes.Failure: origin = Self.origin(of: failure.code)
    case VaultError.failed(let failure): origin = Self.origin(of: failure.code)
    default: origin = .data
    }
  }

  /// A file by its short name that could not be read.
  init(_ failure: FileBytes.Failure, of name: String) {
    description = "\(name): \(failure.message)"
    origin = Self.origin(of: failure.code)
  }

  private static func origin(of code: Int32?) -> Origin {
    guard let code, code != 0 else { return .data }
    return FileBytes.Failure.isOfContent(code) ? .data : .machine
  }
}
