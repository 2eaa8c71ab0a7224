/// How a model treats the groups of one column, or of the intersections of several.
public struct GroupScore: Sendable, Hashable {
  /// One rate or error of a group.
  public typealias Rate = ScoredMetric

  /// What one group's rows show.
  public struct Group: Sendable, Hashable {
    public let name: String
    /// Its rows.
    public let count: Int
    /// Under the names of `GroupRate`, or of the errors of a regression.
    public let rates: [Rate]
  }

  /// A difference or ratio over the groups that are large enough.
  public struct Measure: Sendable, Hashable {
    /// Fairlearn's name where it has one.
    public let name: String
    public let value: Statistic
    public let interval: IntervalEstimate
    /// The group with the lowest and the one with the highest rate; nil where nothing could be compared.
    public let lowest: String?
    public let highest: String?
  }

  /// A group that a rate leaves out of every measure.
  public struct LeftOut: Sendable, Hashable {
    public let group: String
    public let rate: String
    /// Its rows in the rate's denominator.
    public let rows: Int
    /// As a phrase.
    public let reason: String
  }

  /// The column's name, or those of several as `GroupColumn.crossing` joins them.
  public let column: String
  public let groups: [Group]
  /// Rows whose group is missing; they are in no group.
  public let missing: Int
  public let measures: [Measure]
  public let leftOut: [LeftOut]
}

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

  /// Decisions of a binary task; *positive* means favourable in both columns.
  public func score(selected: [Bool], labels: [Bool], _ column: GroupColumn) -> GroupScore {
    let outcomes = GroupOutcomes(selected: selected, labels: labels, groups: column)
    return score(
      column, outcomes, FairnessMeasure.allCases.map { ($0, $0.rawValue) },
      GroupRate.allCases.map { ($0, $0.rawValue) })
  }

  /// Predictions of a task with several classes: the accuracy of each group.
  public func score(right: [Bool], _ column: GroupColumn) -> GroupScore {
    let outcomes = GroupOutcomes(selected: right, labels: nil, groups: column)
    let measures: [(FairnessMeasure, String)] = [
      (.demographicParityDifference, FairnessMeasure.accuracyParityDifference.rawValue),
      (.demographicParityRatio, FairnessMeasure.accuracyParityRatio.rawValue),
    ]
    return score(column, outcomes, measures, [(.selectionRate, GroupRate.accuracy.rawValue)])
  }

  /// Errors of a regression: those of groups with normal intervals, their differences without.
  public func score(targets: [Double], predictions: [Double], _ column: GroupColumn) -> GroupScore {
    let errors = GroupErrors(targets: targets, predictions: predictions, groups: column)
    let unknown = IntervalEstimate.undefined("differences of errors have no intervals")
    var rows = [[Double]](repeating: [], count: column.names.count)
    for (row, code) in column.codes.enumerated() where code >= 0 {
      rows[Int(code)].append(predictions[row] - targets[row])
    }
    let groups = zip(errors.groups, rows).map { group, rows in
      GroupScore.Group(
        name: group.group, count: group.count,
        rates: [
          ScoredMetric(
            "mean_error", group.meanError, interval(meanOf: rows, within: -Double.infinity...Double.infinity)),
          ScoredMetric(
            "mae", group.meanAbsoluteError,
            interval(meanOf: rows.map { abs($0) }, within: 0...Double.infinity)),
        ])
    }
    let results = ErrorParityMeasure.allCases.map { errors.measure($0, minimumGroup: minimumGroup) }
    let small = errors.groups.filter { results[0].leftOut.contains($0.group) }
    return GroupScore(
      column: column.name, groups: groups, missing: errors.missing,
      measures: results.map { result in
        GroupScore.Measure(
          name: result.measure.rawValue, value: result.value, interval: unknown, lowest: result.lowest?.group,
          highest: result.highest?.group)
      },
      leftOut: ["mean_error", "mae"].flatMap { rate in
        small.map {
          GroupScore.LeftOut(
            group: $0.group, rate: rate, rows: $0.count,
            reason: "\($0.count) rows, fewer than \(minimumGroup)")
        }
      })
  }

  private func score(
    _ column: GroupColumn, _ outcomes: GroupOutcomes, _ measures: [(FairnessMeasure, String)],
    _ rates: [(GroupRate, String)]
  ) -> GroupScore {
    let bootstrap = FairnessBootstrap(outcomes, plan)
    let results = measures.map { outcomes.measure($0.0, minimumGroup: minimumGroup) }
    let names = Dictionary(uniqueKeysWithValues: rates)
    var seen: Set<FairnessResult.LeftOut> = []
    let leftOut = results.flatMap(\.leftOut).filter { seen.insert($0).inserted }
    return GroupScore(
      column: column.name,
      groups: outcomes.rates.map { group in
        GroupScore.Group(
          name: group.group, count: group.count, rates: rates.map { self.rate($0.0, $0.1, of: group) })
      },
      missing: outcomes.missing,
      measures: zip(measures, results).map { measure, result in
        GroupScore.Measure(
          name: measure.1, value: result.value,
          interval: interval(bootstrap.distribution(of: measure.0, minimumGroup: minimumGroup), result.value),
          lowest: result.worst?.lowest.group, highest: result.worst?.highest.group)
      },
      leftOut: leftOut.map {
        GroupScore.LeftOut(
          group: $0.group, rate: names[$0.rate] ?? $0.rate.rawValue, rows: $0.rows, reason: $0.reason)
      })
  }

  private func rate(_ rate: GroupRate, _ name: String, of group: GroupRates) -> GroupScore.Rate {
    let value = group.value(of: rate)
    let rows = group.denominator(of: rate)
    let successes = Int(((value.value ?? 0) * Double(rows)).rounded())
    let counts = (right: successes, rows: rows)
    return ScoredMetric(
      name, value,
      IntervalEstimate(
        Estimate(counts, confidence: MetricInterval.oneSided(confidence)), .wilson, confidence: confidence))
  }

  private func interval(meanOf values: [Double], within possible: ClosedRange<Double>) -> IntervalEstimate {
    IntervalEstimate(
      Estimate(meanOf: values, boundedTo: possible, confidence: MetricInterval.oneSided(confidence)), .normal,
      confidence: confidence)
  }

  private func interval(_ distribution: BootstrapDistribution?, _ value: Statistic) -> IntervalEstimate {
    guard let distribution else { return .undefined(value.reason ?? "there is no value") }
    if let reason = distribution.reasonNoInterval { return .undefined(reason) }
    guard let bounds = distribution.percentileBounds(confidence: MetricInterval.oneSided(confidence)) else {
      return .undefined("the resamples don't tell how precise it is")
    }
    return .defined(
      MetricInterval(
        bounds, standardError: distribution.standardError.value, .percentileBootstrap, confidence: confidence)
    )
  }
}
