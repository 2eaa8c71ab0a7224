/// Why bytes are not a usable time zone file.
struct TimeZoneFileError: Error, Hashable {
  var message: String

  init(_ message: String) { self.message = message }
}

/// The content of a TZif file (RFC 9636).
struct TimeZoneFile {
  /// The offset before the first change, in seconds.
  let firstOffset: Int64
  /// Strictly ascending in time.
  let changes: [OffsetChange]
  /// The rule for all times after the last change, where the file has one.
  let footer: PosixTimeZone?

  /// Offsets of a day and more either way are refused, as RFC 9636 advises.
  private static let offsetRange: ClosedRange<Int64> = -89_999...93_599
  /// The earliest and latest second accepted for a change: beyond the age of the universe, and far from overflow.
  private static let timeRange: ClosedRange<Int64> = -(1 << 60)...(1 << 60)

  init(bytes: [UInt8]) throws(TimeZoneFileError) {
    var reader = ByteReader(bytes: bytes)
    let first = try TimeZoneFileHeader(from: &reader)
    guard first.version >= 2 else {
      (firstOffset, changes) = try Self.block(first, timeBytes: 4, from: &reader)
      footer = nil
      return
    }
    try reader.skip(first.blockLength(timeBytes: 4))
    let second = try TimeZoneFileHeader(from: &reader)
    (firstOffset, changes) = try Self.block(second, timeBytes: 8, from: &reader)
    footer = try Self.footer(from: &reader)
  }

  private static func block(
    _ header: TimeZoneFileHeader, timeBytes: Int, from reader: inout ByteReader
  ) throws(TimeZoneFileError) -> (Int64, [OffsetChange]) {
    try header.validate()
    guard reader.remaining >= header.blockLength(timeBytes: timeBytes) else {
      throw TimeZoneFileError("the file is cut short")
    }
    var times: [Int64] = []
    for _ in 0..<header.timeCount { times.append(try reader.signed(bytes: timeBytes)) }
    var types: [Int] = []
    for _ in 0..<header.timeCount { types.append(Int(try reader.byte())) }
    var offsets: [Int64] = []
    for _ in 0..<header.typeCount {
      let offset = try reader.signed(bytes: 4)
      guard offsetRange.contains(offset) else {
        throw TimeZoneFileError("the offset \(offset) s is out of range")
      }
      offsets.append(offset)
      try reader.skip(2)
    }
    try reader.skip(header.lengthAfterTypes)
    return (offsets[0], try changes(times: times, types: types, offsets: offsets))
  }

  private static func changes(
    times: [Int64], types: [Int], offsets: [Int64]
  ) throws(TimeZoneFileError) -> [OffsetChange] {
    var changes: [OffsetChange] = []
    for (time, type) in zip(times, types) {
      guard timeRange.contains(time), changes.last.map({ $0.time < time }) ?? true else {
        throw TimeZoneFileError("the transition times are not in ascending order")
      }
      guard type < offsets.count else {
        throw TimeZoneFileError("a transition names a type that is not there")
      }
      changes.append(OffsetChange(time: time, offset: offsets[type]))
    }
    return changes
  }

  private static func footer(from reader: inout ByteReader) throws(TimeZoneFileError) -> PosixTimeZone? {
    let newline = UInt8(ascii: "\n")
    guard try reader.byte() == newline else { throw TimeZoneFileError("the footer is missing") }
    var text: [UInt8] = []
    while true {
      let byte = try reader.byte()
      if byte == newline { break }
      text.append(byte)
    }
    return text.isEmpty ? nil : try PosixTimeZone(text)
  }
}

/// The counts at the head of each block of a TZif file.
private struct TimeZoneFileHeader {
  let version: Int
  let timeCount: Int
  let typeCount: Int
  private let utcIndicatorCount: Int
  private let standardIndicatorCount: Int
  private let leapCount: Int
  private let characterCount: Int

  init(from reader: inout ByteReader) throws(TimeZoneFileError) {
    for expected in "TZif".utf8 {
      guard try reader.byte() == expected else {
        throw TimeZoneFileError("this is not a time zone file (TZif)")
      }
    }
    let versionByte = try reader.byte()
    guard versionByte == 0 || (UInt8(ascii: "2")...UInt8(ascii: "9")).contains(versionByte) else {
      throw TimeZoneFileError("the file has an unknown version")
    }
    version = versionByte == 0 ? 1 : Int(versionByte - UInt8(ascii: "0"))
    try reader.skip(15)
    utcIndicatorCount = try reader.count()
    standardIndicatorCount = try reader.count()
    leapCount = try reader.count()
    timeCount = try reader.count()
    typeCount = try reader.count()
    characterCount = try reader.count()
  }

  func validate() throws(TimeZoneFileError) {
    guard leapCount == 0 else {
      throw TimeZoneFileError(
        "zones that count leap seconds (right/…) cannot be used with the system's clock")
    }
    guard typeCount > 0, characterCount > 0, [0, typeCount].contains(utcIndicatorCount),
      [0, typeCount].contains(standardIndicatorCount)
    else { throw TimeZoneFileError("the counts in the header contradict each other") }
  }

  func blockLength(timeBytes: Int) -> Int {
    timeCount * (timeBytes + 1) + typeCount * 6 + characterCount + leapCount * (timeBytes + 4)
      + standardIndicatorCount + utcIndicatorCount
  }

  /// Abbreviations and indicators, which say nothing about offsets.
  var lengthAfterTypes: Int { characterCount + standardIndicatorCount + utcIndicatorCount }
}

/// Reads big-endian numbers from bytes, never past their end.
private struct ByteReader {
  private let bytes: [UInt8]
  private var position = 0

  init(bytes: [UInt8]) { self.bytes = bytes }

  var remaining: Int { bytes.count - position }

  mutating func byte() throws(TimeZoneFileError) -> UInt8 {
    guard position < bytes.count else { throw TimeZoneFileError("the file is cut short") }
    defer { position += 1 }
    return bytes[position]
  }

  mutating func skip(_ length: Int) throws(TimeZoneFileError) {
    guard length <= remaining else { throw TimeZoneFileError("the file is cut short") }
    position += length
  }

  mutating func count() throws(TimeZoneFileError) -> Int {
    var value = 0
    for _ in 0..<4 { value = value << 8 | Int(try byte()) }
    return value
  }

  mutating func signed(bytes count: Int) throws(TimeZoneFileError) -> Int64 {
    var value: Int64 = try byte() >= 0x80 ? -1 : 0
    position -= 1
    for _ in 0..<count { value = value << 8 | Int64(try byte()) }
    return value
  }
}
