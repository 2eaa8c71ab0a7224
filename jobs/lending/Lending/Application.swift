/// One application for a loan, with what only the world knows about it.
public struct Application: Equatable, Sendable {
  public enum Sex: String, Sendable { case female, male }

  public var id: String
  public var scoredAt: Instant
  public var sex: Sex
  /// Euro a month; nil where the applicant did not say.
  public var income: Double?
  public var loanAmount: Double
  /// The part of the income that older debts take.
  public var debtRatio: Double
  public var yearsEmployed: Double
  public var latePayments: Int
  public var lineOfWork: String

  /// Whether the first instalments will be missed: the label, once it is known.
  public var defaults: Bool
  public var labelledAt: Instant
}

extension Frame {
  /// The features of applications, in the columns of the log.
  public init(_ applications: [Application]) {
    self.init(
      rowCount: applications.count,
      numeric: [
        "income": applications.map { $0.income ?? .nan },
        "loan_amount": applications.map(\.loanAmount),
        "debt_ratio": applications.map(\.debtRatio),
        "years_employed": applications.map(\.yearsEmployed),
        "late_payments": applications.map { Double($0.latePayments) },
      ],
      categorical: ["line_of_work": applications.map(\.lineOfWork)])
  }
}
