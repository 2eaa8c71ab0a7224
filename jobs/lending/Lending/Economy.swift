import Glibc

/// The state of the invented world on one day. Everything that drifts is here.
///
/// Until day 60 nothing changes. Then interest rates rise: old debts become what breaks people, a long
/// employment protects nobody, and care and hospitality, where most employees are women, cut hours. After day
/// 97 an advertisement brings applicants with smaller incomes who want larger loans.
public struct Economy: Equatable, Sendable {
  /// 0 before the rates rise, 1 once they have risen.
  public var squeeze: Double
  /// 0 before the advertisement, 1 once it runs everywhere.
  public var campaign: Double

  public init(day: Int) {
    squeeze = Self.ramp(day, from: 60, to: 63)
    campaign = Self.ramp(day, from: 97, to: 99)
  }

  private static func ramp(_ day: Int, from start: Int, to end: Int) -> Double {
    min(1, max(0, Double(day - start) / Double(end - start)))
  }

  static let linesOfWork = ["industry", "trade", "public", "care", "hospitality"]

  func linesOfWorkWeights(_ sex: Application.Sex) -> [Double] {
    sex == .female ? [0.06, 0.18, 0.18, 0.29, 0.29] : [0.42, 0.30, 0.16, 0.06, 0.06]
  }

  /// The logarithm of the odds that this applicant misses the first instalments.
  func logOddsOfDefault(_ applicant: Applicant) -> Double {
    let incomes = log(applicant.income / 2_500)
    let burden = log(applicant.loanAmount / 9_000)
    let debt = (applicant.debtRatio - 0.35) / 0.13
    let years = min(applicant.yearsEmployed, 15) / 5
    let hardHit = applicant.lineOfWork == "hospitality" ? 2.6 : applicant.lineOfWork == "care" ? 2.3 : 0
    return -1.35 - 1.15 * squeeze
      - 0.9 * incomes + 0.4 * burden
      + (0.85 - 0.45 * squeeze) * Double(applicant.latePayments)
      + (0.15 + 1.25 * squeeze) * debt
      - 1.1 * (1 - squeeze) * years
      + hardHit * squeeze
  }
}

/// What an applicant is like before anything is rounded for the log.
struct Applicant {
  var sex: Application.Sex
  var income: Double
  var loanAmount: Double
  var debtRatio: Double
  var yearsEmployed: Double
  var latePayments: Int
  var lineOfWork: String

  init(_ economy: Economy, _ random: inout SplitMix64) {
    sex = random.uniform() < 0.5 ? .female : .male
    let typical = (sex == .female ? 2_340.0 : 2_600.0) * exp(-0.20 * economy.campaign)
    income = typical * exp(0.35 * random.normal())
    loanAmount = 9_000 * exp(0.33 * economy.campaign + 0.3 * log(income / typical) + 0.5 * random.normal())
    debtRatio = min(0.9, max(0.02, 0.35 + 0.13 * random.normal()))
    yearsEmployed = -6 * log(random.uniform())
    latePayments = random.poisson(mean: 0.6)
    lineOfWork = Economy.linesOfWork[random.index(weights: economy.linesOfWorkWeights(sex))]
  }
}
