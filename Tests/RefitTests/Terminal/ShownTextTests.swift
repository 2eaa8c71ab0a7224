import Testing

@testable import refit

@Suite struct ShownTextTests {
  @Test(arguments: [
    ("credit-risk", "credit-risk"), ("<script>alert(1)</script>", "<script>alert(1)</script>"),
    ("a\nb\r\nc\td", #"a\nb\r\nc\td"#), ("\u{1B}]0;owned\u{7}", #"\u{1B}]0;owned\u{07}"#),
    ("\u{1B}[2J\u{1B}[H", #"\u{1B}[2J\u{1B}[H"#), ("\u{9B}31m", #"\u{009B}31m"#),
    ("\u{7F}\u{0}", #"\u{7F}\0"#),
    ("user\u{202E}txt.exe", #"user\u{202E}txt.exe"#), ("a\u{2066}b\u{2028}c", #"a\u{2066}b\u{2028}c"#),
    ("zero\u{200B}width\u{FEFF}", #"zero\u{200B}width\u{FEFF}"#), ("\u{3164}x", #"\u{3164}x"#),
    ("日本 é 👩‍👩‍👧", "日本 é 👩‍👩‍👧"), ("", ""),
  ])
  func escapesWhatCouldDoHarm(raw: String, shown: String) {
    #expect(ShownText(raw).text == shown)
  }

  @Test func leavesNoControlCharacterWhatever() {
    for value in 0..<UInt32(0x3000) {
      guard let scalar = Unicode.Scalar(value) else { continue }
      let shown = ShownText("a" + String(Character(scalar)) + "b").text
      #expect(shown.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F })
      #expect(!shown.unicodeScalars.contains { (0x80...0x9F).contains($0.value) })
    }
  }

  @Test(arguments: [
    ("abcdef", 6, "abcdef"), ("abcdef", 5, "abcd…"), ("abcdef", 1, "…"), ("abcdef", 0, ""),
    ("日本語文字", 6, "日本…"), ("日本語文字", 5, "日本…"), ("日本", 4, "日本"), ("日本", 3, "日…"),
    ("e\u{301}xyz", 2, "e\u{301}…"),
  ])
  func cutsToColumns(raw: String, width: Int, expected: String) {
    let cut = ShownText(raw).truncated(to: width, on: .plain)
    #expect(cut == expected)
    #expect(DisplayWidth.of(cut) <= width)
  }

  @Test func cutsWithASCIIWhereItMust() {
    let ascii = Terminal(isInteractive: true, width: 80, hasColour: false, hasUnicode: false)
    #expect(ShownText("abcdef").truncated(to: 4, on: ascii) == "abc~")
  }
}
