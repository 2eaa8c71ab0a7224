/// Words of `refit.yaml` whose feature comes later, and what people write instead of a known word.
enum LaterWords {
  static let tasks: Set<String> = [
    "multiclass", "multiclass-classification", "quantile", "quantiles", "quantile-regression", "ranking",
    "forecasting",
  ]

  static let metrics: Set<String> = {
    let told: Set<String> = ["lift", "pinball", "coverage", "expected_cost"]
    let averaged = ["precision", "recall", "f1", "roc_auc"].flatMap { metric in
      ["macro", "weighted", "micro"].map { "\(metric)_\($0)" }
    }
    return told.union(averaged)
  }()

  static let meantMetrics = [
    "auc": "roc_auc", "auroc": "roc_auc", "roc-auc": "roc_auc", "logloss": "log_loss", "brier_score": "brier",
    "f1_score": "f1", "mean_absolute_error": "mae", "expected_calibration_error": "ece",
    "matthews_corrcoef": "mcc", "r2_score": "r2", "mean_absolute_percentage_error": "mape",
  ]

  static let meantStatistics = [
    "ks": "ks_statistic", "kolmogorov_smirnov": "ks_statistic", "jensenshannon": "js_distance",
    "jensen_shannon": "js_distance", "wasserstein_distance": "wasserstein", "chi2": "chi2_statistic",
    "hellinger_distance": "hellinger", "tvd": "total_variation",
  ]

  static let measures: Set<String> = {
    let rate = "false_positive_rate_parity"
    return [rate, "\(rate)_difference", "\(rate)_ratio"]
  }()

  static let baselines: Set<String> = ["reference", "season"]
}
