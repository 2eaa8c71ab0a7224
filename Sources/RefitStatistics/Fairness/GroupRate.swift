/// A share of a group's rows; *positive* and *selected* mean favourable. The raw values are fairlearn's names
/// where it has them.
public enum GroupRate: String, Sendable, Hashable, Codable, CaseIterable {
  /// Selected rows among all.
  case selectionRate = "selection_rate"
  /// Selected rows among those with a positive label.
  case truePositiveRate = "true_positive_rate"
  /// Selected rows among those with a negative label.
  case falsePositiveRate = "false_positive_rate"
  /// Rows that were not selected among those with a positive label.
  case falseNegativeRate = "false_negative_rate"
  /// Rows that were not selected among those with a negative label.
  case trueNegativeRate = "true_negative_rate"
  /// Rows with a positive label among the selected.
  case precision
  /// Rows that were selected exactly when their label is positive, among all.
  case accuracy

  /// Whether it needs labels.
  public var readsLabels: Bool { self != .selectionRate }

  /// The rows in its denominator, as a phrase.
  var denominatorPhrase: String {
    switch self {
    case .selectionRate, .accuracy: "rows"
    case .truePositiveRate, .falseNegativeRate: "rows with a positive label"
    case .falsePositiveRate, .trueNegativeRate: "rows with a negative label"
    case .precision: "selected rows"
    }
  }
}
