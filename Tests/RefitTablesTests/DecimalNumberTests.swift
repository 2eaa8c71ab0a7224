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

  /// The number of a text no longer than a word, behind which other bytes stand.
  private func plain<Word: FixedWidthInteger & UnsignedInteger>(
    _ text: [UInt8], before rest: [UInt8], in: Word.Type
  ) -> Double? {
    let word = (text + rest).prefix(Word.bitWidth / 8).reversed().reduce(Word(0)) { $0 << 8 | Word($1) }
    return DecimalNumber.plain(word, length: Word(text.count))
  }

  /// What strtod makes of a text; nil where it does not read all of it.
  private func strtodOfAll(_ text: [UInt8]) -> Double? {
    var characters = text.map { CChar(bitPattern: $0) } + [0]
    return characters.withUnsafeMutableBufferPointer { characters in
      guard let start = characters.baseAddress else { return nil }
      var end: UnsafeMutablePointer<CChar>? = start
      let value = strtod(start, &end)
      return end == start + text.count ? value : nil
    }
  }

  @Test(arguments: [8, 16]) func plainTextsAreNumbersWhereStrtodReadsAllOfThem(longest: Int) {
    var generator = SeededGenerator(seed: UInt64(longest))
    let digits = Array("01234567890123456789000".utf8)
    let hostile = Array("..--+e /:,x".utf8) + [0xB9]
    let plain = Set("0123456789.-".utf8)
    var numberCount = 0
    for _ in 0..<Self.textCount * 8 {
      // Mostly digits in long texts, of which few would be numbers otherwise.
      var text = (0..<Int.random(in: 1...longest, using: &generator)).map { _ in
        digits.randomElement(using: &generator) ?? 0
      }
      for _ in 0..<Int.random(in: 0...2, using: &generator) {
        let place = Bool.random(using: &generator) ? 0 : Int.random(in: 0..<text.count, using: &generator)
        text[place] = hostile.randomElement(using: &generator) ?? 0
      }
      let rest = (0..<longest).map { _ in (digits + hostile).randomElement(using: &generator) ?? 0 }
      let found =
        longest == 8
        ? self.plain(text, before: rest, in: UInt64.self) : self.plain(text, before: rest, in: UInt128.self)
      let isNumber = text.allSatisfy(plain.contains) && strtodOfAll(text) != nil
      if isNumber { numberCount += 1 }
      // Of sixteen digits a double may not hold the integer.
      if found == nil, isNumber, text.count(where: { $0 >= UInt8(ascii: "0") }) == 16 { continue }
      #expect(
        found?.bitPattern == (isNumber ? strtodOfAll(text)?.bitPattern : nil),
        "\(String(decoding: text, as: UTF8.self))")
    }
    #expect(numberCount > Self.textCount)
  }
}
