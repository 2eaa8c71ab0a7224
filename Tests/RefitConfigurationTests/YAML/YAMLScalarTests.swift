import Testing

@testable import RefitConfiguration

/// The examples of YAML 1.2.2, section 10.3.2, and what older readers make of other words.
@Suite struct YAMLScalarTests {
  @Test(
    "Plain scalars mean what the core schema says",
    arguments: [
      ("", .null), ("~", .null), ("null", .null), ("Null", .null), ("NULL", .null), ("nULL", .text),
      ("true", .boolean(true)), ("True", .boolean(true)), ("TRUE", .boolean(true)), ("tRUE", .text),
      ("false", .boolean(false)), ("False", .boolean(false)), ("FALSE", .boolean(false)),
      ("yes", .text), ("no", .text), ("on", .text), ("off", .text), ("y", .text), ("N", .text),
      ("0", .integer(0)), ("-19", .integer(-19)), ("+7", .integer(7)), ("010", .integer(10)),
      ("0o7", .integer(7)), ("0o10", .integer(8)), ("0o8", .text), ("0x3A", .integer(58)), ("0x", .text),
      ("-0x1", .text), ("0b1", .text), ("1_000", .text), ("1:30", .text), ("12h", .text), ("--1", .text),
      ("0.", .number(0)), ("-0.0", .number(-0.0)), (".5", .number(0.5)), ("+12e03", .number(12000)),
      ("-2E+05", .number(-200_000)), ("1e", .text), (".", .text), ("e5", .text), ("1.2.3", .text),
      ("+", .text),
      (".inf", .number(.infinity)), ("-.Inf", .number(-.infinity)), ("+.INF", .number(.infinity)),
      ("inf", .text), ("nan", .text), ("-.nan", .text), ("1e999", .number(.infinity)),
      ("9223372036854775807", .integer(.max)), ("9223372036854775808", .number(9_223_372_036_854_775_808)),
      ("0xFFFFFFFFFFFFFFFFFF", .number(.infinity)), ("2026-01-31", .text), ("1,5", .text), ("٣", .text),
    ] as [(String, YAMLScalar.Value)])
  func plain(text: String, value: YAMLScalar.Value) {
    #expect(YAMLScalar.resolve(text) == value)
  }

  @Test func notANumber() {
    guard case .number(let number) = YAMLScalar.resolve(".nan") else {
      Issue.record(".nan is a number")
      return
    }
    #expect(number.isNaN)
  }

  @Test("Quotes make text of anything", arguments: ["true", "1", "~", ""])
  func quoted(text: String) {
    #expect(YAMLScalar(text, isPlain: false, place: .start, textColumn: nil).value == .text)
  }
}
