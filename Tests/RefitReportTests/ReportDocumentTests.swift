import Foundation
import RefitReport
import RefitTesting
import Testing

@Suite struct ReportDocumentTests {
  /// What a reader must never see as anything but text.
  private static let hostile = "</title><script>alert('x')</script>\u{1B}\u{0}\"&<"

  /// A page with every part, each of which is given hostile text.
  private static var page: String {
    let text = hostile
    let axis = Axis(text, from: -2, to: 3)
    let points = [(0.0, 0.0), (0.4, 0.7), (1.0, 1.0)]
    let figures = [
      CurveFigure(
        caption: text, description: text, x: .share(text), y: .share(text),
        lines: [.init(text, points), .init("b", points)], diagonal: .drawn
      ).figure,
      HistogramFigure(
        caption: text, description: text, names: (text, text), edges: [text],
        shares: [(0.2, 0.5), (0.8, 0.5)]
      ).figure,
      PairedBarsFigure(
        caption: text, description: text, names: (text, text), rows: [.init(text, 0.25, 0.125)]
      ).figure,
      IntervalBarsFigure(
        caption: text, description: text, range: axis,
        rows: [.init(text, -1, interval: -1.5...0.5, text: text), .init("b", 2, interval: nil, text: text)]
      ).figure,
    ]
    let table = ReportTable(
      caption: text, columns: [(text, .text), (text, .number)],
      rows: [[.init(text: text), .init(text: text, .bad)]])
    return ReportDocument(
      title: text, introduction: [.paragraph(text), .list([text]), table.markup],
      sections: [.init(text, anchor: "one", [.row(figures.map(\.markup))])], footer: text
    ).page
  }

  @Test func `hostile text makes no element, and the page is well-formed`() throws {
    let reader = try PageReader.read(Self.page)
    #expect(Set(reader.elements).isDisjoint(with: ["script", "img", "link", "iframe", "object"]))
    #expect(reader.elements.count { $0 == "title" } == 5)
    #expect(reader.texts.contains { $0.hasPrefix("</title><script>alert('x')</script>\\u{1B}\\0\"&<") })
  }

  @Test func `nothing is loaded and nothing runs`() throws {
    let reader = try PageReader.read(Self.page)
    let loading = ["src", "href", "xlink:href", "srcset", "action", "data", "style"]
    #expect(reader.attributes.allSatisfy { !loading.contains($0.name) && !$0.name.hasPrefix("on") })
    #expect(!Self.page.contains("url("))
    #expect(!Self.page.contains("@import"))
  }

  @Test func `each drawing says what it is, each table what its columns are`() throws {
    let reader = try PageReader.read(Self.page)
    #expect(reader.attributes.count { $0.name == "role" && $0.value == "img" } == 4)
    #expect(reader.elements.count { $0 == "desc" } == 4)
    #expect(reader.attributes.filter { $0.name == "scope" }.map(\.value) == ["col", "col", "row"])
  }

  @Test func `the same content gives the same bytes`() {
    #expect(Self.page == Self.page)
  }

  @Test func `it is legible on paper and in the dark`() {
    #expect(Self.page.contains("@media print"))
    #expect(Self.page.contains("prefers-color-scheme: dark"))
  }
}

/// What Python's XML parser finds in a page; it refuses one that is not well-formed.
struct PageReader: Decodable {
  struct Attribute: Decodable {
    let name: String
    let value: String
  }

  let elements: [String]
  let attributes: [Attribute]
  let texts: [String]

  static func read(_ page: String) throws -> PageReader {
    try Oracle.ask("page_oracle.py", ["page": page], as: PageReader.self)
  }
}
