import Crypto
import RefitTesting
import Testing

@testable import RefitCore

@Suite struct CronHashTests {
  private func hash(_ name: String) -> CronHash { CronHash(name: name) { Array(SHA256.hash(data: $0)) } }

  /// What `H` comes to for one schedule.
  private func resolved(_ written: String, _ name: String = "lending/credit-risk/nightly") throws -> String {
    try CronExpression(written, hash: hash(name)).source
  }

  /// `printf %s lending/credit-risk/nightly/minute | sha256sum` begins with a64d08c2, and c445a195, 40c1c219,
  /// c0cba0e8 and a247a5f0 are the beginnings for the other fields.
  @Test(arguments: [
    ("H 2 * * *", "10 2 * * *"),
    ("H H H H H", "10 5 6 5 0"),
    ("H(10-20) 2 * * *", "13 2 * * *"),
    ("H/15 H/6 * * *", "*(10-59)/15 *(5-23)/6 * * *"),
    ("H H H(3-20)/5 * *", "10 5 4-20/5 * *"),
  ])
  func aHashedValueIsTheNumberThatSha256sumTells(written: String, expected: String) throws {
    #expect(try resolved(written) == expected)
  }

  @Test(arguments: [
    ("H 2 * * *", false), ("H H * * *", false), ("0 H(1-5) * * *", false), ("H/15 2 * * *", true),
    ("0 H/6 * * *", true), ("H(0-29)/10 2 * * *", true), ("5,H/15 2 * * *", false), ("H/15,5 2 * * *", true),
    ("H H H/7 * *", false), ("*(7-59)/15 2 * * *", true), ("0 *(2-23)/6 * * *", true),
  ])
  func aHashedValueIsFixedAndAHashedStepIsAWildcard(written: String, isWildcard: Bool) throws {
    let expression = try CronExpression(written, hash: hash("a/b/c"))
    #expect(expression.isWildcard == isWildcard)
    #expect(expression.written == written)
    #expect(!expression.source.contains("H"))
    // What it came to is an expression of its own, and means the same.
    let again = try CronExpression(expression.source)
    #expect(again == expression)
    #expect(again.isWildcard == isWildcard)
    #expect(again.minutes == expression.minutes && again.hours == expression.hours)
  }

  @Test func aHashedStepOfADateCountsAsAList() throws {
    // So that either of the two day fields is enough, as with a list that is written out.
    let expression = try CronExpression("0 0 H/9 * mon", hash: hash("a/b/c"))
    let list = try CronExpression(expression.source)
    #expect(!expression.source.contains("*("))
    let far = Instant(seconds: 2_000_000_000)
    let days = CronSchedule(expression, in: .utc).occurrences(after: far, through: far + .days(60), limit: 99)
    #expect(days == CronSchedule(list, in: .utc).occurrences(after: far, through: far + .days(60), limit: 99))
    #expect(days.count > 10)
  }

  @Test func aHashedDayExistsInEveryMonth() throws {
    let year = ScheduleYear.self
    for number in 0..<200 {
      let expression = try CronExpression("0 0 H * *", hash: hash("p/m/s\(number)"))
      var load = MinuteLoad(year: 2027)
      let months = year.init(2027, of: CronSchedule(expression, in: .utc), load: &load).months
      #expect(months == Array(repeating: 1, count: 12), "\(expression)")
    }
  }

