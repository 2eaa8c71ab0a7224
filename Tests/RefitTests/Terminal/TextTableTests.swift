import Testing

@testable import refit

@Suite struct TextTableTests {
  private let columns: [TextTable.Column] = [.init("model"), .init("rows", .right), .init("why")]

  private func terminal(_ width: Int, colour: Bool = false) -> Terminal {
    Terminal(isInteractive: true, width: width, hasColour: colour, hasUnicode: true)
  }

  @Test func alignsColumns() {
    let table = TextTable(columns, rows: [["churn", "9", "quiet"], ["credit-risk", "12,345", ""]])
    #expect(
      table.rendered(for: .plain) == """
        model          rows  why
        churn             9  quiet
        credit-risk  12,345

        """)
  }

  @Test func hasTitlesWithoutRows() {
    #expect(TextTable(columns).rendered(for: .plain) == "model  rows  why\n")
  }

  @Test func keepsColumnsApartAroundEmptyCells() {
    let table = TextTable(columns, rows: [["", "1", "a"], ["b", "", "c"], ["", "", "d"], ["", "", ""]])
    #expect(
      table.rendered(for: .plain) == """
        model  rows  why
                  1  a
        b            c
                     d


        """)
  }

  @Test func escapesHostileCells() {
    let table = TextTable(
      columns, rows: [["\u{1B}]0;x\u{7}", "1\r", "<script>\nGate: pass"]])
    #expect(
      table.rendered(for: .plain) == #"""
        model             rows  why
        \u{1B}]0;x\u{07}   1\r  <script>\nGate: pass

        """#)
  }

  @Test func countsColumnsAndNotCharacters() {
    let table = TextTable(
      columns, rows: [["日本", "1", "x"], ["e\u{301}te\u{301}", "2", "y"], ["👩‍👩‍👧", "3", "z"]])
    #expect(
      table.rendered(for: .plain) == """
        model  rows  why
        日本      1  x
        e\u{301}te\u{301}       2  y
        👩‍👩‍👧        3  z

        """)
  }

  @Test func cutsTextButNoNumberOnANarrowTerminal() {
    let long = String(repeating: "n", count: 200)
    let table = TextTable(columns, rows: [[.init(long), "123,456,789", "because it is so"]])
    #expect(
      table.rendered(for: terminal(44)) == """
        model                 rows  why
        nnnnnnnnnnnn…  123,456,789  because it is so

        """)
    for line in table.rendered(for: terminal(44)).split(separator: "\n") { #expect(line.count <= 44) }
    #expect(table.rendered(for: .plain).contains(long))
    // Narrower than it can get: no column goes below eight.
    #expect(table.rendered(for: terminal(20)).contains("nnnnnnn…  123,456,789  because…"))
  }

  @Test func coloursTheTextAndNotTheSpace() {
    var table = TextTable([.init("run"), .init("state")])
    table.append([.init("#1", .dim), .init("failed", .bad)])
    #expect(
      table.rendered(for: terminal(80, colour: true)) == """
        \u{1B}[1mrun\u{1B}[0m  \u{1B}[1mstate\u{1B}[0m
        \u{1B}[2m#1\u{1B}[0m   \u{1B}[31mfailed\u{1B}[0m

        """)
  }

  @Test func everyLineFitsWhateverTheCells() {
    for lengths in 0..<512 {
      let row = [lengths % 8, lengths / 8 % 8, lengths / 64].map {
        TextTable.Cell(String(repeating: "日a", count: 7 * $0))
      }
      let text = TextTable([.init("a"), .init("b"), .init("c")], rows: [row]).rendered(for: terminal(40))
      for line in text.split(separator: "\n") { #expect(DisplayWidth.of(String(line)) <= 40) }
    }
  }
}
