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
    case 7:
      // Halfway between two doubles, and one digit off it.
      let integer = (1 << 53) + Int(generator.next() >> 12)
      return ["\(integer)", "\(integer).5", "\(integer)5e-1", "\(integer).000000001"][integer % 4]
    case 8: return halfway(using: &generator)
    case 9:
      // Subnormal numbers, and what is just too small or too large for a double.
      let exponent = Bool.random(using: &generator) ? -Int.random(in: 305...345, using: &generator) : 308
      return "\(1 + generator.next() % 9).\(generator.next())\(generator.next())e\(exponent)"
    case 10:
      // Hundreds of digits with the point anywhere, leading and trailing zeros.
      let digits = (0..<Int.random(in: 20...400, using: &generator)).map { _ in
        String(generator.next() % 4 == 0 ? 0 : generator.next() % 10)
      }
      let point = Int.random(in: 0...digits.count, using: &generator)
      return "000" + digits[..<point].joined() + "." + digits[point...].joined() + "000"
    default: return "\(generator.next() % 10_000_000)e\(Int.random(in: -400...400, using: &generator))"
    }
  }

  /// The exact text of the middle between two neighbouring doubles, sometimes with one more digit behind it, which
  /// decides where a tie would not.
  private func halfway(using generator: inout SeededGenerator) -> String {
    let exponent = Int.random(in: -60...10, using: &generator)
    // An odd integer of 54 bits times a power of two.
    let odd = (1 << 53) | Int(generator.next() >> 11) | 1
    if exponent >= 0 { return "\(UInt64(odd) << UInt64(exponent))" }
    // n / 2^k is n · 5^k / 10^k.
    var digits = Array("\(odd)".utf8.reversed()).map { Int($0) - 48 }
    for _ in 0..<(-exponent) {
      var carry = 0
      for index in digits.indices {
        let value = digits[index] * 5 + carry
        digits[index] = value % 10
        carry = value / 10
      }
      while carry > 0 {
        digits.append(carry % 10)
        carry /= 10
      }
    }
    let text = digits.reversed().map(String.init).joined()
    let tail = ["", "", "1", "0000000000000000001"][Int(generator.next() % 4)]
    return tail.isEmpty ? "\(text)e\(exponent)" : "\(text).\(tail)e\(exponent)"
  }

  /// How many texts of each kind; REFIT_NUMBER_TEXTS asks for more.
  private static let textCount =
    ProcessInfo.processInfo.environment["REFIT_NUMBER_TEXTS"].flatMap { Int($0) } ?? 25_000

  @Test(arguments: 0..<12) func equalsStrtodBitForBit(kind: Int) {
    var generator = SeededGenerator(seed: UInt64(kind))
    var differentCount = 0
    var examples: [String] = []
    for _ in 0..<Self.textCount {
      let text = randomText(kind, using: &generator)
      let expected = strtod(text, nil)
      let found = parse(text)
      if found?.bitPattern != expected.bitPattern, !(expected.isNaN && found?.isNaN == true) {
        differentCount += 1
        if examples.count < 5 { examples.append(text) }
      }
    }
    #expect(differentCount == 0, "such as \(examples)")
  }
}
