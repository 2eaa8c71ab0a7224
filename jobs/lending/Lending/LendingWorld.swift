import Glibc

/// The invented world, day after day: the same seed gives the same applications and outcomes on every machine.
public struct LendingWorld: Sendable {
  public var start: Instant
  public var seed: UInt64
  public var applicationsPerDay: Int

  /// No label comes later than this many days after its application.
  public static let longestDelay = 9

  public init(start: Instant, seed: UInt64, applicationsPerDay: Int) {
    self.start = start
    self.seed = seed
    self.applicationsPerDay = applicationsPerDay
  }

  /// Midnight at which a day begins; day 1 is the day of `start`.
  public func midnight(_ day: Int) -> Instant { start + (day - 1) * Instant.day }

  /// All applications of a day, in the order in which they came.
  public func applications(_ day: Int) -> [Application] {
    var random = SplitMix64(seed: seed, key: UInt64(bitPattern: Int64(day)))
    let economy = Economy(day: day)
    let opening = midnight(day) + 8 * 3_600
    let times = (0..<applicationsPerDay).map { _ in Int(random.uniform() * 12 * 3_600) }.sorted()
    return times.enumerated().map { index, seconds in
      let applicant = Applicant(economy, &random)
      return application(
        applicant, economy, id: "a" + padded(day, 4) + "-" + padded(index + 1, 4),
        at: opening + seconds, &random)
    }
  }

  /// The labels that become known on a day, in the order in which they do.
  public func labels(arrivingOn day: Int, since firstDay: Int = 1) -> [Application] {
    let today = midnight(day)..<midnight(day + 1)
    return (max(firstDay, day - Self.longestDelay)..<max(firstDay, day))
      .flatMap { applications($0) }
      .filter { today.contains($0.labelledAt) }
      .sorted { ($0.labelledAt, $0.id) < ($1.labelledAt, $1.id) }
  }

  private func application(
    _ applicant: Applicant, _ economy: Economy, id: String, at scoredAt: Instant, _ random: inout SplitMix64
  ) -> Application {
    let chance = 1 / (1 + exp(-economy.logOddsOfDefault(applicant)))
    let defaults = random.uniform() < chance
    let silent = random.uniform() < 0.02
    return Application(
      id: id, scoredAt: scoredAt, sex: applicant.sex,
      income: silent ? nil : (applicant.income / 10).rounded() * 10,
      loanAmount: (applicant.loanAmount / 100).rounded() * 100,
      debtRatio: (applicant.debtRatio * 1_000).rounded() / 1_000,
      yearsEmployed: (applicant.yearsEmployed * 10).rounded() / 10,
      latePayments: applicant.latePayments, lineOfWork: applicant.lineOfWork,
      defaults: defaults, labelledAt: Self.labelTime(scoredAt, &random))
  }

  /// Most labels come 1 to 5 days after the application, a few up to four days later still.
  private static func labelTime(
    _ scoredAt: Instant, _ random: inout SplitMix64
  ) -> Instant {
    let days = random.index(weights: [12, 22, 26, 22, 14, 1, 1, 1, 1]) + 1
    let inDay = Int(random.uniform() * 10 * 3_600)
    let day = scoredAt.secondsSince1970 / Instant.day + days
    return Instant(secondsSince1970: day * Instant.day) + 8 * 3_600 + inDay
  }
}
