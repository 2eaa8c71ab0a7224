import Foundation
import RefitTesting
import Testing

@testable import RefitCore

@Suite struct CronExpressionTests {
  @Test(arguments: [
    "* * * * *", "0 0 * * *", "*/15 2 * * *", "0-59/7 0-23 1-31 1-12 0-7", "1,2,3-5,*/20 * * * *",
    "00 002 * * *", "15 2 * JAN-mar Mon-FRI", "0 0 1 jan,Jul sun,6", "0 0 * * 7", "0 0 * * 5-7",
    "0 0 * * mon-5",
    "0 0 29 2 *", "0 0 29 2 */7", "0 0 30 2 1", "0 0 31 4,5 *", "  5\t4  * * *\t", "10-20/15 * * * *",
    "*/59 */23 */31 */12 */7", "@hourly", "@daily", "@midnight", "@weekly", "@monthly", "@yearly",
    "@annually",
    " @daily ",
  ])
  func acceptsWhatDebianAccepts(source: String) throws {
    #expect(try CronExpression(source).source == source)
  }

  @Test(arguments: [
    Refusal("5-1 * * * *", 1, "minute", "backwards"),
    Refusal("0 0 * * sat-sun", 9, "day of week", "backwards"),
    Refusal("5/15 * * * *", 2, "minute", "5-59/n"),
    Refusal("0 0 * * 5#2", 10, "day of week", "nth weekday"),
    Refusal("1.5 * * * *", 2, "minute", "fractions"),
    Refusal("1;x * * * *", 2, "minute", "commas"),
    Refusal("*/0 * * * *", 3, "minute", "never advances"),
    Refusal("*/60 * * * *", 3, "minute", "1 to 59"),
    Refusal("60 * * * *", 1, "minute", "0 to 59"),
    Refusal("0 24 * * *", 3, "hour", "0 to 23"),
    Refusal("0 0 0 * *", 5, "day of month", "1 to 31"),
    Refusal("0 0 32 * *", 5, "day of month", "1 to 31"),
    Refusal("0 0 * 13 *", 7, "month", "1 to 12"),
    Refusal("0 0 * 0 *", 7, "month", "1 to 12"),
    Refusal("0 0 * * 8", 9, "day of week", "0 to 7"),
    Refusal("0 0 * * 1-9", 11, "day of week", "0 to 7"),
    Refusal("99999999999999999999999 * * * *", 1, "minute", "out of range"),
    Refusal("4294967296 * * * *", 1, "minute", "out of range"),
    Refusal("*/18446744073709551617 * * * *", 3, "minute", "1 to 59"),
    Refusal("1,,2 * * * *", 3, "minute", "empty list item"),
    Refusal(",1 * * * *", 1, "minute", "empty list item"),
    Refusal("1, * * * *", 3, "minute", "missing at the end"),
    Refusal("1- * * * *", 3, "minute", "missing at the end"),
    Refusal("1-2/ * * * *", 5, "minute", "step is a whole number"),
    Refusal("*/x * * * *", 3, "minute", "step is a whole number"),
    Refusal("*5 * * * *", 2, "minute", "has no meaning here"),
    Refusal("** * * * *", 2, "minute", "stands alone"),
    Refusal("*-5 * * * *", 2, "minute", "two ends"),
    Refusal("1-2-3 * * * *", 4, "minute", "two ends"),
    Refusal("-1 * * * *", 1, "minute", "negative"),
    Refusal("+1 * * * *", 1, "minute", "signs"),
    Refusal("*/5/2 * * * *", 4, "minute", "once"),
    Refusal("1~5 * * * *", 2, "minute", "random"),
    Refusal("0 0 ? * 1", 5, "day of month", "write *"),
    Refusal("0 0 L * *", 5, "day of month", "last"),
    Refusal("0 0 LW * *", 5, "day of month", "last"),
    Refusal("0 0 15W * *", 7, "day of month", "nearest weekday"),
    Refusal("0 0 * * 5L", 10, "day of week", "last"),
    Refusal("0 0 * * monday", 9, "day of week", "write mon"),
    Refusal("0 0 * march *", 7, "month", "write mar"),
    Refusal("0 0 * foo *", 7, "month", "jan to dec"),
    Refusal("mon * * * *", 1, "minute", "not a number"),
    Refusal("0 0 * mon *", 7, "month", "jan to dec"),
    Refusal("٣ * * * *", 1, "minute", "no meaning"),
    Refusal("0 0 30 2 *", 5, "day of month", "never comes"),
    Refusal("0 0 31 4,6,9,nov *", 5, "day of month", "never comes"),
    Refusal("0 0 30,31 2 */2", 5, "day of month", "never comes"),
    Refusal("", 1, nil, "five fields"),
    Refusal("   ", 4, nil, "five fields"),
    Refusal("0 0 * *", 8, nil, "there are 4"),
    Refusal("0 0 * * * *", 11, nil, "sixth"),
    Refusal("0 0 0 * * ? 2026", 11, nil, "7th"),
    Refusal("0 0\n* * *", 4, nil, "one line"),
    Refusal("TZ=Europe/Berlin 0 0 * * *", 1, nil, "time zone"),
    Refusal("@reboot", 1, nil, "names no time"),
    Refusal("@every 5m", 1, nil, "step"),
    Refusal("@every", 1, nil, "step"),
    Refusal("@Daily", 1, nil, "lower case: @daily"),
    Refusal("@fortnightly", 1, nil, "@hourly"),
    Refusal("@daily 5", 8, nil, "nothing may follow"),
  ])
  func refusesWithReasonAndPlace(refusal: Refusal) throws {
    let error = try #require(throws: CronError.self) { try CronExpression(refusal.source) }
    #expect(error.column == refusal.column)
    #expect(error.field == refusal.field)
    #expect(error.message.contains(refusal.words), "\(error)")
    #expect(error.description.contains("column \(error.column)"))
  }

