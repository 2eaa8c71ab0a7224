/// A metric that can be estimated without labels; the raw values are scikit-learn's names where it has them.
public enum EstimatedMetric: String, Sendable, Hashable, Codable, CaseIterable {
  /// The probability that a positive row scores above a negative one, ties counting half.
  case rocAUC = "roc_auc"
  /// The share of rows whose prediction is their label.
  case accuracy
  /// The share of positive predictions that are right.
  case precision
  /// The share of positive labels that were predicted positive.
  case recall
  /// The share of negative labels that were predicted negative.
  case specificity
  /// The harmonic mean of precision and recall.
  case f1
}
