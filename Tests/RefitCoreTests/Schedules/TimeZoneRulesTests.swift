import Foundation
import RefitTesting
import Testing

@testable import RefitCore

@Suite struct TimeZoneRulesTests {
  static let zones = [
    "Africa/Cairo", "Africa/Casablanca", "Africa/Monrovia", "America/New_York", "America/Sao_Paulo",
    "America/Santiago", "America/St_Johns", "America/Nuuk", "Antarctica/Casey", "Antarctica/Troll",
    "Asia/Gaza",
    "Asia/Kathmandu", "Asia/Kolkata", "Asia/Pyongyang", "Asia/Tehran", "Asia/Tokyo", "Atlantic/Azores",
    "Australia/Lord_Howe", "Australia/Sydney", "Etc/GMT+12", "Europe/Berlin", "Europe/Dublin",
    "Europe/Lisbon",
    "Pacific/Apia", "Pacific/Chatham", "Pacific/Kiritimati", "Pacific/Kwajalein", "UTC",
  ]

  /// 1800 to 9999, half of them near 1970 to 2040.
  private func instants(seed: UInt64, count: Int) -> [Int64] {
    var generator = SeededGenerator(seed: seed)
    return (0..<count).map { index in
      let range: ClosedRange<Int64> =
        index % 2 == 0 ? 0...2_208_988_800 : -5_364_662_400...253_000_000_000
      return Int64.random(in: range, using: &generator)
    }
  }

  @Test func agreesWithZoneinfo() throws {
    let questions = Self.zones.enumerated().map { index, zone in
      CronOracle.ZoneInstants(zone: zone, instants: instants(seed: UInt64(index), count: 4_000))
    }
    let answer = try CronOracle.ask(CronOracle.Question(offsets: questions))
    for (question, expected) in zip(questions, answer.offsets) {
      let rules = try ZoneFiles.rules(question.zone)
      // Before the first transition zoneinfo guesses at standard time, RFC 9636 says the first type.
      let beginning = rules.firstTransition ?? .min
      let different = zip(question.instants, expected).filter { instant, offset in
        instant >= beginning && rules.offset(at: Instant(seconds: instant)) != offset
      }
      #expect(different.isEmpty, "\(question.zone)")
    }
  }

