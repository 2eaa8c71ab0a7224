/// Reads the parts of a POSIX time zone rule, one after the other.
struct PosixTimeZoneParser {
  private let text: [UInt8]
  private var position = 0

  init(_ text: [UInt8]) { self.text = text }

  var isAtEnd: Bool { position == text.count }

  var peek: UInt8? { position < text.count ? text[position] : nil }

  var malformed: TimeZoneFileError {
    TimeZoneFileError("its footer \(String(decoding: text, as: UTF8.self)) is not a rule that POSIX knows")
  }

  /// A name of three letters or more, or anything in angle brackets.
  mutating func skipName() throws(TimeZoneFileError) {
    if take("<") {
      while let byte = peek, byte != UInt8(ascii: ">") { position += 1 }
      guard take(">") else { throw malformed }
      return
    }
    let start = position
    while let byte = peek, (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20) { position += 1 }
    guard position - start >= 3 else { throw malformed }
  }

  /// `[+-]hh[:mm[:ss]]` in seconds.
  mutating func time(maximumHours: Int64) throws(TimeZoneFileError) -> Int64 {
    let isNegative = take("-")
    if !isNegative { _ = take("+") }
    var seconds = try number(0...maximumHours) * 3600
    if take(":") {
      seconds += try number(0...59) * 60
      if take(":") { seconds += try number(0...59) }
    }
    return isNegative ? -seconds : seconds
  }

  /// `,Mm.w.d`, `,Jn` or `,n`, with an optional `/time` of up to 167 hours either way (RFC 9636).
  mutating func yearlyMoment() throws(TimeZoneFileError) -> YearlyMoment {
    guard take(",") else { throw malformed }
    let day = try yearlyDay()
    return YearlyMoment(day: day, time: take("/") ? try time(maximumHours: 167) : 2 * 3600)
  }

  private mutating func yearlyDay() throws(TimeZoneFileError) -> YearlyMoment.Day {
    if take("J") { return .withoutLeapDay(try number(1...365)) }
    guard take("M") else { return .withLeapDay(try number(0...365)) }
    let month = try number(1...12)
    guard take(".") else { throw malformed }
    let week = try number(1...5)
    guard take(".") else { throw malformed }
    return .weekday(try number(0...6), week: week, month: month)
  }

  private mutating func number(_ range: ClosedRange<Int64>) throws(TimeZoneFileError) -> Int64 {
    var value: Int64?
    while let byte = peek, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) {
      value = min((value ?? 0) * 10 + Int64(byte - UInt8(ascii: "0")), 1_000_000)
      position += 1
    }
    guard let value, range.contains(value) else { throw malformed }
    return value
  }

  private mutating func take(_ character: Unicode.Scalar) -> Bool {
    guard peek == UInt8(ascii: character) else { return false }
    position += 1
    return true
  }
}
