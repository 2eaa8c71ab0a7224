/// A table whose columns and rows have headings; the first cell of a row is the row's.
public struct ReportTable: Sendable {
  /// What a column holds.
  public enum Alignment: Sendable { case text, number }

  /// A cell: what stands in it, and how urgent it is.
  public struct Cell: Sendable {
    /// How a cell stands out, beside what its text says.
    public enum Tone: String, Sendable { case plain, warning, bad }

    let content: Markup
    let tone: Tone

    /// A cell with markup.
    public init(_ content: Markup, _ tone: Tone = .plain) {
      self.content = content
      self.tone = tone
    }

    /// A cell with a text.
    public init(text: String, _ tone: Tone = .plain) { self.init(Markup(text: text), tone) }
  }

  private let caption: String
  private let columns: [(title: String, alignment: Alignment)]
  private let rows: [[Cell]]

  /// Takes rows of exactly one cell a column.
  public init(caption: String, columns: [(title: String, alignment: Alignment)], rows: [[Cell]]) {
    precondition(rows.allSatisfy { $0.count == columns.count }, "a row has a cell for each column")
    self.caption = caption
    self.columns = columns
    self.rows = rows
  }

  /// The table.
  public var markup: Markup {
    let titles = columns.map { column -> Markup in
      "<th scope=\"col\"\(classes(column.alignment, .plain))>\(Markup(breaking: column.title))</th>"
    }
    let lines = rows.map { row -> Markup in
      let cells = zip(columns, row).enumerated().map { index, pair -> Markup in
        let classes = classes(pair.0.alignment, pair.1.tone)
        return index == 0
          ? "<th scope=\"row\"\(classes)>\(pair.1.content)</th>" : "<td\(classes)>\(pair.1.content)</td>"
      }
      return "<tr>\(Markup(stringLiteral: cells.map(\.source).joined()))</tr>"
    }
    return """
      <div class="wide"><table>
      <caption class="quiet">\(caption)</caption>
      <thead><tr>\(Markup(stringLiteral: titles.map(\.source).joined()))</tr></thead>
      <tbody>
      \(Markup(lines: lines))
      </tbody>
      </table></div>
      """
  }

  private func classes(_ alignment: Alignment, _ tone: Cell.Tone) -> Markup {
    let names = (alignment == .number ? ["number"] : []) + (tone == .plain ? [] : [tone.rawValue])
    return names.isEmpty ? "" : " class=\"\(names.joined(separator: " "))\""
  }
}
