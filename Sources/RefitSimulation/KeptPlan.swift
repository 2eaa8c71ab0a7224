import Foundation

/// A plan that once made an invariant fail, kept for ever with what it found. The plan itself is kept, not its seed
/// alone: a seed means another plan as soon as scenarios are drawn in another way.
public struct KeptPlan: Codable, Sendable {
  /// What it found, in a sentence.
  public var found: String
  /// When, as `2026-11-23`.
  public var date: String
  public var plan: Plan

  public init(found: String, date: String, plan: Plan) {
    self.found = found
    self.date = date
    self.plan = plan
  }

  public init(path: String) throws {
    self = try JSONDecoder().decode(KeptPlan.self, from: Data(contentsOf: URL(filePath: path)))
  }

  public func write(to path: String) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
    try (encoder.encode(self) + [UInt8(ascii: "\n")]).write(to: URL(filePath: path))
  }
}
