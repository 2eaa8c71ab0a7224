import RefitCore
import RefitEngine
import RefitStatistics

/// A score for programs: every number by its name, `null` beside the reason where it does not exist.
struct ScoreAnswer: Encodable {
  /// How scores became decisions.
  struct Decision: Encodable {
    var threshold: Double?
    var column: String?
    var favourable: DecisionThreshold.Side
    /// Of one row with each outcome, under the names of --costs.
    var costs: [String: Double]?
  }

  /// The quantiles whose span `coverage` is of.
  struct Span: Encodable {
    var lower: Double
    var upper: Double
    var nominalCoverage: Double

    enum CodingKeys: String, CodingKey {
      case lower, upper
      case nominalCoverage = "nominal_coverage"
    }
  }

  /// Each metric; beside one that is 0/0 what scikit-learn says of it.
  struct Metrics: Encodable {
    let metrics: [ScoredMetric]
    let outcomes: ScoredOutcomes

    func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: NameKey.self)
      for metric in metrics {
        try container.encode(metric.value, under: metric.name)
        guard metric.value.value == nil, let zero = outcomes.zeroDivision(metric.name) else { continue }
        try container.encode(zero, forKey: NameKey("\(metric.name)_zero_division"))
      }
    }
  }

  /// Labels from files of their own.
  struct LabelFiles: Encodable {
    var file: String
    var withoutPrediction: Int

    enum CodingKeys: String, CodingKey {
      case file
      case withoutPrediction = "without_prediction"
    }
  }

  var file: String
  /// Those that match, where that is a pattern.
  var files: [String]?
  var task: ScoreTask
  var label: String
  var labels: LabelFiles?
  var weight: String?
  var decision: Decision?
  var classes: [String]?
  var span: Span?
  var rows: Int
  var rowsWithoutLabel: Int
  var confidence: Double
  var seed: UInt64
  var resamples: Int
  var metrics: Metrics
  var intervals: NamedIntervals
  var confusion: ConfusionTable?
  var fairness: Named<GroupAnswer>
  var comparison: ComparisonAnswer?

  enum CodingKeys: String, CodingKey {
    case file, files, task, label, labels, weight, decision, classes, span, rows, confidence, seed, resamples,
      metrics,
      intervals
    case confusion, fairness, comparison
    case rowsWithoutLabel = "rows_without_label"
  }

  init(_ score: FileScore, verdict: ScoreVerdict?) {
    let request = score.request
    file = request.predictions.name
    files = request.predictions.isPattern ? request.predictions.paths : nil
    label = request.label
    labels = request.labels.map { LabelFiles(file: $0.name, withoutPrediction: score.strayLabels ?? 0) }
    weight = request.weight
    rows = score.rows
    rowsWithoutLabel = score.unlabelled
    confidence = request.confidence
    seed = request.plan.seed
    resamples = request.plan.resamples
    metrics = Metrics(metrics: score.metrics, outcomes: score.outcomes)
    intervals = NamedIntervals(values: score.metrics.map { ($0.name, $0.interval) })
    confusion = score.outcomes.confusion
    fairness = Named(values: score.fairness.map { ($0.column, GroupAnswer($0)) })
    comparison = score.comparison.map { ComparisonAnswer($0, request, verdict) }
    task = ScoreTask(request.task)
    switch (request.task, score.outcomes) {
    case (.binary(let columns), _):
      decision = Decision(
        threshold: columns.threshold, column: columns.prediction,
        favourable: columns.favourable, costs: request.asked.lazy.compactMap(\.costs).first)
    case (_, .multiclass(let outcomes)): classes = outcomes.names
    case (_, .regression(let outcomes)):
      span = outcomes.span.map {
        Span(lower: $0.lower, upper: $0.upper, nominalCoverage: $0.nominalCoverage)
      }
    default: break
    }
  }
}

extension BinaryMetric {
  fileprivate var costs: [String: Double]? {
    guard case .expectedCost(let costs) = self else { return nil }
    return [
      "tp": costs.truePositive, "fp": costs.falsePositive, "tn": costs.trueNegative,
      "fn": costs.falseNegative,
    ]
  }
}
