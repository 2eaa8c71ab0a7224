import RefitEngine
import RefitReport
import RefitStatistics

/// The drawings of a score.
struct ScoreFigures {
  private let score: FileScore

  init(_ score: FileScore) { self.score = score }

  /// Metrics that lie between −1 and 1, with their intervals.
  var metrics: Figure? {
    let rows = score.metrics.compactMap { metric in
      metric.value.value.flatMap { value -> IntervalBarsFigure.Row? in
        let interval = metric.interval.value
        guard Self.isShare(metric.name) else { return nil }
        return .init(
          metric.name, value, interval: interval.map { $0.lower...$0.upper },
          text: PersonNumber.fixed(value, places: 4))
      }
    }
    guard !rows.isEmpty else { return nil }
    let lows = score.metrics.filter { Self.isShare($0.name) }.compactMap {
      $0.interval.value?.lower ?? $0.value.value
    }
    return IntervalBarsFigure(
      caption: "Metrics with their intervals", description: "The table beside has the same numbers.",
      range: Axis("", from: max(-1, min(0, lows.min() ?? 0)), to: 1), rows: rows
    ).figure
  }

  private static func isShare(_ name: String) -> Bool {
    name == "coverage" || name.hasPrefix("roc_auc") || name.hasPrefix("precision") || name.hasPrefix("recall")
      || name.hasPrefix("f1")
      || PerformanceMetric(rawValue: name).map { $0.isForClassification && $0 != .logLoss } ?? false
  }

  /// What depends on the task.
  var curves: [Figure] {
    switch score.outcomes {
    case .binary(let outcomes):
      guard let curves = outcomes.curves else { return [] }
      return lines([("scores", curves)]) + [histogram(curves)]
    case .multiclass: return []
    case .regression(let outcomes):
      guard let predictions = outcomes.predictions,
        let summary = ResidualSummary(targets: outcomes.targets, predictions: predictions)
      else { return [] }
      return regression(summary)
    }
  }

  /// The curves of one model, or of a champion and a candidate.
  private func lines(_ models: [(name: String, curves: ScoreCurves)]) -> [Figure] {
    func lines(_ points: (ScoreCurves) -> [ScoreCurves.Point]) -> [CurveFigure.Line] {
      models.map { model in .init(model.name, points(model.curves).map { ($0.x, $0.y) }) }
    }
    var figures = [
      CurveFigure(
        caption: "ROC curve", description: "The area under a curve is roc_auc.",
        x: .share("false positive rate"), y: .share("true positive rate"), lines: lines(\.receiverOperating),
        diagonal: .drawn
      ).figure,
      CurveFigure(
        caption: "Precision over recall", description: "The average precision is average_precision.",
        x: .share("recall"), y: .share("precision"), lines: lines(\.precisionRecall)
      ).figure,
    ]
    if models.allSatisfy({ $0.curves.calibration.count > 1 }) {
      figures.append(
        CurveFigure(
          caption: "Calibration: share of positive labels over the mean score of ten bins",
          description: "How far it is from the diagonal, by rows, is the expected calibration error, ece.",
          x: .share("mean score"), y: .share("positive labels"), lines: lines(\.calibration), diagonal: .drawn
        ).figure)
    }
    return figures
  }

  private func histogram(_ curves: ScoreCurves) -> Figure {
    HistogramFigure(
      caption: "Scores by label: share of each class in each bin",
      description: "The largest distance of the two distributions is ks.",
      names: ("negative", "positive"), edges: curves.edges.map(PersonNumber.text),
      shares: curves.histogram.map { ($0.negatives, $0.positives) }
    ).figure
  }

