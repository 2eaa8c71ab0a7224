/// The lines of a file that are whole: what follows the last newline is still being written and waits.
struct TextLines {
  /// Up to and including the last newline; it is valid UTF-8.
  private let bytes: ArraySlice<UInt8>

  /// Throws when what is there is not UTF-8, naming the place.
  init(_ bytes: [UInt8]) throws(LineRefusal) {
    let end = bytes.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
    self.bytes = bytes[..<end]
    if let place = Self.firstBadByte(in: self.bytes) {
      let line = bytes[..<place].count { $0 == UInt8(ascii: "\n") } + 1
      throw LineRefusal(
        "line \(line) is not UTF-8 (byte \(place) of the file); write the whole file as UTF-8")
    }
  }

  /// Calls for each line that is not blank, with its number, counted from 1, and its bytes without the newline.
  func forEach(_ body: (_ number: Int, _ line: ArraySlice<UInt8>) -> Void) {
    var number = 0
    var start = bytes.startIndex
    while let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) {
      number += 1
      let line = bytes[start..<end]
      if !line.allSatisfy(Self.isBlank) { body(number, line) }
      start = end + 1
    }
  }

  static func isBlank(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") || byte == UInt8(ascii: "\r")
  }

  private static func firstBadByte(in bytes: ArraySlice<UInt8>) -> Int? {
    do throws(UTF8.ValidationError) {
      _ = try UTF8Span(validating: bytes.span)
      return nil
    } catch {
      return bytes.startIndex + error.byteOffsets.lowerBound
    }
  }
}
