/// A label, a prediction or the name of a class, as it is compared: by its bytes, but a whole number counts as the same
/// with `.0` behind it, as programs write it in a column where other labels are missing.
public struct LabelText: Hashable, Sendable {
  /// Without the `.0` of a whole number.
  public let text: String

  /// What a field of a table says.
  public init(_ text: String) {
    let isWhole = text.utf8.suffix(2).elementsEqual(".0".utf8) && Self.isWholeNumber(text.utf8.dropLast(2))
    self.text = isWhole ? String(text.dropLast(2)) : text
  }

  /// Whether it is digits, perhaps behind a minus.
  public var isWholeNumber: Bool { Self.isWholeNumber(text.utf8[...]) }

  private static func isWholeNumber(_ text: Substring.UTF8View) -> Bool {
    let digits = text.first == 0x2D ? text.dropFirst() : text
    return !digits.isEmpty && digits.allSatisfy { (0x30...0x39).contains($0) }
  }

  /// Whether both have the same bytes.
  public static func == (left: LabelText, right: LabelText) -> Bool {
    left.text.utf8.elementsEqual(right.text.utf8)
  }

  /// Hashes the bytes.
  public func hash(into hasher: inout Hasher) {
    for byte in text.utf8 { hasher.combine(byte) }
  }

  /// What 1 or 0, true or false say; nil for any other text.
  public var truth: Bool? {
    switch text.lowercased() {
    case "1", "true": true
    case "0", "false": false
    default: nil
    }
  }
}
