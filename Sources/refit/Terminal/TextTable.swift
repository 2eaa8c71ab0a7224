/// Rows and columns for people. Every cell is made safe to show; nothing stands after the last cell of a
/// line.
struct TextTable {
  enum Alignment: Hashable, Sendable { case left, right }

  struct Column: Hashable, Sendable {
    var title: String
    var alignment: Alignment

    init(_ title: String, _ alignment: Alignment = .left) {
      self.title = title
      self.alignment = alignment
    }
  }

  struct Cell: Hashable, Sendable, ExpressibleByStringLiteral, ExpressibleByStringInterpolation {
    var text: String
    var style: TextStyle

    init(_ text: String, _ style: TextStyle = .plain) {
      self.text = text
      self.style = style
    }

    init(stringLiteral text: String) {
      self.init(text)
    }
  }

  var columns: [Column]
  private(set) var rows: [[Cell]] = []

  init(_ columns: [Column], rows: [[Cell]] = []) {
    self.columns = columns
    for row in rows { append(row) }
  }

  /// Takes a row of exactly one cell a column.
  mutating func append(_ row: [Cell]) {
    precondition(row.count == columns.count, "a row has a cell for each column")
    rows.append(row)
  }

  /// The titles and the rows, each line with its newline. On a terminal that is too narrow the widest columns
  /// of text are cut; numbers, which are aligned right, never are, and nothing is cut on its way into a pipe.
  func rendered(for terminal: Terminal) -> String {
    let shown = rows.map { $0.map { ShownText($0.text) } }
    let titles = columns.map { ShownText($0.title) }
    var widths = columns.indices.map { column in
      shown.reduce(titles[column].width) { max($0, $1[column].width) }
    }
    if terminal.isInteractive { narrow(&widths, to: terminal.width) }
    let header = line(titles, styles: columns.map { _ in .bold }, widths: widths, terminal: terminal)
    return zip(shown, rows).reduce(into: header) { text, row in
      text += line(row.0, styles: row.1.map(\.style), widths: widths, terminal: terminal)
    }
  }

  private static let gap = 2
  private static let narrowest = 8

  /// Takes columns from the widest column of text until all fit, or none is wider than the narrowest.
  private func narrow(_ widths: inout [Int], to available: Int) {
    var surplus = widths.reduce(Self.gap * (widths.count - 1), +) - available
    while surplus > 0 {
      let texts = widths.indices.filter { columns[$0].alignment == .left && widths[$0] > Self.narrowest }
      guard let widest = texts.max(by: { widths[$0] < widths[$1] }) else { return }
      let next = texts.map { widths[$0] }.filter { $0 < widths[widest] }.max() ?? Self.narrowest
      let step = min(surplus, max(1, widths[widest] - max(next, Self.narrowest)))
      widths[widest] -= step
      surplus -= step
    }
  }

  private func line(_ cells: [ShownText], styles: [TextStyle], widths: [Int], terminal: Terminal) -> String {
    var line = ""
    var owed = 0
    for (column, cell) in cells.enumerated() {
      let text =
        columns[column].alignment == .left ? cell.truncated(to: widths[column], on: terminal) : cell.text
      let fill = max(0, widths[column] - DisplayWidth.of(text))
      let isRight = columns[column].alignment == .right
      if !text.isEmpty {
        line +=
          String(repeating: " ", count: owed + (isRight ? fill : 0)) + terminal.styled(text, styles[column])
        owed = 0
      }
      owed += Self.gap + (text.isEmpty || !isRight ? fill : 0)
    }
    return line + "\n"
  }
}