  /// Every zone of this machine, from 1900 to 2100.
  ///
  /// Foundation reads ICU's own copy of the database, in which zones are merged that have agreed since 1970, and since
  /// 2024 some old names besides (WET into Lisbon); Debian's keeps their histories apart. So differences are allowed
  /// before 1970 and for old names, and only where zoneinfo, which reads the same files, is on our side.
  @Test func agreesWithFoundation() throws {
    let oldNames: Set = [
      "WET", "CET", "MET", "EET", "EST", "MST", "HST", "EST5EDT", "CST6CDT", "MST7MDT", "PST8PDT",
    ]
    var generator = SeededGenerator(seed: 11)
    var compared = 0
    var different: [CronOracle.ZoneInstants] = []
    for name in ZoneFiles.all {
      // Names that the machine has and Foundation has not, such as Factory.
      guard let foundation = TimeZone(identifier: name) else { continue }
      let rules = try ZoneFiles.rules(name)
      let instants = (0..<400).map { _ in Int64.random(in: -2_208_988_800...4_102_444_800, using: &generator)
      }
      compared += instants.count
      let differing = instants.filter {
        foundation.secondsFromGMT(for: Date(timeIntervalSince1970: TimeInterval($0)))
          != rules.offset(at: Instant(seconds: $0))
      }
      #expect(differing.allSatisfy { $0 < 0 || oldNames.contains(name) }, "\(name): \(differing)")
      if !differing.isEmpty { different.append(CronOracle.ZoneInstants(zone: name, instants: differing)) }
    }
    let answer = try CronOracle.ask(CronOracle.Question(offsets: different))
    for (question, expected) in zip(different, answer.offsets) {
      let rules = try ZoneFiles.rules(question.zone)
      #expect(
        question.instants.map { rules.offset(at: Instant(seconds: $0)) } == expected, "\(question.zone)")
    }
    let count = different.reduce(0) { $0 + $1.instants.count }
    print(
      "Foundation: \(compared) offsets compared, \(count) different in \(different.count) zones: merged histories"
    )
    #expect(compared > 150_000)
  }

  @Test func readsEveryFormOfFooterAsTheCLibraryDoes() throws {
    let rules = [
      "CET-1CEST,M3.5.0,M10.5.0/3", "EST5EDT,M3.2.0,M11.1.0", "AEST-10AEDT,M10.1.0,M4.1.0/3",
      "IST-1GMT0,M10.5.0,M3.5.0/1", "<-03>3<-02>,M3.5.0/-2,M10.5.0/-1",
      "<+1030>-10:30<+11>-11,M10.1.0,M4.1.0",
      "EET-2EEST,M3.4.4/50,M10.4.4/50", "XXX-3YYY-4:30:15,J60/1:02:03,J300", "XXX4YYY,59,300/24", "JST-9",
      "<-01>1<+00>,M3.5.0/0,M10.5.0/1", "AAA-12BBB,J1/0,J365/23", "AAA3BBB,M1.2.1/-25,M12.4.6/30",
    ]
    var generator = SeededGenerator(seed: 3)
    let questions = rules.map { rule in
      CronOracle.RuleInstants(
        rule: rule, instants: (0..<3_000).map { _ in Int64.random(in: 0...30_000_000_000, using: &generator) }
      )
    }
    let answer = try CronOracle.ask(CronOracle.Question(rules: questions))
    for (question, expected) in zip(questions, answer.rules) {
      let zone = try TimeZoneRules(identifier: "Test", tzif: ZoneFiles.file(footer: question.rule))
      let found = question.instants.map { zone.offset(at: Instant(seconds: $0)) }
      #expect(found == expected, "\(question.rule)")
    }
  }

  /// RFC 9636, section 3.3.1: this rule means daylight saving all year round.
  @Test func readsDaylightSavingThatNeverEnds() throws {
    let zone = try TimeZoneRules(identifier: "Test", tzif: ZoneFiles.file(footer: "EST5EDT,0/0,J365/25"))
    for instant in stride(from: Int64(-3_000_000_000), to: 30_000_000_000, by: 1_000_003) {
      #expect(zone.offset(at: Instant(seconds: instant)) == -4 * 3600)
    }
  }

  @Test func repeatsEvery400Years() throws {
    let rules = try ZoneFiles.rules("Europe/Berlin")
    let cycle: Int64 = 146_097 * 86_400
    var generator = SeededGenerator(seed: 5)
    for _ in 0..<5_000 {
      let instant = Int64.random(in: 2_300_000_000...2_300_000_000 + cycle, using: &generator)
      for shift in [cycle, 500 * cycle] {
        #expect(
          rules.offset(at: Instant(seconds: instant)) == rules.offset(at: Instant(seconds: instant + shift)))
      }
    }
  }

  @Test(arguments: ["Europe/Berlin", "America/New_York", "Asia/Tokyo"])
  func readsVersionOneFilesToo(zone: String) throws {
    let old = try TimeZoneRules(identifier: zone, tzif: try ZoneFiles.versionOne(zone))
    let new = try ZoneFiles.rules(zone)
    for instant in stride(from: Int64(0), to: 2_100_000_000, by: 1_000_003) {
      #expect(old.offset(at: Instant(seconds: instant)) == new.offset(at: Instant(seconds: instant)))
    }
  }

  @Test func refusesFilesThatAreCutShort() throws {
    let bytes = try ZoneFiles.bytes("Europe/Berlin")
    for length in 0..<bytes.count {
      #expect(throws: TimeZoneError.self) {
        try TimeZoneRules(identifier: "Europe/Berlin", tzif: Array(bytes[..<length]))
      }
    }
  }

  @Test func neverTrapsOnDamagedFiles() throws {
    var generator = SeededGenerator(seed: 9)
    let originals = try ["Europe/Berlin", "Asia/Tokyo", "Africa/Casablanca"].map(ZoneFiles.bytes)
    let expressions = try ["*/5 * * * *", "15 2 * * *", "0 0 29 2 */7"].map { try CronExpression($0) }
    var refused = 0
    for index in 0..<3_000 {
      var bytes = originals[index % originals.count]
      for _ in 0...Int.random(in: 0...4, using: &generator) {
        let position = Int.random(in: 0..<bytes.count, using: &generator)
        bytes[position] = UInt8.random(in: 0...255, using: &generator)
      }
      do throws(TimeZoneError) {
        let rules = try TimeZoneRules(identifier: "Damaged", tzif: bytes)
        for instant in [Int64.min + 1_000_000, -1, 0, 1_800_000_000_000_000, Int64.max] {
          _ = rules.offset(at: Instant(microseconds: instant))
        }
        let schedule = CronSchedule(expressions[index % expressions.count], in: rules)
        _ = schedule.next(after: Instant(seconds: 1_700_000_000))
      } catch {
        refused += 1
      }
    }
    #expect(refused > 100)
  }

  @Test(arguments: [
    "CET-1CEST", "CET-1CEST,M3.5.0", "CET-1CEST,M13.5.0,M10.5.0", "CET-1CEST,M3.6.0,M10.5.0",
    "CET-1CEST,M3.5.7,M10.5.0", "C-1", "CET", "CET-1CEST,J0,J365", "CET-1CEST,366,J365", "<CET-1",
    "CET-1CEST,M3.5.0,M10.5.0/3x", "CET-25",
  ])
  func refusesFootersThatPosixDoesNotKnow(footer: String) throws {
    let error = try #require(throws: TimeZoneError.self) {
      try TimeZoneRules(identifier: "Test/Zone", tzif: ZoneFiles.file(footer: footer))
    }
    #expect(error.identifier == "Test/Zone")
    #expect(error.message.contains(footer))
  }

  @Test func refusesZonesThatCountLeapSeconds() throws {
    let error = try #require(throws: TimeZoneError.self) { try ZoneFiles.rules("right/Europe/Berlin") }
    #expect(error.message.contains("leap seconds"))
  }

  @Test func equalZonesHaveTheSameNameAndOffsets() throws {
    #expect(try ZoneFiles.rules("Europe/Berlin") == ZoneFiles.rules("Europe/Berlin"))
    #expect(try ZoneFiles.rules("Europe/Berlin") != ZoneFiles.rules("Europe/Paris"))
    #expect(TimeZoneRules.utc.offset(at: Instant(seconds: 5_000_000_000)) == 0)
  }
}

extension TimeZoneRules {
  /// The second at which the first known change comes.
  var firstTransition: Int64? { span(at: -(1 << 61)).end }
}
