/// How well predictions meet outcomes, in one number a model; the raw values are scikit-learn's names where it has one.
///
/// What must be told more than a name (lift, cost, pinball, coverage) is a method of the outcomes; what is for three
/// classes and more is a `ClassMetric`.
public enum PerformanceMetric: String, Sendable, Hashable, Codable, CaseIterable {
  /// The probability that a positive row scores above a negative one, ties counting half.
  case rocAUC = "roc_auc"
  /// Σ (recall gained) · precision over distinct scores from the highest down, without interpolation.
  case averagePrecision = "average_precision"
  /// 2 · AUC − 1.
  case gini
  /// The largest TPR − FPR over all thresholds, the Kolmogorov–Smirnov distance of the classes' scores.
  case ks
  /// The share of rows whose hard prediction is their label.
  case accuracy
  /// The mean of recall and specificity.
  case balancedAccuracy = "balanced_accuracy"
  /// The share of positive predictions that are right.
  case precision
  /// The share of positive labels that were predicted positive.
  case recall
  /// The share of negative labels that were predicted negative.
  case specificity
  /// The harmonic mean of precision and recall: 2·TP / (2·TP + FP + FN).
  case f1
  /// The correlation of hard predictions and labels (Matthews 1975).
  case mcc
  /// The mean squared difference of score and label.
  case brier
  /// The mean negative natural logarithm of the probability given to what happened, clipped at 2^-52.
  case logLoss = "log_loss"
  /// The expected calibration error over ten right-closed bins of equal width: the mean, by rows, of
  /// abs(share of positive labels − mean score) of a bin.
  case ece
  /// The square root of the mean squared error, in the target's unit.
  case rmse
  /// The mean absolute error, in the target's unit.
  case mae
  /// The mean of abs(error) / max(abs(target), 2^-52), as a ratio and not in per cent.
  case mape
  /// 1 − Σ error² / Σ (target − mean target)².
  case r2

  /// Which value is the better one.
  public var better: MetricDirection {
    switch self {
    case .rocAUC, .averagePrecision, .gini, .ks, .accuracy, .balancedAccuracy, .precision, .recall,
      .specificity, .f1, .mcc, .r2:
      .higher
    case .brier, .logLoss, .ece, .rmse, .mae, .mape: .lower
    }
  }

  /// Whether it judges binary classification; otherwise regression.
  public var isForClassification: Bool {
    switch self {
    case .rocAUC, .averagePrecision, .gini, .ks, .accuracy, .balancedAccuracy, .precision, .recall,
      .specificity, .f1, .mcc, .brier, .logLoss, .ece:
      true
    case .rmse, .mae, .mape, .r2: false
    }
  }

  /// Whether it reads scores; the other classification metrics read hard predictions.
  public var readsScores: Bool {
    switch self {
    case .rocAUC, .averagePrecision, .gini, .ks, .brier, .logLoss, .ece: true
    case .accuracy, .balancedAccuracy, .precision, .recall, .specificity, .f1, .mcc, .rmse, .mae, .mape,
      .r2:
      false
    }
  }

  /// The values that it can have; an end that does not exist is infinite.
  public var possibleValues: ClosedRange<Double> {
    switch self {
    case .rocAUC, .averagePrecision, .ks, .accuracy, .balancedAccuracy, .precision, .recall, .specificity,
      .f1, .brier, .ece:
      0...1
    case .gini, .mcc: -1...1
    case .logLoss, .rmse, .mae, .mape: 0...Double.infinity
    case .r2: -Double.infinity...1
    }
  }
}

extension PerformanceMetric {
  var notForClassification: String { "\(rawValue) is for regression, and this is classification" }
  var notForRegression: String { "\(rawValue) is for classification, and this is regression" }
}
