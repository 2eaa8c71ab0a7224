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

  /// WCAG 2.1: text needs a contrast of 4.5 with the page (success criterion 1.4.3), graphics one of 3 (1.4.11).
  @Test func `texts and drawings stand out by day, in the dark and on paper`() throws {
    let palettes = Self.page.components(separatedBy: ":root {").dropFirst().map(Palette.init)
    #expect(palettes.count == 3)
    for palette in palettes {
      for name in ["ink", "quiet", "bad", "warn"] {
        #expect(try palette.contrast(name, "page") >= 4.5, "\(name) of \(palette.colours)")
      }
      for name in ["reference", "current"] {
        #expect(try palette.contrast(name, "page") >= 3, "\(name) of \(palette.colours)")
      }
    }
    #expect(try Set(palettes.map { try $0.luminance("page") < 0.1 }) == [true, false])
  }
}

/// The colours that a style sheet names.
private struct Palette {
  let colours: [String: [Double]]

  /// Reads `--name: #rrggbb;` or `#rgb` up to the end of the block.
  init(_ sheet: String) {
    let declarations = sheet.prefix { $0 != "}" }.split(separator: ";").map { $0.split(separator: ":") }
    colours = Dictionary(
      uniqueKeysWithValues: declarations.compactMap { declaration in
        let words = declaration.map { $0.trimmingCharacters(in: .whitespacesAndNewlines) }
        guard words.count == 2, words[0].hasPrefix("--"), words[1].hasPrefix("#") else { return nil }
        let digits = words[1].dropFirst().map { $0.hexDigitValue ?? 0 }
        let bytes =
          digits.count == 3 ? digits.map { $0 * 17 } : [0, 2, 4].map { digits[$0] * 16 + digits[$0 + 1] }
        return (String(words[0].dropFirst(2)), bytes.map { Double($0) / 255 })
      })
  }

  /// WCAG's relative luminance.
  func luminance(_ name: String) throws -> Double {
    let linear = try #require(colours[name]).map {
      $0 <= 0.04045 ? $0 / 12.92 : pow(($0 + 0.055) / 1.055, 2.4)
    }
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
  }

  func contrast(_ first: String, _ second: String) throws -> Double {
    let pair = [try luminance(first), try luminance(second)]
    return (pair.max()! + 0.05) / (pair.min()! + 0.05)
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
