/// Why the rules of a time zone could not be had.
public struct TimeZoneError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The zone as it was asked for.
  public let identifier: String
  /// What is wrong.
  public let message: String

  /// An error about one zone.
  public init(identifier: String, message: String) {
    self.identifier = identifier
    self.message = message
  }

  /// One line: zone and message.
  public var description: String { "time zone \(identifier): \(message)" }
}
