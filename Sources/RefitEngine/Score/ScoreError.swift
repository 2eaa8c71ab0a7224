import RefitTables

/// Why predictions could not be scored.
public enum ScoreError: Error, Hashable, Sendable, CustomStringConvertible {
  /// A file that is not there or is no table.
  case table(TableError)
  /// A value that can't be used, with its place.
  case value(file: String, line: Int, String)
  /// Something that does not fit the file as a whole.
  case file(String, String)

  /// A sentence, with the file and the place where there is one.
  public var description: String {
    switch self {
    case .table(let error): error.description
    case .value(let file, let line, let sentence): "\(file):\(line): \(sentence)"
    case .file(let file, let sentence): "\(file): \(sentence)"
    }
  }
}
