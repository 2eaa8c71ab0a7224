import ArgumentParser
import RefitCore

/// Reads arguments, and says what would be right where one is wrong.
enum Arguments {
  static func run(_ text: String) throws -> RunID {
    if let id = RunID(text) { return id }
    let hint = Name(text).map { "\($0)#1" } ?? "credit-risk#42"
    throw ValidationError("'\(text)' is no run; write it as \(hint)")
  }

  static func instant(_ text: String) throws -> Instant {
    if let instant = Instant(text) { return instant }
    throw ValidationError("'\(text)' is no time; write 2026-03-01 or 2026-03-01T02:15:00Z")
  }

  static func schedule(_ text: String) throws -> Name {
    if let name = Name(text) { return name }
    throw ValidationError(
      "'\(text)' is no name of a schedule: lower-case letters, digits and hyphens, at most 63")
  }

  static func model(_ text: String) throws -> Name {
    if let name = Name(text) { return name }
    throw ValidationError(
      "'\(text)' is no name of a model: lower-case letters, digits and hyphens, at most 63")
  }
}
