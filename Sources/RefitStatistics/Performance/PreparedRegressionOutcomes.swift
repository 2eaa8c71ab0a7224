/// Outcomes of a regression whose errors are computed, so that metrics can be had again for any multiplicities of the
/// rows.
public struct PreparedRegressionOutcomes: Sendable {
  private let outcomes: RegressionOutcomes
  private let problem: String?

  init(_ outcomes: RegressionOutcomes) {
    self.outcomes = outcomes
    problem = outcomes.reasonUnusable()
  }

  /// The number of rows, and of multiplicities.
  public var count: Int { outcomes.count }

  /// The metric where row i occurs `multiplicities[i]` times; traps unless there is one multiplicity a row.
  public func measure(_ metric: PerformanceMetric, multiplicities: [UInt8]) -> Statistic {
    multiplicities.withUnsafeBufferPointer { measures([metric], multiplicities: $0)[0] }
  }

  /// The same for several metrics.
  public func measures(
    _ metrics: [PerformanceMetric], multiplicities: UnsafeBufferPointer<UInt8>
  ) -> [Statistic] {
    precondition(multiplicities.count == count, "one multiplicity a row")
    if let problem { return outcomes.measuresUnusable(metrics, problem) }
    let own = outcomes.weights?.values
    let weights = multiplicities.indices.map { (own?[$0] ?? 1) * Double(multiplicities[$0]) }
    guard weights.contains(where: { $0 > 0 }) else {
      return outcomes.measuresUnusable(metrics, "there are no rows")
    }
    return RegressionOutcomes(usable: outcomes, weights: weights).measuresUsable(metrics)
  }
}

extension RegressionOutcomes {
  /// These rows ready for any multiplicities of theirs.
  public func prepared() -> PreparedRegressionOutcomes { PreparedRegressionOutcomes(self) }
}
