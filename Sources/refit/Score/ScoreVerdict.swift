import RefitEngine
import RefitStatistics

/// What the margin says of the one metric that decides.
struct ScoreVerdict {
  let metric: MetricComparison
  let margin: Double
  let verdict: NonInferiority.Verdict

  /// Nil without a margin.
  ///
  /// - Parameter name: of the metric; nil for the task's main one.
  /// - Throws: a usage failure where the metric was not compared, or no direction of it is better.
  init?(_ comparison: ScoreComparison?, margin: Double?, metric name: String?) throws {
    guard let comparison, let margin else { return nil }
    guard let metric = comparison.metrics.first(where: { $0.name == name ?? comparison.main }) else {
      let names = comparison.metrics.map { "'\($0.name)'" }.joined(separator: ", ")
      throw Failure(
        .usage,
        "--metric: '\(name ?? comparison.main)' was not compared; "
          + (names.isEmpty ? "nothing was" : "what was compared is \(names)"))
    }
    guard let verdict = metric.verdict(margin: margin) else {
      throw Failure(
        .usage,
        "--metric: of '\(metric.name)' neither a higher nor a lower value is better, so that it has no verdict"
      )
    }
    self.metric = metric
    self.margin = margin
    self.verdict = verdict
  }

  /// What the command exits with.
  var exitCode: Int32 {
    switch verdict {
    case .superior, .nonInferior: 0
    case .inferior: 1
    case .inconclusive: 2
    }
  }
}
