/// Reads decimal numbers: an optional sign, digits with an optional point, an optional exponent; or `inf`,
/// `infinity`, `nan` in any case. Spaces and tabs around a number are ignored. Values are exactly `strtod`'s.
enum DecimalNumber {
  /// The number that the bytes write; nil when they write none.
  static func parse(_ field: UnsafeBufferPointer<UInt8>) -> Double? {
    guard let base = field.baseAddress else { return nil }
    var start = base
    var end = base + field.count
    while start < end, isBlank(start.pointee) { start += 1 }
    while start < end, isBlank(end[-1]) { end -= 1 }
    return parse(from: start, to: end)
  }

  private static func parse(from start: UnsafePointer<UInt8>, to end: UnsafePointer<UInt8>) -> Double? {
    guard start < end else { return nil }
    var position = start
    let isNegative = position.pointee == UInt8(ascii: "-")
    if isNegative || position.pointee == UInt8(ascii: "+") { position += 1 }
    var digits = DecimalDigits()
    digits.readInteger(&position, end)
    if position < end, position.pointee == UInt8(ascii: ".") {
      position += 1
      digits.readFraction(&position, end)
    }
    guard digits.hasDigits else { return special(from: position, to: end, isNegative: isNegative) }
    if position < end {
      guard let exponent = exponent(from: position, to: end) else { return nil }
      digits.exponent += exponent
    }
    guard let magnitude = digits.value else { return slow(from: start, to: end) }
    return isNegative ? -magnitude : magnitude
  }

  /// `e`, an optional sign and digits up to the end; nil for anything else.
  private static func exponent(from start: UnsafePointer<UInt8>, to end: UnsafePointer<UInt8>) -> Int? {
    var position = start
    guard position.pointee | 0x20 == UInt8(ascii: "e") else { return nil }
    position += 1
    let isNegative = position < end && position.pointee == UInt8(ascii: "-")
    if isNegative || (position < end && position.pointee == UInt8(ascii: "+")) { position += 1 }
    guard position < end else { return nil }
    var value = 0
    while position < end {
      let digit = position.pointee &- UInt8(ascii: "0")
      guard digit <= 9 else { return nil }
      value = min(value * 10 + Int(digit), 1_000_000)
      position += 1
    }
    return isNegative ? -value : value
  }

  private static func special(
    from start: UnsafePointer<UInt8>, to end: UnsafePointer<UInt8>, isNegative: Bool
  ) -> Double? {
    let length = end - start
    guard length == 3 || length == 8 else { return nil }
    let word = String(decoding: UnsafeBufferPointer(start: start, count: length), as: UTF8.self).lowercased()
    switch word {
    case "inf", "infinity": return isNegative ? -.infinity : .infinity
    case "nan": return .nan
    default: return nil
    }
  }

  /// The standard library's reading, which is exact, and the same in every locale.
  private static func slow(from start: UnsafePointer<UInt8>, to end: UnsafePointer<UInt8>) -> Double? {
    Double(String(decoding: UnsafeBufferPointer(start: start, count: end - start), as: UTF8.self))
  }

  private static func isBlank(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t")
  }
}

extension TextColumn {
  /// The number that the field of a row writes, as a column of numbers has it, perhaps NaN or infinite; nil where it
  /// writes none or is missing.
  public func number(at row: Int) -> Double? { withBytes(at: row, DecimalNumber.parse) }
}
