import Testing

@testable import refit

@Suite struct TerminalTests {
  private func terminal(_ variables: [String: String], isInteractive: Bool = true, width: Int? = 100)
    -> Terminal
  {
    Terminal(isInteractive: isInteractive, reportedWidth: width) { variables[$0] }
  }

  @Test func hasColoursOnlyWhereAPersonLooks() {
    #expect(terminal([:]).hasColour)
    #expect(!terminal([:], isInteractive: false).hasColour)
    #expect(!terminal(["NO_COLOR": "1"]).hasColour)
    #expect(terminal(["NO_COLOR": ""]).hasColour)
    #expect(!terminal(["TERM": "dumb"]).hasColour)
  }

  @Test(arguments: [
    ("LANG", "en_GB.UTF-8", true), ("LANG", "C.utf8", true), ("LANG", "ca_ES.UTF-8@valencia", true),
    ("LANG", "C", false), ("LC_ALL", "POSIX", false), ("LC_CTYPE", "de_DE.ISO-8859-1", false),
    ("LC_MESSAGES", "C", true), ("LANG", "", true),
  ])
  func looksAtTheLocaleForUTF8(name: String, value: String, expected: Bool) {
    #expect(terminal([name: value]).hasUnicode == expected)
  }

  @Test func theStrongerVariableWins() {
    #expect(!terminal(["LANG": "C.UTF-8", "LC_ALL": "C"]).hasUnicode)
    #expect(terminal(["LANG": "C", "LC_CTYPE": "C.UTF-8"]).hasUnicode)
  }

  @Test func takesItsWidthFromTheSystemFirst() {
    #expect(terminal(["COLUMNS": "60"]).width == 100)
    #expect(terminal(["COLUMNS": "60"], width: nil).width == 60)
    #expect(terminal(["COLUMNS": "wide"], width: nil).width == 80)
    #expect(terminal([:], width: 3).width == 20)
  }

  @Test func stylesTextOnlyInColour() {
    let colours = terminal([:])
    #expect(colours.styled("no", .bad) == "\u{1B}[31mno\u{1B}[0m")
    #expect(colours.styled("no", .plain) == "no")
    #expect(colours.styled("", .bad) == "")
    for style in TextStyle.allCases { #expect(Terminal.plain.styled("no", style) == "no") }
  }

  @Test func marksAreOneColumnWide() {
    let ascii = terminal(["LANG": "C"], isInteractive: false)
    #expect(Mark.allCases.map(Terminal.plain.mark) == ["✓", "✗", "?", "·"])
    #expect(Mark.allCases.map(ascii.mark) == ["+", "x", "?", "."])
    for mark in Mark.allCases { #expect(DisplayWidth.of(Terminal.plain.mark(mark)) == 1) }
    #expect(terminal([:]).mark(.yes) == "\u{1B}[32m✓\u{1B}[0m")
  }
}
