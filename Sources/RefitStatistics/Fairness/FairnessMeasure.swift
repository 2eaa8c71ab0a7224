/// How differently groups are treated; the raw values are fairlearn's names where it has them.
///
/// Of each rate compared, the difference is max − min and the ratio min / max over groups.
public enum FairnessMeasure: String, Sendable, Hashable, Codable, CaseIterable {
  /// Difference of selection rates.
  case demographicParityDifference = "demographic_parity_difference"
  /// Ratio of selection rates.
  case demographicParityRatio = "demographic_parity_ratio"
  /// Difference of true positive rates.
  case equalOpportunityDifference = "equal_opportunity_difference"
  /// Ratio of true positive rates.
  case equalOpportunityRatio = "equal_opportunity_ratio"
  /// The larger difference of those of true and false positive rates.
  case equalizedOddsDifference = "equalized_odds_difference"
  /// The smaller ratio of those of true and false positive rates.
  case equalizedOddsRatio = "equalized_odds_ratio"
  /// Difference of precisions (Chouldechova, Big Data 5, 2017).
  case predictiveParityDifference = "predictive_parity_difference"
  /// Ratio of precisions.
  case predictiveParityRatio = "predictive_parity_ratio"
  /// Difference of accuracies.
  case accuracyParityDifference = "accuracy_parity_difference"
  /// Ratio of accuracies.
  case accuracyParityRatio = "accuracy_parity_ratio"

  /// Whether it is a ratio (1 is equal treatment); otherwise a difference (0 is).
  public var isRatio: Bool {
    switch self {
    case .demographicParityRatio, .equalOpportunityRatio, .equalizedOddsRatio, .predictiveParityRatio,
      .accuracyParityRatio:
      true
    case .demographicParityDifference, .equalOpportunityDifference, .equalizedOddsDifference,
      .predictiveParityDifference, .accuracyParityDifference:
      false
    }
  }

  /// The rates that it compares.
  public var rates: [GroupRate] {
    switch self {
    case .demographicParityDifference, .demographicParityRatio: [.selectionRate]
    case .equalOpportunityDifference, .equalOpportunityRatio: [.truePositiveRate]
    case .equalizedOddsDifference, .equalizedOddsRatio: [.truePositiveRate, .falsePositiveRate]
    case .predictiveParityDifference, .predictiveParityRatio: [.precision]
    case .accuracyParityDifference, .accuracyParityRatio: [.accuracy]
    }
  }
}
