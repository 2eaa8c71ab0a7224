/// The difference of two proportions that were observed on the same rows.
public enum PairedWald {
  /// The difference of two accuracies; traps when the lengths differ.
  ///
  /// With b rows that only the candidate has right and c that only the champion has, of n: difference
  /// (b − c)/n, variance (b + c − (b − c)²/n)/n² (Wald's interval for paired proportions).
  public static func accuracy(candidateCorrect: [Bool], championCorrect: [Bool]) -> PairedComparison {
    precondition(candidateCorrect.count == championCorrect.count, "both models judged on the same rows")
    let rows = candidateCorrect.count
    if rows == 0 { return PairedComparison(undefined: "there are no rows", rows: 0, method: method) }
    var candidate = 0
    var champion = 0
    var both = 0
    for row in candidateCorrect.indices {
      candidate &+= candidateCorrect[row] ? 1 : 0
      champion &+= championCorrect[row] ? 1 : 0
      both &+= candidateCorrect[row] && championCorrect[row] ? 1 : 0
    }
    let n = Double(rows)
    let discordant = candidate + champion - 2 * both
    let difference = Double(candidate - champion)
    let variance = max(0, Double(discordant) - difference * difference / n) / (n * n)
    return PairedComparison(
      candidate: .defined(Double(candidate) / n), champion: .defined(Double(champion) / n),
      difference: .defined(difference / n), standardError: .defined(variance.squareRoot()),
      rows: rows, independentRows: rows, discordant: discordant,
      modelsAgree: discordant == 0, method: method)
  }

  static let method = "paired-wald"
}
