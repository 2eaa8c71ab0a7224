/// A tree for people: the lineage of a version, the conditions of a decision.
struct TextTree {
  /// Signs of the program itself, such as a mark; shown as it is.
  var sign: String
  /// Made safe to show.
  var label: String
  var style: TextStyle
  /// Lines under the label, dim, made safe to show.
  var notes: [String]
  var children: [TextTree]

  init(
    _ label: String, sign: String = "", style: TextStyle = .plain, notes: [String] = [],
    children: [TextTree] = []
  ) {
    self.label = label
    self.sign = sign
    self.style = style
    self.notes = notes
    self.children = children
  }

  /// The tree, each line with its newline, cut to the terminal's width where a person reads along.
  func rendered(for terminal: Terminal) -> String {
    var lines = ""
    // A stack, not recursion: a lineage can be thousands of levels deep.
    var open: [(node: TextTree, prefix: String, branch: String, follow: String)] = [(self, "", "", "")]
    let box = Box(terminal)
    while let (node, prefix, branch, follow) = open.popLast() {
      lines += node.line(after: prefix + branch, on: terminal)
      let inner = prefix + follow
      let rail = node.children.isEmpty ? box.none : box.rail
      for note in node.notes { lines += Self.note(note, after: inner + rail, on: terminal) }
      for (index, child) in node.children.enumerated().reversed() {
        let isLast = index == node.children.count - 1
        open.append((child, inner, isLast ? box.last : box.branch, isLast ? box.none : box.rail))
      }
    }
    return lines
  }

  private struct Box {
    let branch: String
    let last: String
    let rail: String
    let none = "   "

    init(_ terminal: Terminal) {
      branch = terminal.hasUnicode ? "├─ " : "|- "
      last = terminal.hasUnicode ? "└─ " : "`- "
      rail = terminal.hasUnicode ? "│  " : "|  "
    }
  }

  private func line(after prefix: String, on terminal: Terminal) -> String {
    let lead = sign.isEmpty ? prefix : "\(prefix)\(sign) "
    let taken = DisplayWidth.of(prefix) + (sign.isEmpty ? 0 : 2)
    let shown = Self.fitted(ShownText(label), after: taken, on: terminal)
    return lead + terminal.styled(shown, style) + "\n"
  }

  private static func note(_ note: String, after prefix: String, on terminal: Terminal) -> String {
    let shown = fitted(ShownText(note), after: DisplayWidth.of(prefix), on: terminal)
    return prefix + terminal.styled(shown, .dim) + "\n"
  }

  private static let leastRoom = 20

  private static func fitted(_ text: ShownText, after taken: Int, on terminal: Terminal) -> String {
    guard terminal.isInteractive else { return text.text }
    return text.truncated(to: max(leastRoom, terminal.width - taken), on: terminal)
  }
}
