import RefitTesting
import Testing

@testable import refit

@Suite struct ShownLogTests {
  private static func shown(_ pieces: [[UInt8]]) -> String {
    var log = ShownLog()
    return pieces.map { log.shown($0) }.joined()
  }

  @Test(arguments: [
    ("plain\n\ttext\n", "plain\n\ttext\n"),
    ("a\r\nb\r\n", "a\nb\n"),
    ("1 %\r2 %\r3 %\n", "1 %\n2 %\n3 %\n"),
    ("\u{1B}[2J\u{1B}[31mred\u{07}\n", "\\u{1B}[2J\\u{1B}[31mred\\u{07}\n"),
    ("\u{9B}31m\u{202E}x", "\\u{009B}31m\\u{202E}x"),
    ("naïve 🔑 日本\n", "naïve 🔑 日本\n"),
  ])
  func showsWhatAJobPrinted(_ printed: String, _ expected: String) {
    #expect(Self.shown([Array(printed.utf8)]) == expected)
  }

  @Test func bytesThatAreNoTextAreMarked() {
    #expect(Self.shown([[0xFF, 0x61, 0x0A]]) == "\u{FFFD}a\n")
  }

  /// However the pieces fall, also within a character or an escape, what is shown is the same.
  @Test func aLogInPiecesIsShownAsAWhole() {
    let log = Array("a\r\nb\rc 🔑\u{1B}[31m é\u{202E}日本\r\n".utf8)
    let whole = Self.shown([log])
    var generator = SeededGenerator(seed: 11)
    for _ in 0..<200 {
      var pieces: [[UInt8]] = []
      var rest = log[...]
      while !rest.isEmpty {
        let count = Int.random(in: 1...min(5, rest.count), using: &generator)
        pieces.append(Array(rest.prefix(count)))
        rest = rest.dropFirst(count)
      }
      #expect(Self.shown(pieces) == whole)
    }
  }
}
