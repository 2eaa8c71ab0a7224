import Foundation
import RefitTesting
import Testing

@testable import RefitCore

/// Random schedules against cronsim, of PyPI, which follows Debian's cron but for some habits of its own. Where the
/// two differ the rule is named that cronsim departs from, and Debian's cron, minute by minute, decides.
@Suite struct CronsimTests {
  /// What cronsim does that Debian's cron does not.
  enum Departure: String, CaseIterable {
    /// It takes `n-n/step` for "from n on, by step".
    case widensSingleRanges
    /// Started in an hour that comes twice, it answers with instants that are past.
    case answersWithThePast
    /// It shifts fixed times by a whole gap, where Debian runs them once, at its end, and lets three hours and
    /// more be.
    case replaysLargeGaps
    /// It leaves out, or puts elsewhere, minutes that exist, where a clock changes by other than whole hours or in
    /// the midst of an hour.
    case skipsMinutesAtOddChanges
    /// It takes the end of a gap at midnight for midnight, and loses a day whose midnight comes twice.
    case mistakesMidnight
    /// It searches for ever, where a clock changes a minute after the hour.
    case neverEnds
    /// Having gone back by three hours or more, the clock shows everything again, and Debian's cron runs it again.
    case suppressesLargeOverlaps
  }

  static let zones: [(name: String, years: ClosedRange<Int>)] = [
    ("Europe/Berlin", 1996...2035), ("Europe/London", 1996...2035), ("Europe/Dublin", 1996...2035),
    ("Europe/Lisbon", 1996...2035), ("Europe/Athens", 1996...2035), ("Europe/Moscow", 2010...2014),
    ("America/New_York", 1987...2035), ("America/Los_Angeles", 1987...2035), ("America/Halifax", 1990...2035),
    ("America/St_Johns", 1990...2035), ("America/Santiago", 2016...2035), ("America/Asuncion", 2010...2024),
    ("America/Havana", 2013...2035), ("America/Sao_Paulo", 2008...2019), ("America/Caracas", 2007...2016),
    ("America/Nuuk", 2020...2035), ("Africa/Cairo", 2023...2035), ("Africa/Casablanca", 2018...2035),
    ("Asia/Tokyo", 2010...2035), ("Asia/Kolkata", 2010...2035), ("Asia/Beirut", 2010...2035),
    ("Asia/Jerusalem", 2013...2035), ("Asia/Kathmandu", 1985...1986), ("Asia/Pyongyang", 2015...2018),
    ("Australia/Sydney", 2008...2035), ("Australia/Lord_Howe", 2008...2035),
    ("Antarctica/Casey", 2009...2020),
    ("Antarctica/Troll", 2006...2035), ("Pacific/Chatham", 2008...2035), ("Pacific/Apia", 2010...2021),
    ("Pacific/Kwajalein", 1993...1993), ("Atlantic/Azores", 1996...2035), ("UTC", 2000...2035),
  ]

  struct Asked {
    var job: RandomCron
    var schedule: CronSchedule
    var zone: String
    var after: Int64
    var ours: [Int64]

    func question(_ source: String) -> CronOracle.Case {
      CronOracle.Case(expression: source, zone: zone, after: after, count: ours.count)
    }
  }

  private func drawn() throws -> [Asked] {
    var generator = SeededGenerator(seed: 2026)
    return try Self.zones.flatMap { name, years -> [Asked] in
      let zone = try ZoneFiles.rules(name)
      return try (0..<500).compactMap { _ in
        let year = Int.random(in: years, using: &generator)
        let quiet = try Instant.utc("\(year)-06-15T00:00:00Z").seconds
        let moment = try (zone.changes(in: year) + [quiet]).randomElement(using: &generator) ?? quiet
        let job = RandomCron(near: moment, in: zone, using: &generator)
        let start = moment + Int64.random(in: -2 * 86_400...86_400, using: &generator)
        guard let expression = job.expression else { return nil }
        let schedule = CronSchedule(expression, in: zone)
        let ours = schedule.occurrences(
          after: Instant(seconds: start), through: Instant(seconds: start + 90 * 86_400), limit: 6)
        return Asked(job: job, schedule: schedule, zone: name, after: start, ours: ours.map(\.seconds))
      }
    }
  }

