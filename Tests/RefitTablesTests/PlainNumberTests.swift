import Foundation
import RefitTesting
import Testing

@testable import RefitTables

@Suite struct PlainNumberTests {
  private let digits = Array("01234567890123456789000".utf8)
  private let hostile = Array("..--+e /:,x".utf8) + [0xB9]

  /// Bytes as a word, the first in the lowest.
  private func word<Word: FixedWidthInteger>(_ bytes: some Collection<UInt8>) -> Word {
    bytes.prefix(Word.bitWidth / 8).reversed().reduce(Word(0)) { $0 << 8 | Word($1) }
  }

  /// What strtod makes of a text; nil where it does not read all of it, or the text is not plain.
  private func strtodOfPlain(_ text: [UInt8]) -> Double? {
    guard text.allSatisfy(Set("0123456789.-".utf8).contains) else { return nil }
    var characters = text.map { CChar(bitPattern: $0) } + [0]
    return characters.withUnsafeMutableBufferPointer { characters in
      guard let start = characters.baseAddress else { return nil }
      var end: UnsafeMutablePointer<CChar>? = start
      let value = strtod(start, &end)
      return end == start + text.count ? value : nil
    }
  }

  /// A text that is a number about as often as not.
  private func randomText(_ lengths: ClosedRange<Int>, using generator: inout SeededGenerator) -> [UInt8] {
    let length = Int.random(in: lengths, using: &generator)
    var text = (0..<length).map { _ in digits.randomElement(using: &generator) ?? 0 }
    for _ in 0..<Int.random(in: 0...2, using: &generator) {
      let place = Int.random(in: 0..<3, using: &generator) * Int.random(in: 0..<length, using: &generator) / 2
      text[min(place, length - 1)] = hostile.randomElement(using: &generator) ?? 0
    }
    return text
  }

  @Test(arguments: [8, 16]) func textsOfAWordAreNumbersWhereStrtodReadsAllOfThem(longest: Int) {
    var generator = SeededGenerator(seed: UInt64(longest))
    var numberCount = 0
    for _ in 0..<200_000 {
      let text = randomText(1...longest, using: &generator)
      let length = text.count
      let followed =
        text + (0..<longest).map { _ in (digits + hostile).randomElement(using: &generator) ?? 0 }
      let found =
        longest == 8
        ? PlainNumber(word(followed) as UInt64, length: UInt64(length))?.shortValue
        : PlainNumber(word(followed) as UInt128, length: UInt128(length))?.shortValue
      let expected = strtodOfPlain(text)
      if expected != nil { numberCount += 1 }
      // A double may not hold the integer that sixteen digits make.
      if found == nil, expected != nil, text.count(where: { $0 >= UInt8(ascii: "0") }) == 16 { continue }
      #expect(found?.bitPattern == expected?.bitPattern, "\(String(decoding: text, as: UTF8.self))")
    }
    #expect(numberCount > 40_000)
  }

  @Test func longTextsAreStrtodsNumbersWhereTheyAreNumbers() {
    var generator = SeededGenerator(seed: 24)
    var numberCount = 0
    var foundCount = 0
    for _ in 0..<200_000 {
      var text = randomText(17...24, using: &generator)
      // Mostly what a program writes: few digits that mean something before the last sixteen.
      if Int.random(in: 0..<4, using: &generator) > 0 {
        let head = Array(
          ["-0.", "0.", "12.", "-7.", ".", "0.000", "123", "-"].randomElement(using: &generator)?.utf8
            ?? "".utf8)
        text = head + text.suffix(16)
      }
      guard 17...24 ~= text.count else { continue }
      let found = PlainNumber(
        head: word(text), tail: word(text.suffix(16)), length: UInt64(text.count))?.value
      let expected = strtodOfPlain(text)
      if expected != nil { numberCount += 1 }
      if found != nil { foundCount += 1 }
      if let found {
        #expect(found.bitPattern == expected?.bitPattern, "\(String(decoding: text, as: UTF8.self))")
      }
    }
    #expect(numberCount > foundCount && foundCount > 40_000)
  }

  @Test(arguments: [
    "0.8414709848078965", "-1.2345678901234567", "9007199254740993.0", "90071992547409930",
    "0.00000000000000001",
    "-0.0000000000000000", "12345678901234567", "123.4567890123456789",
  ])
  func numbersThatProgramsWriteInFullAreStrtods(text: String) {
    let bytes = Array(text.utf8)
    let found = PlainNumber(head: word(bytes), tail: word(bytes.suffix(16)), length: UInt64(bytes.count))?
      .value
    let isShortHead = !text.hasSuffix(".0")
    #expect(found?.bitPattern == (isShortHead ? strtod(text, nil).bitPattern : nil))
  }
}
