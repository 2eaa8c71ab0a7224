/// One metric of two models on the same rows, and what is known of the difference (candidate − champion).
public struct PairedComparison: Sendable, Hashable {
  /// The candidate's value.
  public let candidate: Statistic
  /// The champion's value.
  public let champion: Statistic
  /// candidate − champion.
  public let difference: Statistic
  /// The estimated standard deviation of the difference; undefined when there are too few rows for one.
  public let standardError: Statistic
  /// The rows that both were judged on.
  public let rows: Int
  /// The rows that exactly one of the two has right; nil where the metric has no such notion.
  public let discordant: Int?
  /// How the standard error was got: `delong` or `paired-wald`.
  public let method: String
  /// How many independent rows stand behind the standard error: of the rarer class, for an area.
  let independentRows: Int
  /// Whether the models say the same of every row, as far as the metric reads it.
  private let modelsAgree: Bool

  init(
    candidate: Statistic, champion: Statistic, difference: Statistic, standardError: Statistic,
    rows: Int, independentRows: Int, discordant: Int?, modelsAgree: Bool, method: String
  ) {
    self.candidate = candidate
    self.champion = champion
    self.difference = difference
    self.standardError = standardError
    self.rows = rows
    self.independentRows = independentRows
    self.discordant = discordant
    self.modelsAgree = modelsAgree
    self.method = method
  }

  init(undefined reason: String, rows: Int, method: String) {
    let undefined = Statistic.undefined(reason)
    self.init(
      candidate: undefined, champion: undefined, difference: undefined, standardError: undefined,
      rows: rows, independentRows: rows, discordant: nil, modelsAgree: false, method: method)
  }

  /// One-sided bounds of the difference, each at `confidence` (0.5..<1), by the normal law, within −1…1.
  ///
  /// Where the models differ on no row they are exactly 0…0. Where the difference or its standard error is undefined
  /// they are −1…1: all that is known. Where every row shows one and the same difference, and be it 0, the standard
  /// error is 0 and says nothing, and the number of rows alone bounds the difference.
  public func bounds(confidence: Double) -> ConfidenceBounds {
    if modelsAgree { return ConfidenceBounds(lower: 0, upper: 0) }
    guard let difference = difference.value, let standardError = standardError.value else {
      return ConfidenceBounds(lower: -1, upper: 1)
    }
    return .wald(
      difference, standardError: standardError, rows: independentRows, within: -1...1,
      confidence: confidence)
  }

  /// The test of no difference by the normal law: z = difference / standardError (`pROC::roc.test` for areas).
  /// Undefined where one of them is, or where the standard error is 0.
  public var test: DifferenceTest {
    guard let difference = difference.value, let standardError = standardError.value else {
      return DifferenceTest(undefined: difference.reason ?? standardError.reason ?? "", method: method)
    }
    if standardError == 0 {
      return DifferenceTest(undefined: "no two rows show different differences", method: method)
    }
    return DifferenceTest(z: difference / standardError, method: method)
  }
}
