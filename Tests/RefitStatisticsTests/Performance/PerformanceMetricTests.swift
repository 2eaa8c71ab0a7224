import RefitStatistics
import Testing

@Suite struct PerformanceMetricTests {
  @Test func namesAreScikitLearns() {
    let names = "roc_auc accuracy precision recall f1 brier log_loss rmse mae"
    #expect(PerformanceMetric.allCases.map(\.rawValue).joined(separator: " ") == names)
  }

  /// A better prediction never has the worse value.
  @Test(arguments: PerformanceMetric.allCases)
  func betterIsTheDirectionOfTheMetric(metric: PerformanceMetric) throws {
    let measure: (Double) -> Statistic = { score in
      metric.isForClassification
        ? BinaryOutcomes(
          labels: [true, false, true], scores: [score, 0.5, 0.9], predictions: [score > 0.5, true, true]
        ).measure(metric)
        : RegressionOutcomes(targets: [1, 0], predictions: [score, 0]).measure(metric)
    }
    let (good, bad) = (try #require(measure(0.8).value), try #require(measure(0.2).value))
    #expect(metric.higherIsBetter ? good > bad : good < bad)
  }
}
