import Foundation
import RefitTesting
import Testing

@testable import RefitTables

@Suite struct DecimalNumberTests {
  private func parse(_ text: String) -> Double? {
    var text = text
    return text.withUTF8 { DecimalNumber.parse($0) }
  }

  @Test(arguments: [
    ("0", 0), ("-0", -0.0), (" 1.5\t", 1.5), (".5", 0.5), ("5.", 5), ("+3", 3), ("1E5", 1e5), ("1e-05", 1e-5),
    ("000123.4500", 123.45), ("1e400", .infinity), ("-1e400", -.infinity), ("1e-400", 0), ("inf", .infinity),
    ("-Infinity", -.infinity), ("+INF", .infinity), ("0e999999999999", 0),
    ("9007199254740993", 9_007_199_254_740_992),
  ])
  func readsNumbers(text: String, expected: Double) {
    #expect(parse(text)?.bitPattern == expected.bitPattern)
  }

  @Test(arguments: ["nan", "NaN", "-nan", "NAN"]) func readsNaN(text: String) {
    #expect(parse(text)?.isNaN == true)
  }

  @Test(arguments: [
    "", " ", "abc", "1x", "x1", "--1", "+-1", "1e", "1e+", "e5", ".", "+", "-.", "0x10", "1_000", "1,5",
    "nan(1)",
    "infinit", "in", "1 2", "1e5.5", "१", "NA", "null", "None", "1.2.3", "1\u{A0}", "1\n", "∞",
  ])
  func refusesEverythingElse(text: String) {
    #expect(parse(text) == nil)
  }

  /// One kind of number text for each index.
  private func randomText(_ kind: Int, using generator: inout SeededGenerator) -> String {
    switch kind {
    case 0: return Double(bitPattern: generator.next()).description
    case 1: return Double.random(in: 0..<1, using: &generator).description
    case 2: return (Double.random(in: -1e6..<1e6, using: &generator)).description
    case 3: return "\(generator.next())e\(Int.random(in: -30...30, using: &generator))"
    case 4: return "\(generator.next() >> 11).\(generator.next() >> 50)"
    case 5: return "-0.\(generator.next())\(generator.next())"
    case 6: return "\(generator.next() >> 1)e\(Int.random(in: -345...310, using: &generator))"
    default:
      // Halfway between two doubles, and one digit off it.
      let integer = (1 << 53) + Int(generator.next() >> 12)
      return ["\(integer)", "\(integer).5", "\(integer)5e-1", "\(integer).000000001"][integer % 4]
    }
  }

  @Test(arguments: 0..<8) func equalsStrtodBitForBit(kind: Int) {
    var generator = SeededGenerator(seed: UInt64(kind))
    var different: [String] = []
    for _ in 0..<125_000 {
      let text = randomText(kind, using: &generator)
      let expected = strtod(text, nil)
      let found = parse(text)
      if found?.bitPattern != expected.bitPattern, !(expected.isNaN && found?.isNaN == true) {
        different.append(text)
      }
    }
    #expect(different.isEmpty, "\(different.count), such as \(different.prefix(5))")
  }
}
