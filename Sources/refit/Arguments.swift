import ArgumentParser
import RefitConfiguration
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

  static func scheduleHash(_ text: String) throws -> CronHash {
    let names = text.split(separator: "/", omittingEmptySubsequences: false).compactMap { Name(String($0)) }
    if names.count == 3, names.map(\.text).joined(separator: "/") == text {
      return CronHash(project: names[0], model: names[1], schedule: names[2])
    }
    throw ValidationError(
      "'\(text)' names no schedule; write project/model/schedule, such as lending/credit-risk/nightly")
  }

  static func timespan(_ text: String) throws -> Timespan {
    if let span = Timespan(text), span > .zero { return span }
    throw ValidationError("'\(text)' is no length of time; write 90m, 12h or 3d")
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
