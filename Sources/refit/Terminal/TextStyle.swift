/// How a piece of text stands out where there are colours.
enum TextStyle: Hashable, Sendable, CaseIterable {
  case plain, bold, dim, good, bad, warning, accent

  /// The number of ECMA-48's SGR sequence; nil where nothing is to be changed.
  fileprivate var code: Int? {
    switch self {
    case .plain: nil
    case .bold: 1
    case .dim: 2
    case .bad: 31
    case .good: 32
    case .warning: 33
    case .accent: 36
    }
  }
}

extension Terminal {
  /// The text in a style; as it is where there are no colours. The text must be safe to show already.
  func styled(_ text: String, _ style: TextStyle) -> String {
    guard hasColour, !text.isEmpty, let code = style.code else { return text }
    return "\u{1B}[\(code)m\(text)\u{1B}[0m"
  }
}
