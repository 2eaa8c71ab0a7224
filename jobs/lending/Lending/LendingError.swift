/// Why a lending job could not do its work; each case prints as one sentence that its user can act on.
public enum LendingError: Error, Equatable, CustomStringConvertible {
  case usage(String)
  case missingVariable(String)
  case unreadable(path: String, reason: String)
  case unwritable(path: String, reason: String)
  case malformed(path: String, line: Int, reason: String)
  case missingColumn(path: String, column: String)
  case badTime(String)
  case notEnough(String)
  case diverged(iterations: Int)

  public var description: String {
    switch self {
    case .usage(let sentence): sentence
    case .missingVariable(let name): "\(name) is not set: this program is meant to be run by refit"
    case .unreadable(let path, let reason): "\(path) can't be read: \(reason)"
    case .unwritable(let path, let reason): "\(path) can't be written: \(reason)"
    case .malformed(let path, let line, let reason): "\(path):\(line): \(reason)"
    case .missingColumn(let path, let column): "\(path) has no column '\(column)'"
    case .badTime(let text): "'\(text)' is not a time such as 2026-01-31T08:30:00Z"
    case .notEnough(let sentence): sentence
    case .diverged(let iterations): "the fit did not converge in \(iterations) iterations"
    }
  }
}
