/// How well predictions meet outcomes; the raw values are scikit-learn's names.
public enum PerformanceMetric: String, Sendable, Hashable, Codable, CaseIterable {
  /// The probability that a positive row scores above a negative one, ties counting half.
  case rocAUC = "roc_auc"
  /// The share of rows whose hard prediction is their label.
  case accuracy
  /// The share of positive predictions that are right.
  case precision
  /// The share of positive labels that were predicted positive.
  case recall
  /// The harmonic mean of precision and recall: 2·TP / (2·TP + FP + FN).
  case f1
  /// The mean squared difference of score and label.
  case brier
  /// The mean negative natural logarithm of the probability given to what happened, clipped at 2^-52.
  case logLoss = "log_loss"
  /// The square root of the mean squared error, in the target's unit.
  case rmse
  /// The mean absolute error, in the target's unit.
  case mae

  /// Whether a larger value is the better one.
  public var higherIsBetter: Bool {
    switch self {
    case .rocAUC, .accuracy, .precision, .recall, .f1: true
    case .brier, .logLoss, .rmse, .mae: false
    }
  }

  /// Whether it judges binary classification; otherwise regression.
  public var isForClassification: Bool {
    switch self {
    case .rocAUC, .accuracy, .precision, .recall, .f1, .brier, .logLoss: true
    case .rmse, .mae: false
    }
  }

  /// Whether it reads scores; the other classification metrics read hard predictions.
  public var readsScores: Bool {
    switch self {
    case .rocAUC, .brier, .logLoss: true
    case .accuracy, .precision, .recall, .f1, .rmse, .mae: false
    }
  }
}
