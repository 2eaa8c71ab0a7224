/// Why a cron expression is refused, and where.
public struct CronError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What kind of refusal it is.
  public enum Reason: Hashable, Sendable {
    /// The expression itself is wrong.
    case expression
    /// There is an `H`, and no name that fixes its value.
    case nameMissing
  }

  /// The place in the expression, counted in characters from 1.
  public let column: Int
  /// The field's name (`minute`, `day of month`, …); nil when the expression as a whole is wrong.
  public let field: String?
  /// What is wrong, and what would be right.
  public let message: String
  /// What kind of refusal it is.
  public let reason: Reason

  init(column: Int, field: CronField? = nil, reason: Reason = .expression, _ message: String) {
    self.column = column
    self.field = field?.name
    self.reason = reason
    self.message = message
  }

  /// One line: column, field and message.
  public var description: String {
    guard let field else { return "column \(column): \(message)" }
    return "column \(column), \(field): \(message)"
  }
}
