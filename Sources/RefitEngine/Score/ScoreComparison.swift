import RefitCore
import RefitStatistics

/// The predictions held against a champion's on the same rows.
public struct ScoreComparison: Sendable {
  /// What both said of the same rows.
  public let candidate: ScoredOutcomes
  public let champion: ScoredOutcomes
  /// The metric that decides, unless another one is asked for.
  public let main: String
  /// Each metric that both models have the columns for.
  public let metrics: [MetricComparison]
  /// The p-values of the metrics that have one, adjusted for there being several (Holm), under the metrics' names.
  public let adjusted: [String: Double]
  /// Which of the rows that weigh anything exactly one has right, each counted once; nil of a regression and without
  /// predictions.
  public let discordance: McNemar?
  /// Rows with a label, of one model's files, to which those of the other have no partner; 0 where one has both.
  public let onlyHere: Int
  public let onlyThere: Int

  /// Rows with a label that both models judged.
  public var rows: Int { candidate.count }

  init(
    _ candidate: ScoredOutcomes, _ champion: ScoredOutcomes, asked: [BinaryMetric], onlyHere: Int,
    onlyThere: Int, confidence: Double, _ plan: ResamplingPlan
  ) {
    self.candidate = candidate
    self.champion = champion
    self.onlyHere = onlyHere
    self.onlyThere = onlyThere
    discordance = candidate.right.flatMap { own in
      champion.right.map { McNemar(candidateCorrect: own, championCorrect: $0) }
    }
    switch (candidate, champion) {
    case (.binary(let own), .binary(let other)):
      let areScored = own.scores != nil && other.scores != nil
      main = (areScored ? PerformanceMetric.rocAUC : .accuracy).rawValue
      metrics = BinaryComparison(candidate: own.outcomes, champion: other.outcomes)
        .compared(asked: asked, confidence: confidence, plan)
    case (.multiclass(let own), .multiclass(let other)):
      main = ClassMetric.accuracy.rawValue
      metrics = Self.classes(own, other).compared(confidence: confidence, plan)
    case (.regression(let own), .regression(let other)):
      main = PerformanceMetric.rmse.rawValue
      metrics = RegressionComparison(candidate: own.scoring, champion: other.scoring)
        .compared(confidence: confidence, plan)
    default: preconditionFailure("two models of one task")
    }
    let tested = metrics.compactMap { metric in metric.pValue.value.map { (metric.name, $0) } }
    adjusted = Dictionary(uniqueKeysWithValues: zip(tested.map(\.0), AdjustedPValues.holm(tested.map(\.1))))
  }

  /// Each model may predict classes that the other never does, behind those of the labels, which both share.
  private static func classes(_ own: ScoredOutcomes.Classes, _ other: ScoredOutcomes.Classes)
    -> ClassComparison
  {
    let all =
      own.names + other.names.filter { name in !own.names.contains { LabelText($0) == LabelText(name) } }
    let places = Dictionary(uniqueKeysWithValues: all.enumerated().map { (LabelText($1), $0) })
    func outcomes(_ model: ScoredOutcomes.Classes) -> ClassOutcomes {
      let place = model.names.map { places[LabelText($0)] ?? 0 }
      return ClassOutcomes(
        classes: all, labels: model.labels.map { place[$0] },
        predictions: model.predictions.map { $0.map { place[$0] } },
        scores: model.names.count == all.count ? model.scores : nil, weights: model.weights)
    }
    return ClassComparison(candidate: outcomes(own), champion: outcomes(other))
  }
}