  @Test(.timeLimit(.minutes(10)))
  func everyDifferenceFromCronsimIsItsDepartureFromDebian() throws {
    let asked = try drawn()
    let written = asked.map { $0.question($0.job.source) }
    let plain = asked.map { $0.question($0.job.plainSource ?? $0.job.source) }
    let both = try CronOracle.ask(CronOracle.Question(cron: written + plain)).cron
    let widened = zip(both, both.suffix(plain.count)).filter { $0 != $1 }.count
    let answers = both.suffix(plain.count)
    #expect(asked.count > 15_000)
    let different = zip(asked, answers).filter { $0.ours != $1 }
    let windows = different.map { window(of: $0, cronsim: $1 ?? []) }
    var counts: [Departure: Int] = [.widensSingleRanges: widened]
    for ((one, theirs), (wall, clock)) in zip(different, zip(windows, try WallClock.ask(windows))) {
      let minutes = wall.from / 60 + 1..<wall.to / 60
      let debian = DebianCronModel.runs(of: one.job, by: clock, minutes: minutes).map { $0 * 60 }
      let ours = one.schedule.occurrences(
        after: Instant(seconds: wall.from + 59), through: Instant(seconds: wall.to - 1), limit: .max)
      let about = "\(one.job.source) in \(one.zone) after \(one.after)"
      // Debian's cron says what we say, and so not what cronsim says.
      #expect(debian == ours.map(\.seconds), "\(about)")
      let departure = departure(of: one, theirs, at: clock.changes)
      #expect(departure != nil, "\(about): \(one.ours), cronsim \(theirs ?? [])")
      if let departure { counts[departure, default: 0] += 1 }
    }
    let words = Departure.allCases.map { "\($0.rawValue) \(counts[$0, default: 0])" }.joined(separator: ", ")
    print("cronsim: \(asked.count) schedules compared, \(different.count + widened) different: \(words)")
    for departure in Departure.allCases {
      #expect(counts[departure, default: 0] > 0, "cronsim has mended it, or it is not tried: \(departure)")
    }
  }

  /// From two days before the first difference until a day after it.
  private func window(of one: Asked, cronsim theirs: [Int64]) -> CronOracle.Wall {
    let first = firstDifference(of: one, theirs) / 60 * 60
    return CronOracle.Wall(zone: one.zone, from: first - 2 * 86_400, to: first + 86_400)
  }

  /// The earlier of the first two instants that differ.
  private func firstDifference(of one: Asked, _ theirs: [Int64]) -> Int64 {
    let index = zip(one.ours, theirs).prefix { $0 == $1 }.count
    return [one.ours, theirs].compactMap { index < $0.count ? $0[index] : nil }.min() ?? one.after
  }

  private func departure(
    of one: Asked, _ theirs: [Int64]?, at changes: [(second: Int64, local: Int64, jump: Int64)]
  ) -> Departure? {
    guard let theirs else { return .neverEnds }
    if theirs.contains(where: { $0 <= one.after }) { return .answersWithThePast }
    let first = firstDifference(of: one, theirs)
    // The change that lies right before or behind the first difference.
    guard let change = changes.min(by: { abs($0.second - first) < abs($1.second - first) }),
      abs(change.second - first) <= 86_400 + abs(change.jump)
    else { return nil }
    if change.jump >= 3 * 3600 { return .replaysLargeGaps }
    if change.jump <= -3 * 3600 { return .suppressesLargeOverlaps }
    if change.jump % 3600 != 0 || change.local % 3600 != 0 { return .skipsMinutesAtOddChanges }
    let isAtMidnight = change.local % 86_400 == 0 || (change.local + change.jump) % 86_400 == 0
    return isAtMidnight ? .mistakesMidnight : nil
  }
}
