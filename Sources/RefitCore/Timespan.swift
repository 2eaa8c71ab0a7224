/// A length of time in whole seconds, written as a duration word: `90s`, `15m`, `12h`, `3d`, `2w`.
public struct Timespan: Hashable, Comparable, Sendable {
  public let seconds: Int64

  public init(seconds: Int64) {
    self.seconds = seconds
  }

  public static let zero = Timespan(seconds: 0)

  public static func days(_ count: Int64) -> Timespan { Timespan(seconds: count * 86_400) }
  public static func hours(_ count: Int64) -> Timespan { Timespan(seconds: count * 3600) }
  public static func minutes(_ count: Int64) -> Timespan { Timespan(seconds: count * 60) }

  public static func < (left: Timespan, right: Timespan) -> Bool {
    left.seconds < right.seconds
  }

  public static func * (span: Timespan, factor: Int64) -> Timespan {
    Timespan(seconds: span.seconds * factor)
  }
}

extension Timespan: CustomStringConvertible, LosslessStringConvertible, Codable {
  private static let units: [(letter: Character, seconds: Int64)] = [
    ("w", 604_800), ("d", 86_400), ("h", 3600), ("m", 60), ("s", 1),
  ]

  /// Reads a duration word: a whole number and one of `s m h d w`. Nil for anything else, and past 1,000 years.
  public init?(_ word: String) {
    guard let letter = word.last, let unit = Self.units.first(where: { $0.letter == letter }),
      word.dropLast().utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }),
      let count = Int64(word.dropLast()),
      case let (seconds, overflow) = count.multipliedReportingOverflow(by: unit.seconds),
      !overflow, seconds <= 366_000 * 86_400
    else { return nil }
    self.init(seconds: seconds)
  }

  /// The duration word in the largest unit that divides it; weeks are said as days.
  public var description: String {
    if seconds == 0 { return "0s" }
    for unit in Self.units.dropFirst() where seconds % unit.seconds == 0 {
      return "\(seconds / unit.seconds)\(unit.letter)"
    }
    return "\(seconds)s"
  }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let word = try container.decode(String.self)
    guard let span = Timespan(word) else {
      throw DecodingError.dataCorruptedError(in: container, debugDescription: "'\(word)' is not a duration")
    }
    self = span
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}
