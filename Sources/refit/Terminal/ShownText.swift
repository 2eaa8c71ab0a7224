/// Text from outside, made safe to show: nothing in it can move the cursor, break the line, change colours or
/// turn the direction of reading. What would is written as its escape: `\n`, `\u{1B}`.
struct ShownText: Hashable, Sendable {
  let text: String

  init(_ raw: String) {
    guard raw.unicodeScalars.contains(where: Self.isHarmful) else {
      text = raw
      return
    }
    var shown = ""
    for scalar in raw.unicodeScalars {
      if Self.isHarmful(scalar) {
        shown += scalar.escaped(asASCII: true)
      } else {
        shown.unicodeScalars.append(scalar)
      }
    }
    text = shown
  }

  /// In columns of a terminal.
  var width: Int { DisplayWidth.of(text) }

  /// Cut to at most `width` columns, with a sign at its end where something was cut off.
  func truncated(to width: Int, on terminal: Terminal) -> String {
    guard self.width > width else { return text }
    let sign = terminal.hasUnicode ? "…" : "~"
    guard width > 1 else { return width == 1 ? sign : "" }
    var kept = ""
    var used = 0
    for character in text {
      let columns = DisplayWidth.of(character)
      guard used + columns <= width - 1 else { break }
      used += columns
      kept.append(character)
    }
    return kept + sign
  }

  static func isHarmful(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x20..<0x7F: return false
    // The two joiners shape emoji and several scripts.
    case 0x200C, 0x200D: return false
    default: break
    }
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator: return true
    case .nonspacingMark: return false
    default: return scalar.properties.isDefaultIgnorableCodePoint
    }
  }
}
