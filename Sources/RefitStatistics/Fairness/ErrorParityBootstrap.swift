/// How far differences of groups' errors stray by chance: the rows of each group are drawn anew (`GroupedSums`), as
/// `FairnessBootstrap` does with decisions.
struct ErrorParityBootstrap: Sendable {
  private let errors: GroupErrors
  /// Of each group the weight of its rows, that times the error, and that times the error's size.
  private let sums: GroupedSums
  private let resampled: [[SIMD4<Double>]]

  /// Resamples once, for every measure; `errors` are those of the same columns.
  init(
    _ errors: GroupErrors, targets: [Double], predictions: [Double], weights: [Double]?,
    _ groups: GroupColumn,
    _ plan: ResamplingPlan
  ) {
    self.errors = errors
    let weights = weights.map(RowWeights.usable)
    sums = GroupedSums(groups: groups.codes, names: groups.names.count) { row in
      let (weight, error) = (weights?[row] ?? 1, predictions[row] - targets[row])
      return SIMD4(weight, weight * error, weight * abs(error), 0)
    }
    resampled = sums.resampled(plan)
  }

  /// The measure in each resample, over the groups that are compared in the data itself; nil where it is undefined
  /// there. As of `FairnessBootstrap`, percentile bounds of a difference show how large it may be.
  func distribution(of measure: ErrorParityMeasure, minimumGroup: Int) -> BootstrapDistribution? {
    let needed = max(1, minimumGroup)
    guard let estimate = errors.measure(measure, minimumGroup: minimumGroup).value.value else { return nil }
    let large = errors.groups.indices.filter { errors.groups[$0].isCompared(needed: needed) }
    return BootstrapDistribution(
      estimate: estimate,
      replicates: resampled.map { groups in
        FairnessBootstrap.spread(large.map { Self.mean(measure.error, groups[$0]) }, asRatio: measure.isRatio)
      })
  }

  /// The error of a group in each resample; nil where it is undefined.
  func statistic(_ error: GroupError, group: Int) -> ResampledStatistic? {
    errors.groups[group].value(of: error).value.map { estimate in
      ResampledStatistic(
        estimate: estimate, replicates: resampled.map { Self.mean(error, $0[group]) },
        leftOut: sums.leavingOut(group: group).map { Self.mean(error, $0) })
    }
  }

  private static func mean(_ error: GroupError, _ sums: SIMD4<Double>) -> Double? {
    sums[0] > 0 ? (error == .meanError ? sums[1] : sums[2]) / sums[0] : nil
  }
}
