import RefitTesting
import Testing

@testable import refit

@Suite struct DisplayWidthTests {
  @Test(arguments: [
    ("", 0), ("abc", 3), ("é", 1), ("e\u{301}", 1), ("日本語", 6), ("한국", 4), ("\u{1112}\u{1161}\u{11AB}", 2),
    ("Å", 1),
    ("😀", 2), ("👩‍👩‍👧", 2), ("🇩🇪", 2), ("🇩", 2), ("👍🏽", 2), ("☂", 1), ("☂\u{FE0F}", 2), ("ﾊﾝ", 2), ("Ａ", 2),
    ("│├", 2), ("✓", 1), ("ไทย", 3), ("▁█", 2), ("\u{200D}", 0), ("𝔘", 1), ("क्षि", 3), ("ß", 1), ("…–", 2),
  ])
  func countsColumns(text: String, width: Int) {
    #expect(DisplayWidth.of(text) == width)
  }

  /// The `wcwidth` package for Python on every assigned character but those that never reach a terminal from
  /// here.
  @Test func agreesWithWcwidth() throws {
    let widths: [Int] = try Oracle.ask("wcwidth_oracle.py", ["below": 0x30000])
    var compared = 0
    var different: [String] = []
    for (offset, expected) in widths.enumerated() {
      guard let scalar = Unicode.Scalar(UInt32(offset)) else { continue }
      switch scalar.properties.generalCategory {
      case .control, .format, .unassigned, .privateUse, .surrogate, .lineSeparator, .paragraphSeparator:
        continue
      // wcwidth counts spacing marks as part of the letter before; terminals give them a column.
      case .spacingMark: continue
      default: if scalar.properties.isDefaultIgnorableCodePoint { continue }
      }
      compared += 1
      let width = DisplayWidth.of(Character(scalar))
      if width != expected { different.append(String(scalar.value, radix: 16)) }
    }
    #expect(compared > 100_000)
    #expect(different.isEmpty, "\(different.prefix(20))")
  }
}
