/// A point in time: whole microseconds since 1970-01-01T00:00:00Z, leap seconds ignored, as POSIX has it.
///
/// Text is ISO 8601; without an offset it is UTC. As JSON an instant is its text.
public struct Instant: Hashable, Comparable, Sendable {
  public let microseconds: Int64

  public init(microseconds: Int64) {
    self.microseconds = microseconds
  }

  public init(seconds: Int64) {
    self.microseconds = seconds * 1_000_000
  }

  /// Whole seconds, rounded towards the past.
  public var seconds: Int64 {
    Self.floorDivide(microseconds, 1_000_000)
  }

  public static func < (left: Instant, right: Instant) -> Bool {
    left.microseconds < right.microseconds
  }

  public static func + (instant: Instant, span: Timespan) -> Instant {
    Instant(microseconds: instant.microseconds + span.seconds * 1_000_000)
  }

  public static func - (instant: Instant, span: Timespan) -> Instant {
    Instant(microseconds: instant.microseconds - span.seconds * 1_000_000)
  }

  /// The time from the right to the left, in whole seconds, rounded towards the past.
  public static func - (left: Instant, right: Instant) -> Timespan {
    Timespan(seconds: Instant(microseconds: left.microseconds - right.microseconds).seconds)
  }
}

// MARK: - Text

extension Instant: CustomStringConvertible, LosslessStringConvertible, Codable {
  /// `2026-12-01T02:15:00Z`; microseconds only where there are any.
  public var description: String {
    let civil = CivilDate(daysSinceEpoch: Self.floorDivide(seconds, 86_400))
    let secondOfDay = seconds - civil.daysSinceEpoch * 86_400
    let fraction = microseconds - seconds * 1_000_000
    var text = "\(civil)T\(Self.padded(secondOfDay / 3600, 2))"
    text += ":\(Self.padded(secondOfDay / 60 % 60, 2)):\(Self.padded(secondOfDay % 60, 2))"
    if fraction != 0 { text += ".\(Self.padded(fraction, 6))" }
    return text + "Z"
  }

  /// Reads ISO 8601 text: a date, or a date and a time parted by `T` or a space, with an optional fraction
  /// of a second and an optional `Z` or offset. Anything else is nil.
  public init?(_ text: String) {
    var text = text
    let parsed = text.withUTF8 { Instant(iso8601: $0) }
    guard let parsed else { return nil }
    self = parsed
  }

  /// The same, from bytes: what reading a column of a million times needs.
  public init?(iso8601 bytes: UnsafeBufferPointer<UInt8>) {
    var reader = DigitReader(bytes: bytes)
    guard let days = reader.date() else { return nil }
    if reader.isAtEnd {
      self.init(seconds: days * 86_400)
      return
    }
    guard reader.skip(UInt8(ascii: "T")) || reader.skip(UInt8(ascii: " ")) || reader.skip(UInt8(ascii: "t")),
      let microsecondOfDay = reader.timeOfDay(),
      let offset = reader.offset(), reader.isAtEnd
    else { return nil }
    self.init(microseconds: (days * 86_400 - offset) * 1_000_000 + microsecondOfDay)
  }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let text = try container.decode(String.self)
    guard let instant = Instant(text) else {
      throw DecodingError.dataCorruptedError(in: container, debugDescription: "'\(text)' is not a time")
    }
    self = instant
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }

  static func floorDivide(_ dividend: Int64, _ divisor: Int64) -> Int64 {
    let quotient = dividend / divisor
    return dividend % divisor < 0 ? quotient - 1 : quotient
  }

  static func padded(_ number: Int64, _ width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }
}

/// Reads the digits of ISO 8601 text from left to right; each part is nil when it is not there or out of range.
private struct DigitReader {
  let bytes: UnsafeBufferPointer<UInt8>
  var index = 0

  var isAtEnd: Bool { index == bytes.count }

  mutating func skip(_ byte: UInt8) -> Bool {
    guard index < bytes.count, bytes[index] == byte else { return false }
    index += 1
    return true
  }

  mutating func number(digits: Int) -> Int64? {
    guard index + digits <= bytes.count else { return nil }
    var value: Int64 = 0
    for position in index..<index + digits {
      let digit = bytes[position] &- UInt8(ascii: "0")
      guard digit <= 9 else { return nil }
      value = value * 10 + Int64(digit)
    }
    index += digits
    return value
  }

  /// Days since 1970-01-01.
  mutating func date() -> Int64? {
    guard let year = number(digits: 4), skip(UInt8(ascii: "-")),
      let month = number(digits: 2), skip(UInt8(ascii: "-")), let day = number(digits: 2)
    else { return nil }
    return CivilDate(year: year, month: month, day: day)?.daysSinceEpoch
  }

  /// Microseconds since midnight.
  mutating func timeOfDay() -> Int64? {
    guard let hour = number(digits: 2), hour < 24, skip(UInt8(ascii: ":")),
      let minute = number(digits: 2), minute < 60
    else { return nil }
    var total = (hour * 60 + minute) * 60_000_000
    guard skip(UInt8(ascii: ":")) else { return total }
    guard let second = number(digits: 2), second < 60 else { return nil }
    total += second * 1_000_000
    guard skip(UInt8(ascii: ".")) || skip(UInt8(ascii: ",")) else { return total }
    var unit: Int64 = 100_000
    let start = index
    while let digit = number(digits: 1) {
      total += digit * unit
      unit /= 10
    }
    return index > start ? total : nil
  }

  /// Seconds east of Greenwich; 0 where the text has none.
  mutating func offset() -> Int64? {
    if isAtEnd || skip(UInt8(ascii: "Z")) || skip(UInt8(ascii: "z")) { return 0 }
    let sign: Int64
    if skip(UInt8(ascii: "+")) { sign = 1 } else if skip(UInt8(ascii: "-")) { sign = -1 } else { return nil }
    guard let hours = number(digits: 2), hours < 24 else { return nil }
    if isAtEnd { return sign * hours * 3600 }
    _ = skip(UInt8(ascii: ":"))
    guard let minutes = number(digits: 2), minutes < 60 else { return nil }
    return sign * (hours * 3600 + minutes * 60)
  }
}
