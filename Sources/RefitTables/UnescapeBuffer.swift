/// Holds one field as it reads: doubled quotes are single, JSON's escapes undone.
final class UnescapeBuffer {
  private var buffer = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: 256)

  deinit { buffer.deallocate() }

  /// The field without the doubling; valid until the next call.
  func unescape(_ field: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
    reserve(field.count)
    var count = 0
    var position = 0
    while position < field.count {
      buffer[count] = field[position]
      count += 1
      position += field[position] == .quote ? 2 : 1
    }
    return UnsafeBufferPointer(rebasing: buffer[..<count])
  }

  private func reserve(_ count: Int) {
    guard count > buffer.count else { return }
    buffer.deallocate()
    buffer = .allocate(capacity: count * 2)
  }

  /// What JSON's escapes stand for, in UTF-8, which is never longer than they are; the field must be well-formed.
  /// Valid until the next call.
  func unescapeJSON(_ field: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
    reserve(field.count)
    var count = 0
    var position = 0
    while position < field.count {
      var byte = field[position]
      position += 1
      if byte == UInt8(ascii: "\\") {
        byte = field[position]
        position += 1
        switch byte {
        case UInt8(ascii: "b"): byte = 0x08
        case UInt8(ascii: "f"): byte = 0x0C
        case UInt8(ascii: "n"): byte = .newline
        case UInt8(ascii: "r"): byte = .carriageReturn
        case UInt8(ascii: "t"): byte = UInt8(ascii: "\t")
        case UInt8(ascii: "u"):
          for unit in UTF8.encode(scalar(in: field, &position)) ?? UTF8.encodedReplacementCharacter {
            buffer[count] = unit
            count += 1
          }
          continue
        default: break
        }
      }
      buffer[count] = byte
      count += 1
    }
    return UnsafeBufferPointer(rebasing: buffer[..<count])
  }

  /// The character that one or two groups of four hexadecimal digits write, the first of which begins here.
  private func scalar(in field: UnsafeBufferPointer<UInt8>, _ position: inout Int) -> UnicodeScalar {
    func codeUnit(_ position: Int) -> UInt32 {
      field[position..<position + 4].reduce(0) { $0 << 4 | ($1.hexadecimalDigit ?? 0) }
    }
    var value = codeUnit(position)
    position += 4
    if 0xD800...0xDBFF ~= value {
      value = 0x10000 + (value - 0xD800) << 10 + (codeUnit(position + 2) - 0xDC00)
      position += 6
    }
    return UnicodeScalar(value) ?? "\u{FFFD}"
  }
}
