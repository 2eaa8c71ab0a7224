/// The nonparametric theory of areas under ROC curves of DeLong, DeLong and Clarke-Pearson (Biometrics 44,
/// 1988), computed from midranks in O(n log n) (Sun and Xu, IEEE Signal Processing Letters 21, 2014).
public enum DeLong {
  /// The area under the ROC curve of one model and its variance; traps when the lengths differ.
  public static func estimate(labels: [Bool], scores: [Double]) -> AreaEstimate {
    precondition(labels.count == scores.count, "one score a label")
    if let reason = reasonNotFinite(scores, called: "scores") {
      let positives = labels.count(where: \.self)
      return AreaEstimate(
        area: .undefined(reason), variance: .undefined(reason),
        positives: positives, negatives: labels.count - positives)
    }
    let ranked = RankedClasses(labels: labels, scores: scores)
    let reason = reasonNoVariance(positives: ranked.positiveCount, negatives: ranked.negativeCount)
    return AreaEstimate(
      area: ranked.area,
      variance: reason.map { .undefined($0) } ?? .defined(ranked.placementVariance()),
      positives: ranked.positiveCount, negatives: ranked.negativeCount)
  }

  /// The areas of two models on the same rows, with the standard error of their difference, which takes the
  /// models' correlation into account (`pROC::roc.test`, method "delong"). Traps when the lengths differ;
  /// undefined with one class only or with scores that are not finite.
  public static func compare(
    labels: [Bool], candidate: [Double], champion: [Double]
  ) -> PairedComparison {
    precondition(labels.count == candidate.count && labels.count == champion.count, "one score a label")
    let positives = labels.count(where: \.self)
    let negatives = labels.count - positives
    if let reason = reasonNotFinite(candidate, called: "candidate scores")
      ?? reasonNotFinite(champion, called: "champion scores")
      ?? RankedClasses.reasonNoArea(positives: positives, negatives: negatives)
    {
      return PairedComparison(undefined: reason, rows: labels.count, method: "delong")
    }
    let (own, other) = (
      Placements(labels: labels, scores: candidate), Placements(labels: labels, scores: champion)
    )
    return compare(
      labels: labels, candidate: own, champion: other,
      // Placements that differ tell of models that do; equal ones don't tell that models agree.
      modelsAgree: own.doubled == other.doubled && Agreement.isOfOrder(candidate, champion))
  }

  private static func compare(
    labels: [Bool], candidate: Placements, champion: Placements, modelsAgree: Bool
  ) -> PairedComparison {
    let (positives, negatives) = (candidate.positives, candidate.negatives)
    let difference = Double(candidate.concordance - champion.concordance)
    let pairs = 2 * Double(positives) * Double(negatives)
    return PairedComparison(
      candidate: .defined(candidate.area), champion: .defined(champion.area),
      difference: .defined(difference / pairs),
      standardError: standardError(labels: labels, candidate, champion),
      rows: labels.count, independentRows: min(positives, negatives), discordant: nil,
      modelsAgree: modelsAgree, method: "delong")
  }

  /// √(Var(ΔV10)/m + Var(ΔV01)/n), where ΔV is a row's difference of placements: the quadratic form of
  /// DeLong's covariance matrix without its cancellation. Identical placements give exactly 0.
  private static func standardError(
    labels: [Bool], _ candidate: Placements, _ champion: Placements
  ) -> Statistic {
    let (positives, negatives) = (candidate.positives, candidate.negatives)
    if let reason = reasonNoVariance(positives: positives, negatives: negatives) {
      return .undefined(reason)
    }
    let (m, n) = (Double(positives), Double(negatives))
    let total = Double(candidate.concordance - champion.concordance)
    var ofPositives = CompensatedSum()
    var ofNegatives = CompensatedSum()
    for row in labels.indices {
      let moved = Double(candidate.doubled[row] - champion.doubled[row])
      let deviation = moved - total / (labels[row] ? m : n)
      if labels[row] {
        ofPositives.add(deviation * deviation)
      } else {
        ofNegatives.add(deviation * deviation)
      }
    }
    let variance =
      ofPositives.value / (4 * n * n * (m - 1) * m) + ofNegatives.value / (4 * m * m * (n - 1) * n)
    return .defined(variance.squareRoot())
  }

  /// Why rows of these classes have no variance, or nil when they have one.
  private static func reasonNoVariance(positives: Int, negatives: Int) -> String? {
    if let reason = RankedClasses.reasonNoArea(positives: positives, negatives: negatives) { return reason }
    if positives == 1 { return "one positive row has no variance" }
    return negatives == 1 ? "one negative row has no variance" : nil
  }
}
