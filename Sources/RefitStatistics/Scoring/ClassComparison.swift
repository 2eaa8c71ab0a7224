/// Two models of a task with several classes on the same rows.
public struct ClassComparison: Sendable {
  private let candidate: ClassOutcomes
  private let champion: ClassOutcomes

  /// Traps unless both have the same classes, labels and weights, or none.
  public init(candidate: ClassOutcomes, champion: ClassOutcomes) {
    requireSameRows(
      candidate.classes == champion.classes && candidate.labels == champion.labels,
      candidate.weights?.values, champion.weights?.values)
    self.candidate = candidate
    self.champion = champion
  }

  /// The rows that exactly one model has right; nil where a model has no predictions.
  public var discordance: McNemar? {
    guard let own = candidate.right, let other = champion.right else { return nil }
    return McNemar(candidateCorrect: own, championCorrect: other)
  }

  /// Each metric that both models have the columns for: paired Wald for shares of rows, paired t on each row's loss for
  /// log loss, the bootstrap for all others and for whatever has weights. Bounds are one-sided at `confidence`
  /// (0.5..<1).
  ///
  /// - Parameter mostRowsDrawnAlone: of more rows areas are had from cells of neighbouring scores (`ScoreCells`).
  public func compared(
    confidence: Double, _ plan: ResamplingPlan, mostRowsDrawnAlone: Int = 20_000
  ) -> [MetricComparison] {
    let metrics = ClassMetric.allCases.filter { metric in
      [candidate, champion].allSatisfy { metric.readsScores ? $0.scores != nil : $0.predictions != nil }
    }
    let (own, other) = (candidate.measures(metrics), champion.measures(metrics))
    let resampled = metrics.indices.filter {
      own[$0].value != nil && other[$0].value != nil && method(metrics[$0]) == Self.bootstrap
    }
    let counted = resampled.filter { candidate.weights == nil && !metrics[$0].readsScores }
    let drawn = resampled.filter { candidate.weights != nil || metrics[$0].readsScores }
    var found: [Int: BootstrapComparison] = [:]
    for (indices, isCounted) in [(counted, true), (drawn, false)] where !indices.isEmpty {
      let some = indices.map { metrics[$0] }
      let values = (candidate: indices.map { own[$0] }, champion: indices.map { other[$0] })
      let bootstraps =
        isCounted
        ? countBootstraps(some, values, plan)
        : rowBootstraps(some, values, plan, areCells: candidate.count > mostRowsDrawnAlone)
      for (index, bootstrap) in zip(indices, bootstraps) { found[index] = bootstrap }
    }
    return metrics.enumerated().map { index, metric in
      found[index].map {
        MetricComparison(
          metric, candidate: own[index], champion: other[index], $0, rows: candidate.count,
          confidence: confidence)
      } ?? theoretical(metric, own[index], other[index], confidence)
    }
  }

  private static let bootstrap = "bootstrap-bca"

  private func method(_ metric: ClassMetric) -> String {
    if candidate.weights != nil { return Self.bootstrap }
    return switch metric {
    case .accuracy, .precisionMicro, .recallMicro, .f1Micro: PairedWald.method
    case .logLoss: PairedT.method
    default: Self.bootstrap
    }
  }

  private func theoretical(
    _ metric: ClassMetric, _ own: Statistic, _ other: Statistic, _ confidence: Double
  ) -> MetricComparison {
    guard own.value != nil, other.value != nil else {
      return MetricComparison(
        metric, candidate: own, champion: other, method: method(metric), rows: candidate.count,
        confidence: confidence)
    }
    if metric != .logLoss, let right = candidate.right, let others = champion.right {
      return MetricComparison(
        metric, PairedWald.accuracy(candidateCorrect: right, championCorrect: others), confidence: confidence)
    }
    let losses = PairedT(
      candidate: candidate.labels.indices.map(candidate.logLoss),
      champion: champion.labels.indices.map(champion.logLoss))
    return MetricComparison(metric, candidate: own, champion: other, losses, confidence: confidence)
  }

  private func rowBootstraps(
    _ metrics: [ClassMetric], _ values: PairedBootstrap.Values, _ plan: ResamplingPlan, areCells: Bool
  ) -> [BootstrapComparison] {
    let own = PreparedClassOutcomes(candidate, for: metrics, areCells: areCells)
    let other = PreparedClassOutcomes(champion, for: metrics, areCells: areCells)
    return PairedBootstrap.compare(rows: candidate.count, plan, values) { drawn in
      (own.measures(metrics, multiplicities: drawn), other.measures(metrics, multiplicities: drawn))
    }
  }

  /// More kinds of rows cost more than the rows do.
  private static let mostKinds = 5_000

  /// From how often each label meets each pair of predictions, without a look at any row.
  private func countBootstraps(
    _ metrics: [ClassMetric], _ values: PairedBootstrap.Values, _ plan: ResamplingPlan
  ) -> [BootstrapComparison] {
    let classes = candidate.classes
    let width = classes.count
    var cells: [Int: Int] = [:]
    for row in candidate.labels.indices {
      let pair = candidate.predictions![row] * width + champion.predictions![row]
      cells[candidate.labels[row] * width * width + pair, default: 0] += 1
    }
    let places = cells.keys.sorted()
    if places.count > Self.mostKinds { return rowBootstraps(metrics, values, plan, areCells: false) }
    return PairedBootstrap.compare(kinds: places.map { cells[$0] ?? 0 }, plan, values) { counts in
      var (own, other) = (ClassConfusion(classes: classes), ClassConfusion(classes: classes))
      for (place, count) in zip(places, counts) {
        let label = place / (width * width)
        own.add(label: label, prediction: place / width % width, weight: Double(count))
        other.add(label: label, prediction: place % width, weight: Double(count))
      }
      func measures(_ confusion: ClassConfusion) -> [Statistic] {
        metrics.map { confusion.measure($0, zeroByZero: .undefined) ?? .undefined("it reads scores") }
      }
      return (measures(own), measures(other))
    }
  }
}

extension ClassOutcomes {
  /// Whether each row's prediction is its label; nil without predictions.
  fileprivate var right: [Bool]? { predictions.map { zip(labels, $0).map { $0 == $1 } } }
}
