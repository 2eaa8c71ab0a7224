/// How many columns of a terminal text takes.
///
/// By Unicode's East Asian Width (UAX 11) and emoji presentation (UTS 51): wide and emoji characters take two
/// columns, combining marks none, all others one. Terminals differ on rare sequences; nothing depends on it
/// but looks.
enum DisplayWidth {
  static func of(_ text: String) -> Int {
    var ascii = text
    // Most text is ASCII without control characters, where a byte is a column.
    let isPlain = ascii.withUTF8 { bytes in bytes.allSatisfy { (0x20..<0x7F).contains($0) } }
    return isPlain ? text.utf8.count : text.reduce(0) { $0 + of($1) }
  }

  static func of(_ character: Character) -> Int {
    let scalars = character.unicodeScalars
    guard let first = scalars.first else { return 0 }
    if scalars.count == 1 { return of(first) }
    // A flag, joined emoji, a syllable of Hangul, or a sign that is asked to look like an emoji.
    if isWide(first) || scalars.contains("\u{FE0F}") { return 2 }
    return scalars.reduce(0) { $0 + of($1) }
  }

  private static func of(_ scalar: Unicode.Scalar) -> Int {
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format, .control, .lineSeparator, .paragraphSeparator: return 0
    default: break
    }
    // The vowels and finals of Hangul join the consonant before them.
    if (0x1160...0x11FF).contains(scalar.value) || (0xD7B0...0xD7FF).contains(scalar.value) { return 0 }
    return isWide(scalar) ? 2 : 1
  }

  private static func isWide(_ scalar: Unicode.Scalar) -> Bool {
    guard scalar.value >= 0x1100 else { return false }
    return scalar.properties.isEmojiPresentation || wide.contains { $0.contains(scalar.value) }
  }

  /// East Asian Width W and F beyond the emoji, over gaps that hold nothing.
  private static let wide: [ClosedRange<UInt32>] = [
    0x1100...0x115F, 0x2329...0x232A, 0x2630...0x2637, 0x268A...0x268F, 0x2E80...0x303E, 0x3041...0x3247,
    0x3250...0xA4C6, 0xA960...0xA97C, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE10...0xFE6B, 0xFF01...0xFF60,
    0xFFE0...0xFFE6, 0x16FE0...0x1B2FB, 0x1D300...0x1D376, 0x1F200...0x1F265, 0x20000...0x3FFFD,
  ]
}
