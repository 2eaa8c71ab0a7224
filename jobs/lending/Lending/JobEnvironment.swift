import Glibc

/// What refit gives to a job: the `REFIT_…` variables of the job contract.
public struct JobEnvironment: Sendable {
  public var input: String
  public var output: String
  public var progress: String?

  /// Reads REFIT_INPUT, REFIT_OUTPUT and REFIT_PROGRESS; throws `missingVariable`.
  public init() throws(LendingError) {
    input = try Self.required("REFIT_INPUT")
    output = try Self.required("REFIT_OUTPUT")
    progress = Self.variable("REFIT_PROGRESS")
  }

  /// A variable's text, or nil when it is unset or empty.
  public static func variable(_ name: String) -> String? {
    guard let pointer = getenv(name), pointer.pointee != 0 else { return nil }
    return String(cString: pointer)
  }

  /// A variable's text; throws `missingVariable`.
  public static func required(_ name: String) throws(LendingError) -> String {
    guard let text = variable(name) else { throw .missingVariable(name) }
    return text
  }

  /// Adds a line to the progress file, where refit has given one.
  public func report(done: Int, total: Int, note: String, logLoss: Double) throws(LendingError) {
    guard let progress else { return }
    let line =
      #"{"done": \#(done), "total": \#(total), "note": "\#(note)", "metrics": {"log_loss": \#(logLoss)}}"#
    try Files.append(line + "\n", to: progress)
  }
}
