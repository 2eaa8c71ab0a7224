/// A metric of any task, as far as a comparison has to know it.
protocol ComparableMetric {
  /// As in JSON and YAML.
  var name: String { get }
  var better: MetricDirection { get }
}

extension ClassMetric: ComparableMetric {
  var name: String { rawValue }
}

/// One metric of two models on the same rows, with what is known of the difference (candidate − champion) and how.
public struct MetricComparison: Sendable, Hashable {
  /// The metric's name, as in JSON and YAML.
  public let name: String
  /// Which value is the better one.
  public let better: MetricDirection
  /// The candidate's value.
  public let candidate: Statistic
  /// The champion's value.
  public let champion: Statistic
  /// candidate − champion, in the metric's own direction.
  public let difference: Statistic
  /// The estimated standard deviation of the difference.
  public let standardError: Statistic
  /// One-sided bounds of the difference, each at `confidence`; nil where the rows say nothing.
  public let bounds: ConfidenceBounds?
  public let confidence: Double
  /// Two-sided, of no difference, by the same method as the bounds.
  public let pValue: Statistic
  /// `delong`, `paired-wald`, `paired-t`, `bootstrap-bca` or `bootstrap-percentile`.
  public let method: String
  /// The rows that exactly one model has right, for accuracy, recall and specificity.
  public let discordance: McNemar?
  /// The rows that the metric judges: for recall and specificity those of one class.
  public let rows: Int
  /// All rows of the two models, which the metric judges or not.
  public let rowsInAll: Int

  /// The bounds turned so that positive is better; nil where neither direction is.
  public var improvement: ConfidenceBounds? {
    switch better {
    case .higher: bounds
    case .lower: bounds.map { ConfidenceBounds(lower: 0 - $0.upper, upper: 0 - $0.lower) }
    case .neither: nil
    }
  }

  /// Whether the candidate is worse by no more than a margin (at least 0); inconclusive without bounds, and nil where
  /// neither direction is better.
  public func verdict(margin: Double) -> NonInferiority.Verdict? {
    if better == .neither { return nil }
    return improvement.map { NonInferiority.verdict(bounds: $0, margin: margin) } ?? .inconclusive
  }

  /// How many rows in all would settle what these leave open, as `NonInferiority.rowsToSettle`; undefined where no
  /// number would, and where the precision of these rows is not known.
  public func rowsToSettle(margin: Double) -> Statistic {
    guard let difference = difference.value, let standardError = standardError.value else {
      let reason = standardError.reason ?? difference.reason ?? ""
      return .undefined("how precise the difference is can't be told: \(reason)")
    }
    let needed = NonInferiority.rowsToSettle(
      difference: better == .higher ? difference : -difference, standardError: standardError,
      bounds: improvement, rows: rowsInAll, margin: margin, confidence: confidence)
    return needed.map { .defined(Double($0)) }
      ?? .undefined("no number of rows like these would settle it")
  }
}

extension MetricComparison {
  /// By the normal law; `scale` turns an area's difference into that of Gini's coefficient.
  init(
    _ metric: some ComparableMetric, _ paired: PairedComparison, scale: Double = 1, rowsInAll: Int,
    confidence: Double, discordance: McNemar? = nil
  ) {
    let shift = scale - 1
    let bounds = paired.difference.value == nil ? nil : paired.bounds(confidence: confidence)
    self.init(
      name: metric.name, better: metric.better,
      candidate: paired.candidate.scaled(by: scale, less: shift),
      champion: paired.champion.scaled(by: scale, less: shift),
      difference: paired.difference.scaled(by: scale),
      standardError: paired.standardError.scaled(by: scale),
      bounds: bounds.map { ConfidenceBounds(lower: scale * $0.lower, upper: scale * $0.upper) },
      confidence: confidence, pValue: paired.test.pValue, method: paired.method, discordance: discordance,
      rows: paired.rows, rowsInAll: rowsInAll)
  }

  /// By Student's law of a mean loss.
  init(
    _ metric: some ComparableMetric, candidate: Statistic, champion: Statistic, _ losses: PairedT,
    confidence: Double
  ) {
    self.init(
      name: metric.name, better: metric.better, candidate: candidate, champion: champion,
      difference: losses.difference,
      standardError: losses.standardError, bounds: losses.bounds(confidence: confidence),
      confidence: confidence,
      pValue: losses.test.pValue, method: PairedT.method, discordance: nil, rows: losses.rows,
      rowsInAll: losses.rows)
  }

  /// By resampling.
  init(
    _ metric: some ComparableMetric, candidate: Statistic, champion: Statistic,
    _ resampled: BootstrapComparison,
    rows: Int, confidence: Double
  ) {
    self.init(
      name: metric.name, better: metric.better, candidate: candidate, champion: champion,
      difference: resampled.difference, standardError: resampled.standardError,
      bounds: resampled.bounds(confidence: confidence), confidence: confidence, pValue: resampled.pValue,
      method: resampled.method, discordance: nil, rows: rows, rowsInAll: rows)
  }

  /// What can't be compared, and why, as a phrase that can end a sentence.
  init(
    _ metric: some ComparableMetric, candidate: Statistic, champion: Statistic, reason: String,
    method: String, rows: Int, confidence: Double
  ) {
    self.init(
      name: metric.name, better: metric.better, candidate: candidate, champion: champion,
      difference: .undefined(reason), standardError: .undefined(reason), bounds: nil, confidence: confidence,
      pValue: .undefined(reason), method: method, discordance: nil, rows: rows, rowsInAll: rows)
  }
}

extension Statistic {
  fileprivate func scaled(by factor: Double, less shift: Double = 0) -> Statistic {
    switch self {
    case .defined(let value): .defined(value * factor - shift)
    case .undefined: self
    }
  }
}
