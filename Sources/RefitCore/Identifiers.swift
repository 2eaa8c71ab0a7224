/// The name of a model: `[a-z0-9][a-z0-9-]{0,62}`, so that it is safe in a path, a URL, an argv and a log line.
/// Jobs, schedules and a project are named by the same rule.
public struct Name: Hashable, Comparable, Sendable, CustomStringConvertible {
  public let text: String

  /// Nil when the text breaks the rule.
  public init?(_ text: String) {
    guard Self.isValid(text) else { return nil }
    self.text = text
  }

  public static func isValid(_ text: String) -> Bool {
    guard let first = text.utf8.first, first != UInt8(ascii: "-"), text.utf8.count <= 63 else { return false }
    return text.utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"):
        true
      default: false
      }
    }
  }

  public static func < (left: Name, right: Name) -> Bool { left.text < right.text }

  public var description: String { text }
}

extension Name: Codable {
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let text = try container.decode(String.self)
    guard let name = Name(text) else {
      throw DecodingError.dataCorruptedError(in: container, debugDescription: "'\(text)' is not a name")
    }
    self = name
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(text)
  }
}

/// A version of a model: `credit-risk@17`.
public struct VersionID: Hashable, Sendable, Codable, CustomStringConvertible {
  public let model: Name
  public let number: Int

  public init(model: Name, number: Int) {
    self.model = model
    self.number = number
  }

  /// Reads `credit-risk@17`; nil for anything else.
  public init?(_ text: String) {
    guard let (model, number) = splitNumbered(text, at: "@") else { return nil }
    self.init(model: model, number: number)
  }

  public var description: String { "\(model)@\(number)" }
}

/// A run of a model: `credit-risk#42`.
public struct RunID: Hashable, Sendable, Codable, CustomStringConvertible {
  public let model: Name
  public let number: Int

  public init(model: Name, number: Int) {
    self.model = model
    self.number = number
  }

  /// Reads `credit-risk#42`; nil for anything else.
  public init?(_ text: String) {
    guard let (model, number) = splitNumbered(text, at: "#") else { return nil }
    self.init(model: model, number: number)
  }

  public var description: String { "\(model)#\(number)" }
}

private func splitNumbered(_ text: String, at mark: Character) -> (Name, Int)? {
  let parts = text.split(separator: mark, omittingEmptySubsequences: false)
  guard parts.count == 2, let model = Name(String(parts[0])),
    let number = Int(parts[1]), number > 0, String(number) == parts[1]
  else { return nil }
  return (model, number)
}

/// A SHA-256 in lower-case hexadecimal, 64 characters.
public struct Digest: Hashable, Comparable, Sendable, CustomStringConvertible {
  public let hex: String

  public init(bytes: some Sequence<UInt8>) {
    let digits = Array("0123456789abcdef".utf8)
    var text: [UInt8] = []
    text.reserveCapacity(64)
    for byte in bytes {
      text.append(digits[Int(byte >> 4)])
      text.append(digits[Int(byte & 15)])
    }
    precondition(text.count == 64, "a SHA-256 has 32 bytes")
    hex = String(decoding: text, as: UTF8.self)
  }

  /// Nil unless the text is 64 lower-case hexadecimal digits.
  public init?(_ hex: String) {
    guard hex.utf8.count == 64, hex.utf8.allSatisfy({ Self.nibble($0) != nil }) else { return nil }
    self.hex = hex
  }

  public var bytes: [UInt8] {
    let digits = hex.utf8.map { Self.nibble($0)! }
    return stride(from: 0, to: 64, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
  }

  /// The first 12 digits: enough for a person to tell two apart.
  public var short: String { String(hex.prefix(12)) }

  public static func < (left: Digest, right: Digest) -> Bool { left.hex < right.hex }

  public var description: String { hex }

  private static func nibble(_ digit: UInt8) -> UInt8? {
    switch digit {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): digit - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): digit - UInt8(ascii: "a") + 10
    default: nil
    }
  }
}

extension Digest: Codable {
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let text = try container.decode(String.self)
    guard let digest = Digest(text) else {
      throw DecodingError.dataCorruptedError(in: container, debugDescription: "'\(text)' is not a SHA-256")
    }
    self = digest
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(hex)
  }
}
