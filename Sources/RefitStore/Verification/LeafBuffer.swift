import RefitCore

/// The bytes of a leaf, put together in one reused buffer: `LedgerEvent.leafBytes` without its strings, for going
/// through millions of events. A test holds it against that.
struct LeafBuffer {
  /// RFC 6962 puts 0 before a leaf.
  private(set) var bytes: [UInt8] = [0]

  mutating func clear() {
    bytes.removeSubrange(1...)
  }

  mutating func append(field: UnsafeRawBufferPointer) {
    withUnsafeBytes(of: UInt32(field.count).bigEndian) { bytes.append(contentsOf: $0) }
    bytes.append(contentsOf: field)
  }

  mutating func append(number: Int64) {
    var digits = (UInt64(0), UInt64(0), UInt64(0))
    withUnsafeMutableBytes(of: &digits) { buffer in
      var start = buffer.count
      var rest = number.magnitude
      repeat {
        start -= 1
        buffer[start] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10)
        rest /= 10
      } while rest > 0
      if number < 0 {
        start -= 1
        buffer[start] = UInt8(ascii: "-")
      }
      append(field: UnsafeRawBufferPointer(rebasing: buffer[start...]))
    }
  }

  mutating func appendMissing() {
    append(field: UnsafeRawBufferPointer(start: nil, count: 0))
  }

  /// The digest as 64 hexadecimal digits.
  mutating func append(hexOf digest: UnsafeRawBufferPointer) {
    withUnsafeBytes(of: UInt32(digest.count * 2).bigEndian) { bytes.append(contentsOf: $0) }
    for byte in digest {
      bytes.append(Self.digit(byte >> 4))
      bytes.append(Self.digit(byte & 15))
    }
  }

  private static func digit(_ nibble: UInt8) -> UInt8 {
    nibble < 10 ? UInt8(ascii: "0") + nibble : UInt8(ascii: "a") + nibble - 10
  }
}
