import RefitCore

/// Lays a tree out as a person would write `refit.yaml`: maps in blocks, lists of scalars in brackets, keys
/// in the order of their vocabulary.
struct YAMLWriter {
  private var text = ""

  static func text(of root: YAMLNode) -> String {
    var writer = YAMLWriter()
    writer.writeMap(root, indent: 0)
    return writer.text
  }

  /// The entries of a map, each on a line of its own; the first one continues the current line in a list.
  private mutating func writeMap(_ node: YAMLNode, indent: Int, isItem: Bool = false) {
    guard case .map(let entries) = node.content else { return }
    for (number, entry) in Self.ordered(entries).enumerated() {
      if number > 0 || !isItem { text += Self.spaces(indent) }
      text += Self.scalar(entry.key, isText: true) + ":"
      writeValue(entry.value, indent: indent)
    }
  }

  private mutating func writeValue(_ node: YAMLNode, indent: Int) {
    switch node.content {
    case .map(let entries) where !entries.isEmpty:
      text += "\n"
      writeMap(node, indent: indent + 2)
    case .list(let items) where items.contains { !$0.isScalar }:
      text += "\n"
      for item in items {
        text += Self.spaces(indent + 2) + "- "
        writeMap(item, indent: indent + 4, isItem: true)
      }
    default:
      text += " \(Self.inline(node))\n"
    }
  }

  private static func inline(_ node: YAMLNode) -> String {
    switch node.content {
    case .scalar(let scalar): Self.scalar(scalar.text, isText: scalar.value == .text)
    case .list(let items): "[\(items.map(inline).joined(separator: ", "))]"
    case .map, .refused: "{}"
    }
  }

  private static func spaces(_ count: Int) -> String { String(repeating: " ", count: count) }

  /// In the order of the vocabulary that has all the keys; a map of names by name.
  private static func ordered(_ entries: [YAMLEntry]) -> [YAMLEntry] {
    let vocabulary = Vocabulary.all.first { vocabulary in
      entries.allSatisfy { vocabulary.keys.contains($0.key) }
    }
    guard let order = vocabulary?.keys else { return entries.sorted { $0.key < $1.key } }
    return order.compactMap { key in entries.first { $0.key == key } }
  }
}

// MARK: - Scalars

extension YAMLWriter {
  /// The scalar as it is where that is safe, else in double quotes.
  private static func scalar(_ text: String, isText: Bool) -> String {
    guard isText, !isPlain(text) else { return text }
    var quoted = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"", "\\": quoted += "\\\(scalar)"
      case "\n": quoted += "\\n"
      case "\t": quoted += "\\t"
      case _ where scalar.value >= 0x20 && YAMLText.isAllowed(scalar): quoted.unicodeScalars.append(scalar)
      default: quoted += "\\U\(hexadecimal(scalar))"
      }
    }
    return quoted + "\""
  }

  private static func hexadecimal(_ scalar: Unicode.Scalar) -> String {
    let digits = String(scalar.value, radix: 16)
    return String(repeating: "0", count: 8 - digits.count) + digits
  }

  /// Whether every reader of YAML, also of version 1.1, takes the text for text when it has no quotes.
  private static func isPlain(_ text: String) -> Bool {
    // Durations and sizes begin with a digit and are no numbers to anybody.
    if Timespan(text) != nil || ByteCount(text) != nil { return true }
    guard let first = text.utf8.first, isLetter(first) || first == UInt8(ascii: "/") else { return false }
    let isSimple = text.utf8.allSatisfy { byte in
      isLetter(byte) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || "_-./*".utf8.contains(byte)
    }
    let words: Set<String> = ["true", "false", "null", "yes", "no", "on", "off", "y", "n"]
    return isSimple && !words.contains(text.lowercased()) && YAMLScalar.resolve(text) == .text
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
      || (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
  }
}

extension YAMLNode {
  fileprivate var isScalar: Bool {
    if case .scalar = content { return true }
    return false
  }
}