  @Test func rangesAndStepsStayWithinWhatIsWritten() throws {
    for number in 0..<500 {
      let hash = hash("p/m/s\(number)")
      let expression = try CronExpression("H(10-20) H(1-3),H(22-23) H(5-9) H(jan-mar) H(mon-fri)", hash: hash)
      let fields = expression.source.split(separator: " ").map {
        $0.split(separator: ",").compactMap { Int($0) }
      }
      #expect((10...20).contains(fields[0][0]))
      #expect((1...3).contains(fields[1][0]) && (22...23).contains(fields[1][1]))
      #expect(
        (5...9).contains(fields[2][0]) && (1...3).contains(fields[3][0]) && (1...5).contains(fields[4][0]))
      let stepped = try CronExpression("H(0-29)/10 * * * *", hash: hash)
      let hits = (0..<60).filter { stepped.minutes >> UInt64($0) & 1 == 1 }
      #expect(hits.count == 3 && hits[1] == hits[0] + 10 && hits[2] == hits[0] + 20 && hits[2] < 30)
    }
  }

  @Test(arguments: [
    ("H/1 * * * *", 3, "minute", "no choice"),
    ("H/0 * * * *", 3, "minute", "never advances"),
    ("H(0-9)/11 * * * *", 8, "minute", "2 to 10"),
    ("H( * * * *", 3, "minute", "missing at the end"),
    ("H(5) * * * *", 4, "minute", "parentheses hold a range"),
    ("H(5-1) * * * *", 3, "minute", "backwards"),
    ("H(0-60) * * * *", 5, "minute", "0 to 59"),
    ("H(0-5 * * * *", 6, "minute", "a ) is missing"),
    ("H5 * * * *", 2, "minute", "no meaning"),
    ("H-5 * * * *", 2, "minute", "two ends"),
    ("h * * * *", 1, "minute", "capital H"),
    ("HH * * * *", 1, "minute", "not a number"),
    ("0 0 H(1-31) * *", 7, "day of month", "1 to 28"),
    ("0 0 H/29 * *", 7, "day of month", "2 to 28"),
    ("0 0 H 2 H#2", 10, "day of week", "nth weekday"),
    ("*(5-10) * * * *", 8, "minute", "a step is missing"),
    ("*(5)/2 * * * *", 4, "minute", "parentheses hold a range"),
    ("0 0 *(1-7)/2 * *", 6, "day of month", "minute and hour only"),
  ])
  func refusesWithReasonAndPlace(written: String, column: Int, field: String, words: String) throws {
    let error = try #require(throws: CronError.self) { try CronExpression(written, hash: hash("a/b/c")) }
    #expect(error.column == column && error.field == field, "\(error)")
    #expect(error.message.contains(words), "\(error)")
    #expect(error.reason == .expression)
  }

  @Test(arguments: [("H * * * *", 1), ("0 0 1,H * *", 7), ("0 H/4 * * *", 3)])
  func withoutANameNothingFixesAValue(written: String, column: Int) throws {
    let error = try #require(throws: CronError.self) { try CronExpression(written) }
    #expect(error.reason == .nameMissing)
    #expect(error.column == column)
    #expect(error.message.contains("project/model/schedule"))
  }

  /// Python's hashlib, by the definition in Documentation/schedules.md.
  @Test func agreesWithHashlib() throws {
    var generator = SeededGenerator(seed: 33)
    let names = (0..<1_000).map { _ in
      "p\(Int.random(in: 0..<50, using: &generator))/m-\(Int.random(in: 0..<9_999, using: &generator))/nightly"
    }
    let answer = try CronOracle.ask(CronOracle.Question(hashes: names))
    for (name, expected) in zip(names, answer.hashes) {
      let single = try resolved("H H H H H", name).split(separator: " ").map { Int($0) ?? -1 }
      #expect(single == expected.single, "\(name)")
      #expect(
        try resolved("H(7-41)/9 H/5 H(3-20) H/4 H(mon-sat)/2", name) == expected.ranged, "\(name)")
    }
  }

  /// 99.9 % points of the chi-square distribution (scipy.stats.chi2.isf(0.001, df)).
  @Test(arguments: [
    (0, 60, 98.32), (1, 24, 49.73), (2, 28, 55.48), (3, 12, 31.26), (4, 7, 22.46),
  ])
  func aThousandNamesSpreadEvenly(field: Int, values: Int, bound: Double) throws {
    var counts: [String: Int] = [:]
    for number in 0..<1_000 {
      let fields = try resolved("H H H H H", "bank/model-\(number)/nightly").split(separator: " ")
      counts[String(fields[field]), default: 0] += 1
    }
    let expected = 1_000 / Double(values)
    let missing = Double(values - counts.count) * expected
    let chiSquare = counts.values.reduce(missing) {
      $0 + (Double($1) - expected) * (Double($1) - expected) / expected
    }
    #expect(chiSquare < bound)
    #expect(counts.count == values)
  }

  @Test func fieldsOfOneNameAreIndependent() throws {
    // 7 weekdays by 24 hours: were one taken from the other, most pairs would never come.
    var pairs: Set<String> = []
    for number in 0..<3_000 {
      let fields = try resolved("H H * * H", "bank/model-\(number)/weekly").split(separator: " ")
      pairs.insert("\(fields[1]) \(fields[4])")
    }
    #expect(pairs.count == 7 * 24)
  }
}
