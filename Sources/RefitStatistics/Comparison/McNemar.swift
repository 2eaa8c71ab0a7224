/// McNemar's test (Psychometrika 12, 1947): whether of the rows that exactly one of two models has right, each has as
/// many as the other.
public struct McNemar: Sendable, Hashable {
  /// Rows that only the candidate has right.
  public let onlyCandidate: Int
  /// Rows that only the champion has right.
  public let onlyChampion: Int

  /// Traps on a negative count.
  public init(onlyCandidate: Int, onlyChampion: Int) {
    precondition(onlyCandidate >= 0 && onlyChampion >= 0, "counts are not negative")
    self.onlyCandidate = onlyCandidate
    self.onlyChampion = onlyChampion
  }

  /// Counts the rows; traps when the lengths differ.
  public init(candidateCorrect: [Bool], championCorrect: [Bool]) {
    precondition(candidateCorrect.count == championCorrect.count, "both models judged on the same rows")
    var candidate = 0
    var champion = 0
    for row in candidateCorrect.indices {
      candidate &+= candidateCorrect[row] && !championCorrect[row] ? 1 : 0
      champion &+= !candidateCorrect[row] && championCorrect[row] ? 1 : 0
    }
    self.init(onlyCandidate: candidate, onlyChampion: champion)
  }

  /// The rows that exactly one has right.
  public var discordant: Int { onlyCandidate + onlyChampion }

  /// Two-sided, from the binomial distribution (`statsmodels.stats.contingency_tables.mcnemar(exact=True)`); 1 without
  /// a discordant row.
  public var exactPValue: Double { min(1, 2 * FairCoin.atMost(fewer, of: discordant)) }

  /// The exact p-value with half the weight on what was observed, which errs about as often as it says where the
  /// exact one errs less (Fagerland, Lydersen and Laake, BMC Medical Research Methodology 13, 2013).
  public var midPValue: Double {
    min(1, 2 * FairCoin.atMost(fewer, of: discordant) - FairCoin.probability(fewer, of: discordant))
  }

  /// Whether the chi-square takes account of counts being whole numbers.
  public enum Continuity: Sendable, Hashable, CaseIterable {
    case corrected
    case uncorrected
  }

  /// (|b − c| − 1)² / (b + c), or (b − c)² / (b + c) without correction (`mcnemar(exact=False, correction=…)`);
  /// undefined without a discordant row.
  public func chiSquare(_ continuity: Continuity) -> Statistic {
    if discordant == 0 { return .undefined("no row is discordant") }
    let apart = Double(abs(onlyCandidate - onlyChampion)) - (continuity == .corrected ? 1 : 0)
    return .defined(apart * apart / Double(discordant))
  }

  /// The probability of a chi-square that large with one degree of freedom.
  public func chiSquarePValue(_ continuity: Continuity) -> Statistic {
    switch chiSquare(continuity) {
    case .defined(let chiSquare): .defined(ChiSquare.upperTail(chiSquare, degreesOfFreedom: 1))
    case .undefined(let reason): .undefined(reason)
    }
  }

  private var fewer: Int { min(onlyCandidate, onlyChampion) }
}
