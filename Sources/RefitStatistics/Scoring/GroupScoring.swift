/// What the groups of a column are compared with, and how.
public struct GroupScoring: Sendable {
  /// Rows that a group needs in a rate's denominator.
  private let minimumGroup: Int
  /// Two-sided.
  private let confidence: Double
  private let plan: ResamplingPlan

  /// - Parameter confidence: of the two-sided intervals, 0.5..<1.
  public init(minimumGroup: Int, confidence: Double, _ plan: ResamplingPlan) {
    self.minimumGroup = minimumGroup
    self.confidence = confidence
    self.plan = plan
  }

  /// Decisions of a binary task; *positive* means favourable in both columns. With weights rates are shares of these.
  public func score(
    selected: [Bool], labels: [Bool], weights: [Double]? = nil, _ column: GroupColumn
  ) -> GroupScore {
    score(
      column, Self.outcomes(selected, labels, weights, column), FairnessMeasure.allCases, GroupRate.allCases)
  }

  /// Predictions of a task with several classes: the accuracy of each group.
  public func score(right: [Bool], weights: [Double]? = nil, _ column: GroupColumn) -> GroupScore {
    // A right one is as good as a decision that its label, which all have, is positive.
    let labels = [Bool](repeating: true, count: right.count)
    return score(
      column, Self.outcomes(right, labels, weights, column),
      [.accuracyParityDifference, .accuracyParityRatio], [.accuracy])
  }

  private static func outcomes(
    _ selected: [Bool], _ labels: [Bool], _ weights: [Double]?, _ column: GroupColumn
  ) -> GroupOutcomes {
    weights.map { GroupOutcomes(selected: selected, labels: labels, weights: $0, groups: column) }
      ?? GroupOutcomes(selected: selected, labels: labels, groups: column)
  }

  // MARK: - Decisions

  private func score(
    _ column: GroupColumn, _ outcomes: GroupOutcomes, _ measures: [FairnessMeasure], _ rates: [GroupRate]
  ) -> GroupScore {
    let bootstrap = FairnessBootstrap(outcomes, plan)
    let results = measures.map { outcomes.measure($0, minimumGroup: minimumGroup) }
    var seen: Set<FairnessResult.LeftOut> = []
    let leftOut = results.flatMap(\.leftOut).filter { seen.insert($0).inserted }
    return GroupScore(
      column: column.name,
      groups: outcomes.rates.enumerated().map { index, group in
        GroupScore.Group(
          name: group.group, count: group.count,
          rates: rates.map { rate in
            ScoredMetric(
              rate.rawValue, group.value(of: rate),
              bootstrap.statistic(rate, group: index)?.interval(confidence: confidence)
                ?? wilson(rate, of: group))
          })
      },
      missing: outcomes.missing,
      measures: zip(measures, results).map { measure, result in
        GroupScore.Measure(
          name: measure.rawValue, value: result.value,
          interval: interval(bootstrap.distribution(of: measure, minimumGroup: minimumGroup), result.value),
          lowest: result.worst?.lowest.group, highest: result.worst?.highest.group)
      },
      leftOut: leftOut.map {
        GroupScore.LeftOut(
          group: $0.group, rate: $0.rate.rawValue, rows: $0.rows, reason: $0.reason)
      })
  }

  private func wilson(_ rate: GroupRate, of group: GroupRates) -> IntervalEstimate {
    let (successes, rows) = group.counts.fraction(of: rate)
    return IntervalEstimate(
      Estimate((right: successes, rows: rows), confidence: MetricInterval.oneSided(confidence)), .wilson,
      confidence: confidence)
  }

  private func interval(_ distribution: BootstrapDistribution?, _ value: Statistic) -> IntervalEstimate {
    distribution.map { ResampledStatistic($0).interval(confidence: confidence) }
      ?? .undefined(value.reason ?? "there is no value")
  }

  // MARK: - Errors of a regression

  /// Errors of a regression. Those of groups have normal intervals where rows weigh the same, else the bootstrap's, which
  /// their differences have in any case.
  public func score(
    targets: [Double], predictions: [Double], weights: [Double]? = nil, _ column: GroupColumn
  ) -> GroupScore {
    let errors = GroupErrors(targets: targets, predictions: predictions, weights: weights, groups: column)
    let bootstrap = ErrorParityBootstrap(
      errors, targets: targets, predictions: predictions, weights: weights, column, plan)
    var rows = [[Double]](repeating: [], count: column.names.count)
    if weights == nil {
      for (row, code) in column.codes.enumerated() where code >= 0 {
        rows[Int(code)].append(predictions[row] - targets[row])
      }
    }
    let results = ErrorParityMeasure.allCases.map { errors.measure($0, minimumGroup: minimumGroup) }
    return GroupScore(
      column: column.name,
      groups: errors.groups.enumerated().map { index, group in
        GroupScore.Group(
          name: group.group, count: group.count,
          rates: GroupError.allCases.map { error in
            let resampled = weights == nil ? nil : bootstrap.statistic(error, group: index)
            return ScoredMetric(
              error.rawValue, group.value(of: error),
              resampled?.interval(confidence: confidence) ?? normal(error, rows[index]))
          })
      },
      missing: errors.missing,
      measures: results.map { result in
        GroupScore.Measure(
          name: result.measure.rawValue, value: result.value,
          interval: interval(
            bootstrap.distribution(of: result.measure, minimumGroup: minimumGroup), result.value),
          lowest: result.lowest?.group, highest: result.highest?.group)
      },
      leftOut: leftOut(errors, results[0].leftOut))
  }

  private func normal(_ error: GroupError, _ errors: [Double]) -> IntervalEstimate {
    let estimate =
      error == .meanError
      ? Estimate(
        meanOf: errors, within: -Double.infinity...Double.infinity,
        confidence: MetricInterval.oneSided(confidence))
      : Estimate(
        meanOf: errors.map { abs($0) }, within: 0...Double.infinity,
        confidence: MetricInterval.oneSided(confidence))
    return IntervalEstimate(estimate, .normal, confidence: confidence)
  }

  private func leftOut(_ errors: GroupErrors, _ names: [String]) -> [GroupScore.LeftOut] {
    let small = errors.groups.filter { names.contains($0.group) }
    return GroupError.allCases.flatMap { error in
      small.map { group in
        GroupScore.LeftOut(
          group: group.group, rate: error.rawValue, rows: group.count,
          reason: FairnessResult.LeftOut.reason(group.count, "rows", needed: max(1, minimumGroup)))
      }
    }
  }
}
