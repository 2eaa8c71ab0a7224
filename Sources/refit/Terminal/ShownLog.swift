/// What a job has printed, made safe for a terminal: lines and tabs stay, and whatever else would move the cursor,
/// change colours or turn the direction of reading is written as its escape. It comes in pieces.
struct ShownLog {
  /// The beginning of a character whose end has yet to come.
  private var rest: [UInt8] = []
  private var wasReturn = false

  /// The next piece.
  mutating func shown(_ bytes: [UInt8]) -> String {
    let bytes = rest + bytes
    let whole = bytes.count - Self.unfinished(bytes)
    rest = Array(bytes[whole...])
    var text = ""
    for scalar in String(decoding: bytes[..<whole], as: UTF8.self).unicodeScalars {
      // A progress bar goes back to the beginning of its line; here each of its states is a line.
      if wasReturn, scalar != "\n" { text += "\n" }
      wasReturn = scalar == "\r"
      switch scalar {
      case "\r": break
      case "\n", "\t": text.unicodeScalars.append(scalar)
      default: text += ShownText(String(scalar)).text
      }
    }
    return text
  }

  /// How many bytes at the end begin a character and don't end it.
  private static func unfinished(_ bytes: [UInt8]) -> Int {
    for back in 1...4 where back <= bytes.count {
      let byte = bytes[bytes.count - back]
      if byte & 0xC0 == 0x80 { continue }
      let length = byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : byte >= 0xC0 ? 2 : 1
      return length > back ? back : 0
    }
    return 0
  }
}
