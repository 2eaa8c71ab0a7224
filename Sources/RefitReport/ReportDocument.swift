/// A page that is one file: its styles are in it, and it loads and runs nothing. The same content gives the same
/// bytes.
public struct ReportDocument: Sendable {
  /// A part of the page under its heading.
  public struct Section: Sendable {
    let heading: String
    let anchor: String
    let content: [Markup]

    /// - Parameter anchor: what links in the page name it by; letters, digits and hyphens.
    public init(_ heading: String, anchor: String, _ content: [Markup]) {
      self.heading = heading
      self.anchor = anchor
      self.content = content
    }
  }

  private let title: String
  private let introduction: [Markup]
  private let sections: [Section]
  private let footer: String

  /// - Parameters:
  ///   - introduction: what stands under the title.
  ///   - footer: what made the page.
  public init(title: String, introduction: [Markup], sections: [Section], footer: String) {
    self.title = title
    self.introduction = introduction
    self.sections = sections
    self.footer = footer
  }

  /// The whole page, well-formed as XML too.
  public var page: String {
    let parts = sections.map { section -> Markup in
      """
      <section id="\(section.anchor)">
      <h2><bdi>\(section.heading)</bdi></h2>
      \(Markup(lines: section.content))
      </section>
      """
    }
    let page: Markup = """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8"/>
      <meta name="viewport" content="width=device-width, initial-scale=1"/>
      <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'"/>
      <title>\(title)</title>
      <style>
      \(ReportStyle.sheet)
      </style>
      </head>
      <body>
      <header>
      <h1>\(title)</h1>
      \(Markup(lines: introduction))
      </header>
      <main>
      \(Markup(lines: parts))
      </main>
      <footer><p>\(footer)</p></footer>
      </body>
      </html>

      """
    return page.source
  }
}

extension Markup {
  /// A paragraph of plain text.
  public static func paragraph(_ text: String) -> Markup { "<p>\(text)</p>" }

  /// Short texts, each a point; nothing where there is none.
  public static func list(_ points: [String]) -> Markup {
    guard !points.isEmpty else { return "" }
    return "<ul>\n\(Markup(lines: points.map { "<li>\($0)</li>" }))\n</ul>"
  }

  /// Pieces beside one another where there is room.
  public static func row(_ pieces: [Markup]) -> Markup {
    "<div class=\"row\">\n\(Markup(lines: pieces))\n</div>"
  }
}
