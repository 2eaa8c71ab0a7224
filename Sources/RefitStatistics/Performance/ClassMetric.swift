/// How well predictions of one of several classes meet outcomes; the raw values are scikit-learn's names, with the
/// average where there is one.
///
/// `macro`: the mean over the classes that occur in labels or predictions. `weighted`: the mean by the share of labels
/// of each class. `micro`: over all rows at once, which for one prediction a row is the accuracy.
public enum ClassMetric: String, Sendable, Hashable, Codable, CaseIterable {
  /// The share of rows whose prediction is their label.
  case accuracy
  /// The mean recall of the classes that occur in the labels.
  case balancedAccuracy = "balanced_accuracy"
  case precisionMacro = "precision_macro"
  case precisionWeighted = "precision_weighted"
  case precisionMicro = "precision_micro"
  case recallMacro = "recall_macro"
  case recallWeighted = "recall_weighted"
  case recallMicro = "recall_micro"
  case f1Macro = "f1_macro"
  case f1Weighted = "f1_weighted"
  case f1Micro = "f1_micro"
  /// The correlation of predictions and labels (Matthews 1975; Gorodkin 2004 for more than two classes).
  case mcc
  /// The mean negative natural logarithm of the probability given to the label, clipped at 2^-52.
  case logLoss = "log_loss"
  /// The mean over classes of the AUC of one against all others, scikit-learn's `roc_auc_ovr`.
  case rocAUCMacro = "roc_auc_macro"
  /// The same by the share of labels of each class, scikit-learn's `roc_auc_ovr_weighted`.
  case rocAUCWeighted = "roc_auc_weighted"

  /// Which value is the better one.
  public var better: MetricDirection { self == .logLoss ? .lower : .higher }

  /// Whether it reads a score of each class; the others read predictions.
  public var readsScores: Bool { self == .logLoss || isOfRanks }

  var isOfRanks: Bool { self == .rocAUCMacro || self == .rocAUCWeighted }
}