  struct Refusal: Sendable, CustomTestStringConvertible {
    let source: String
    let column: Int
    let field: String?
    let words: String

    init(_ source: String, _ column: Int, _ field: String?, _ words: String) {
      self.source = source
      self.column = column
      self.field = field
      self.words = words
    }

    var testDescription: String { source }
  }

  @Test(arguments: [
    ("* 2 * * *", true), ("*/5 2 * * *", true), ("0 * * * *", true), ("*,5 2 * * *", true), ("@hourly", true),
    ("0 2 * * *", false), ("5,*/10 2 * * *", false), ("0 0-23 * * *", false), ("@daily", false),
  ])
  func isWildcardWhenMinuteOrHourStartsWithAStar(source: String, isWildcard: Bool) throws {
    #expect(try CronExpression(source).isWildcard == isWildcard)
  }

  @Test func isCodedAsItsSource() throws {
    let expressions = [try CronExpression("15 2 * * Mon"), try CronExpression("@daily")]
    let data = try JSONEncoder().encode(expressions)
    #expect(String(decoding: data, as: UTF8.self) == #"["15 2 * * Mon","@daily"]"#)
    #expect(try JSONDecoder().decode([CronExpression].self, from: data) == expressions)
    #expect(throws: DecodingError.self) {
      try JSONDecoder().decode([CronExpression].self, from: Data(#"["0 0 30 2 *"]"#.utf8))
    }
  }

  @Test func neverTrapsOnNoise() {
    var generator = SeededGenerator(seed: 7)
    let alphabet = Array("0123456789*/-,,  \t@HLW#?.;~sunjanMON\u{7F}é\n")
    var accepted = 0
    for _ in 0..<50_000 {
      let length = Int.random(in: 0...24, using: &generator)
      let source = String((0..<length).map { _ in alphabet.randomElement(using: &generator) ?? " " })
      do throws(CronError) {
        _ = try CronExpression(source)
        accepted += 1
      } catch {
        #expect((1...source.count + 1).contains(error.column))
      }
    }
    #expect(accepted < 50_000)
  }
}
