/// Tells the code of a Swift file from its comments and strings.
enum SwiftCode {
  /// The text with every comment and the contents of every string blanked, line for line. What stands in an
  /// interpolation is code and stays.
  static func withoutTextAndComments(_ text: String) -> String {
    var blanker = Blanker(bytes: Array(text.utf8))
    blanker.code(isInterpolation: false)
    return String(decoding: blanker.bytes, as: UTF8.self)
  }
}

private struct Blanker {
  var bytes: [UInt8]
  private var index = 0

  private static let quote = UInt8(ascii: "\"")
  private static let hash = UInt8(ascii: "#")

  init(bytes: [UInt8]) {
    self.bytes = bytes
  }

  /// Passes over code up to the end, or to the parenthesis that closes an interpolation.
  mutating func code(isInterpolation: Bool) {
    var depth = 0
    while index < bytes.count {
      if starts(with: "//") {
        blankLine()
      } else if starts(with: "/*") {
        blankComment()
      } else if let hashes = stringStart() {
        string(hashes: hashes)
      } else {
        let byte = bytes[index]
        index += 1
        if byte == UInt8(ascii: "(") { depth += 1 }
        if byte == UInt8(ascii: ")") { depth -= 1 }
        if isInterpolation, depth < 0 { return }
      }
    }
  }

  private func starts(with text: StaticString) -> Bool {
    let count = text.utf8CodeUnitCount
    guard index + count <= bytes.count else { return false }
    return (0..<count).allSatisfy { bytes[index + $0] == text.utf8Start[$0] }
  }

  private mutating func blank(_ count: Int) {
    for _ in 0..<count where index < bytes.count {
      if bytes[index] != UInt8(ascii: "\n") { bytes[index] = UInt8(ascii: " ") }
      index += 1
    }
  }

  private mutating func blankLine() {
    while index < bytes.count, bytes[index] != UInt8(ascii: "\n") { blank(1) }
  }

  /// Comments nest.
  private mutating func blankComment() {
    var depth = 0
    repeat {
      if starts(with: "/*") {
        depth += 1
        blank(2)
      } else if starts(with: "*/") {
        depth -= 1
        blank(2)
      } else {
        blank(1)
      }
    } while depth > 0 && index < bytes.count
  }

  /// How many number signs stand before the quote that opens a string here; nil where none opens.
  private func stringStart() -> Int? {
    var end = index
    while end < bytes.count, bytes[end] == Self.hash { end += 1 }
    return end < bytes.count && bytes[end] == Self.quote ? end - index : nil
  }

  private mutating func string(hashes: Int) {
    blank(hashes)
    let isMultiline = starts(with: "\"\"\"")
    blank(isMultiline ? 3 : 1)
    while index < bytes.count {
      if bytes[index] == UInt8(ascii: "\n"), !isMultiline { return }
      if bytes[index] == UInt8(ascii: "\\"), hasHashes(hashes, at: index + 1) {
        blank(1 + hashes)
        guard starts(with: "(") else {
          blank(1)
          continue
        }
        index += 1
        code(isInterpolation: true)
      } else if isMultiline ? starts(with: "\"\"\"") : starts(with: "\""),
        hasHashes(hashes, at: index + (isMultiline ? 3 : 1))
      {
        blank((isMultiline ? 3 : 1) + hashes)
        return
      } else {
        blank(1)
      }
    }
  }

  private func hasHashes(_ count: Int, at place: Int) -> Bool {
    place + count <= bytes.count && (0..<count).allSatisfy { bytes[place + $0] == Self.hash }
  }
}
