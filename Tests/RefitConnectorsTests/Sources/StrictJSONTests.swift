import Foundation
import RefitTesting
import Testing

@testable import RefitConnectors

@Suite struct StrictJSONTests {
  private func parse(_ text: String) throws -> StrictJSON { try StrictJSON.parse(ArraySlice(text.utf8)) }

  @Test func readsEachKindOfValue() throws {
    let value = try parse(#" {"a": [1, -2.5e+3, "x", true, false, null], "b": {}, "c": []} "#)
    #expect(
      value
        == .object([
          .init(
            key: "a",
            value: .array([
              .number("1"), .number("-2.5e+3"), .string("x"), .bool(true), .bool(false), .null,
            ])),
          .init(key: "b", value: .object([])), .init(key: "c", value: .array([])),
        ]))
  }

  @Test(arguments: [
    (#""\"\\\/\b\f\n\r\t""#, "\"\\/\u{8}\u{C}\n\r\t"), (#""\u00e9\u20AC""#, "é€"), (#""\ud83d\ude00""#, "😀"),
    (#""héllo 日本""#, "héllo 日本"), ("\"\u{7F}\"", "\u{7F}"), (#""\u0000""#, "\u{0}"),
  ])
  func readsStrings(text: String, expected: String) throws {
    #expect(try parse(text) == .string(expected))
  }

  /// Taken from the n_ cases of JSONTestSuite (github.com/nst/JSONTestSuite), and keys that stand twice.
  @Test(arguments: [
    "", " ", "[1 true]", "[a\u{E5}]", #"["": 1]"#, #"[""],"#, "[,1]", "[1,,2]", #"["x"]]"#, #"["",]"#,
    #"["x""#, "[x", "[3[4]]", "[1:2]", "[,]", "[-]", "[   , \"\"]", "[1,]", "[1,,]", "[*]", "[", "[fals]",
    "[nul]", "[tru]", "[++1234]", "[+1]", "[-01]", "[-1.0.]", "[-2.]", "[-NaN]", "[.-1]", "[.2e-3]",
    "[0.1.2]", "[0.3e+]", "[0.3e]", "[0.e1]", "[0E]", "[0E+]", "[1.0e]", "[1.0e-]", "[1.0e+]", "[1 000.0]",
    "[1eE2]", "[2.e3]", "[9.e+]", "[Inf]", "[NaN]", "[1+2]", "[0x42]", "[Infinity]", "[-Infinity]",
    "[-foo]", "[- 1]", "[-012]", "[1ea]", "[1a]", "[.123]", "[012]", "[\"x\", truth]", #"{[: "x"}"#,
    #"{"x", null}"#, #"{"x"::"b"}"#, #"{🇨🇭}"#, #"{"a":"a" 123}"#, #"{key: 'value'}"#, #"{"a" b}"#,
    #"{:"b"}"#, #"{"a""#, #"{"a":"#, #"{"a"#, #"{1:1}"#, #"{null:null}"#, #"{"id":0,,,,,}"#, #"{'a':0}"#,
    #"{"id":0,}"#, #"{"a":"b"}/**/"#, #"{"a":"b"}#"#, #"{"a":"b",,"c":"d"}"#, #"{a: "b"}"#, #"{"a":"a"#,
    #"{"a":"b"}{}"#, #"["\u00A"]"#, #"["\{"]"#, #"["\x00"]"#, #"["\\\"]"#, #"["\uD834\uDd"]"#,
    #"["\uD800\uD800\u"]"#, #"["\uqqqq"]"#, #"["\a"]"#, "[\"new\nline\"]", "[\"\t\"]", "[\u{C}]", "<null>",
    "[<null>]", "[True]", "1]", #"{"x": true,"#, "]", "{}}", "\u{FEFF}{}", "\u{A0}{}", "{\"a\":1\u{0}}",
    #"{"a":1,"a":1}"#, #"{"a":{"b":1,"c":2,"b":1}}"#, #"{"a":1,"\u0061":2}"#, #"["\udc00"]"#,
    #"["\ud800"]"#, String(repeating: "[", count: 33) + String(repeating: "]", count: 33),
  ])
  func refuses(text: String) {
    #expect(throws: LineRefusal.self) { try parse(text) }
  }

  @Test func namesTheColumn() {
    #expect(throws: LineRefusal.self) { try parse(#"{"a": 1, "a": 2}"#) }
    do {
      _ = try parse(#"{"a": 1, "a": 2}"#)
    } catch let refusal as LineRefusal {
      #expect(refusal.message == "column 10: the key 'a' stands twice; keep one")
    } catch {
      Issue.record(error)
    }
  }

  /// Foundation is the oracle: what it writes reads back the same, with random strings, numbers and shapes.
  @Test func readsWhatFoundationWrites() throws {
    var random = SeededGenerator(seed: 7)
    for _ in 0..<500 {
      let original = random.json(depth: 4)
      let written = try JSONSerialization.data(withJSONObject: original, options: [.fragmentsAllowed])
      let read = try StrictJSON.parse(ArraySlice(written))
      #expect(same(read, original), "\(String(decoding: written, as: UTF8.self))")
    }
  }

  /// Cutting valid text anywhere, or changing one byte of it, never traps and never hangs.
  @Test func survivesDamage() throws {
    let valid = Array(#"{"metric":"a\u00e9\n","value":-1.5e3,"window":{"start":"x","end":[true,null]}}"#.utf8)
    var random = SeededGenerator(seed: 11)
    var refused = 0
    for _ in 0..<20_000 {
      var bytes = Array(valid.prefix(Int.random(in: 0...valid.count, using: &random)))
      if !bytes.isEmpty {
        bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(in: 0..<128, using: &random)
      }
      if (try? StrictJSON.parse(ArraySlice(bytes))) == nil { refused += 1 }
    }
    #expect(refused > 15_000)
  }

  private func same(_ read: StrictJSON, _ original: Any) -> Bool {
    switch (read, original) {
    case (.null, is NSNull): true
    case (.string(let text), let other as String): Array(text.utf8) == Array(other.utf8)
    case (.bool(let flag), let other as Bool): flag == other
    case (.number(let digits), let other as Double): Double(digits) == other
    case (.number(let digits), let other as Int): Int(digits) == other
    case (.array(let values), let others as [Any]):
      values.count == others.count && zip(values, others).allSatisfy { same($0, $1) }
    case (.object(let members), let others as [String: Any]):
      members.count == others.count
        && members.allSatisfy { member in others[member.key].map { same(member.value, $0) } ?? false }
    default: false
    }
  }
}

extension SeededGenerator {
  fileprivate mutating func json(depth: Int) -> Any {
    switch Int.random(in: 0..<(depth == 0 ? 5 : 7), using: &self) {
    case 0: return NSNull()
    case 1: return Bool.random(using: &self)
    case 2: return Double.random(in: -1e9...1e9, using: &self)
    case 3: return Int.random(in: -1_000_000...1_000_000, using: &self)
    case 4: return text()
    case 5: return (0..<Int.random(in: 0..<4, using: &self)).map { _ in json(depth: depth - 1) }
    default:
      var members: [String: Any] = [:]
      for _ in 0..<Int.random(in: 0..<4, using: &self) { members[text()] = json(depth: depth - 1) }
      return members
    }
  }

  private mutating func text() -> String {
    let alphabet: [Character] = ["a", "é", "\"", "\\", "\n", "/", "😀", "\u{1}", "日", " ", "\u{2028}", "{"]
    return String(
      (0..<Int.random(in: 0..<6, using: &self)).map { _ in alphabet.randomElement(using: &self)! })
  }
}
