import RefitStatistics
import Testing

@Suite struct PerformanceMetricTests {
  @Test func namesAreScikitLearns() {
    let names =
      "roc_auc average_precision gini ks accuracy balanced_accuracy precision recall specificity f1 mcc brier "
      + "log_loss ece rmse mae mape r2"
    #expect(PerformanceMetric.allCases.map(\.rawValue).joined(separator: " ") == names)
  }

  /// A better prediction never has the worse value.
  @Test(arguments: PerformanceMetric.allCases)
  func betterIsTheDirectionOfTheMetric(metric: PerformanceMetric) throws {
    let measure: (Double) -> Statistic = { score in
      metric.isForClassification
        ? BinaryOutcomes(
          labels: [true, false, true, false], scores: [score, 1 - score, 0.9, 0.1],
          predictions: [score > 0.5, score < 0.5, true, false]
        ).measure(metric)
        : RegressionOutcomes(targets: [1, 0], predictions: [score, 0]).measure(metric)
    }
    let (good, bad) = (try #require(measure(0.8).value), try #require(measure(0.2).value))
    #expect(metric.better == .higher ? good > bad : good < bad)
  }
}