  private func regression(_ summary: ResidualSummary) -> [Figure] {
    let all = summary.tenths.flatMap { [$0.prediction, $0.target] }
    var figures: [Figure] = []
    if let least = all.min(), let most = all.max(), (most - least).isFinite {
      figures.append(
        CurveFigure(
          caption: "Mean target over mean prediction, of tenths of the rows by rising prediction",
          description: "On the diagonal predictions are right on average.",
          x: Axis("prediction", from: least, to: most), y: Axis("target", from: least, to: most),
          lines: [.init("tenths", summary.tenths.map { ($0.prediction, $0.target) })], diagonal: .drawn
        ).figure)
    }
    let exact = "\(PersonNumber.percent(summary.exact)) of rows have no error, and are in no bin."
    figures.append(
      HistogramFigure(
        caption: "Sizes of errors: share of all rows in each bin, by sign",
        description: "The bins' edges are deciles.\(summary.exact > 0 ? " \(exact)" : "")",
        names: ("too low", "too high"), edges: summary.edges.map(PersonNumber.text),
        shares: summary.bins.map { ($0.tooLow, $0.tooHigh) }
      ).figure)
    return figures
  }

  // MARK: - Groups and differences

  private static let mostGroups = 20

  /// A figure for each rate that measures compare.
  func rates(of group: GroupScore) -> [Figure] {
    let shown = group.groups.sorted { $0.count > $1.count }.prefix(Self.mostGroups)
    let cut = group.groups.count > shown.count ? "; the \(shown.count) largest groups" : ""
    let names = group.groups.first?.rates.map(\.name).filter {
      !["false_negative_rate", "true_negative_rate"].contains($0)
    }
    return (names ?? []).compactMap { name in
      let rows = group.groups.filter { one in shown.contains { $0.name == one.name } }.compactMap { group in
        group.rates.first { $0.name == name }.flatMap { rate in
          rate.value.value.map {
            IntervalBarsFigure.Row(
              group.name, $0, interval: rate.interval.value.map { $0.lower...$0.upper },
              text: PersonNumber.fixed($0, places: 4))
          }
        }
      }
      guard !rows.isEmpty else { return nil }
      let rates = group.groups.flatMap(\.rates).filter { $0.name == name }
      let isError = name == "mae" || name == "mean_error"
      let ends = rates.flatMap {
        [$0.value.value, $0.interval.value?.lower, $0.interval.value?.upper].compactMap { $0 }
      }
      let (least, most) = (min(0, ends.min() ?? 0), max(0, ends.max() ?? 0))
      guard (most - least).isFinite else { return nil }
      return IntervalBarsFigure(
        caption: "\(name) by \(group.column)\(cut)", description: "The table has the same numbers.",
        range: isError ? Axis("", from: least, to: most) : .share(""),
        rows: rows
      ).figure
    }
  }

  /// The curves of both models on the rows that both judged.
  func curves(_ comparison: ScoreComparison) -> [Figure] {
    guard case .binary(let candidate) = comparison.candidate,
      case .binary(let champion) = comparison.champion,
      let own = candidate.curves, let other = champion.curves
    else { return [] }
    return lines([("champion", other), ("candidate", own)])
  }

  /// Differences of metrics that can stand on one scale, with their bounds.
  func differences(_ comparison: ScoreComparison) -> Figure? {
    let metrics = comparison.metrics.filter {
      !["r2", "mape", "coverage", "expected_cost"].contains($0.name) && !$0.name.hasPrefix("lift")
        && $0.bounds != nil
    }
    let rows = metrics.compactMap { metric in
      metric.difference.value.map {
        IntervalBarsFigure.Row(
          metric.name, $0, interval: metric.bounds.map { min($0.lower, $0.upper)...max($0.lower, $0.upper) },
          text: PersonNumber.fixed($0, places: 4))
      }
    }
    let ends = metrics.flatMap {
      [$0.difference.value, $0.bounds?.lower, $0.bounds?.upper].compactMap { $0 }
    }
    guard !rows.isEmpty, let least = ends.min(), let most = ends.max(), (most - least).isFinite else {
      return nil
    }
    return IntervalBarsFigure(
      caption: "Differences, candidate less champion, with their one-sided bounds",
      description: "A bar to the right of 0 says that the candidate's value is the larger one.",
      range: Axis("", from: min(0, least), to: max(0, most)), rows: rows
    ).figure
  }
}

extension ScoredOutcomes.Binary {
  fileprivate var curves: ScoreCurves? {
    scores.flatMap { ScoreCurves(labels: labels, scores: $0, weights: weights) }
  }
}
