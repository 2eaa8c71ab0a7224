/// How far fairness measures stray by chance: the groups' rows are resampled with replacement, each group on its own
/// (stratified bootstrap; Efron and Tibshirani 1993, chapter 8).
///
/// A group's rows of one label and decision are alike, so that a resample is one draw of the multinomial law over
/// four counts and costs the same for any number of rows. Rows with weights are drawn by `GroupedSums`. Seed,
/// resample and these counts decide it, not the threads.
public struct FairnessBootstrap: Sendable {
  private let outcomes: GroupOutcomes
  private let resampled: [[GroupRates]]

  /// Resamples once, for every measure.
  public init(_ outcomes: GroupOutcomes, _ plan: ResamplingPlan) {
    self.outcomes = outcomes
    if let sums = outcomes.sums {
      resampled = sums.resampled(plan).map { zip(outcomes.rates, $0).map { $0.weighing($1) } }
      return
    }
    let groups = outcomes.rates
    let generators = groups.map { group in
      Philox(seed: plan.seed, drawingOf: (0..<4).map { Double(group.counts.all[$0]) })
    }
    resampled = plan.map { resample in
      groups.indices.map { index in
        var uniform = DrawSequence(generators[index], .groupCells, resample: resample, from: index << 32)
        return groups[index].resampled(&uniform)
      }
    }
  }

  /// The measure in each resample, over the groups that have at least `minimumGroup` rows (and one) in the rate's
  /// denominator in the data itself; nil where the measure of the data is undefined.
  ///
  /// A difference over groups is never below 0 and chance only widens it: of equal groups too, percentile bounds
  /// lie above 0. They show how large it may be, and not that there is one.
  public func distribution(of measure: FairnessMeasure, minimumGroup: Int) -> BootstrapDistribution? {
    guard let estimate = outcomes.measure(measure, minimumGroup: minimumGroup).value.value else { return nil }
    let needed = max(1, minimumGroup)
    let compared = measure.rates.map { rate in
      (rate, outcomes.rates.indices.filter { outcomes.rates[$0].isCompared(rate, needed: needed) })
    }
    return BootstrapDistribution(
      estimate: estimate,
      replicates: resampled.map { groups in
        let values = compared.map { rate, large in
          Self.spread(large.map { groups[$0].value(of: rate).value }, asRatio: measure.isRatio)
        }
        return values.reduce(values[0]) { worst, value in
          guard let worst, let value else { return nil }
          return measure.isRatio ? min(worst, value) : max(worst, value)
        }
      })
  }

  /// The rate of a group of rows with weights in each resample; nil where it is undefined, and without weights.
  func statistic(_ rate: GroupRate, group: Int) -> ResampledStatistic? {
    let rates = outcomes.rates[group]
    guard let sums = outcomes.sums, let estimate = rates.value(of: rate).value else { return nil }
    return ResampledStatistic(
      estimate: estimate, replicates: resampled.map { $0[group].value(of: rate).value },
      leftOut: sums.leavingOut(group: group).map { rates.weighing($0).value(of: rate).value })
  }

  /// max − min or min / max; nil as soon as one of the values is undefined, and of 0/0.
  static func spread(_ values: [Double?], asRatio isRatio: Bool) -> Double? {
    let known = values.compactMap { $0 }
    guard known.count == values.count, let low = known.min(), let high = known.max() else { return nil }
    if !isRatio { return high - low }
    return high == 0 ? nil : low / high
  }
}

extension GroupRates {
  /// As many rows, drawn from these with replacement.
  fileprivate func resampled(_ uniform: inout DrawSequence) -> GroupRates {
    let cells = counts.all
    var drawn = SIMD4<Int>.zero
    var (rows, left) = (count, count)
    for cell in 0..<4 where left > 0 {
      drawn[cell] = BinomialDraw.draw(
        trials: rows, probability: Double(cells[cell]) / Double(left), &uniform)
      rows -= drawn[cell]
      left -= cells[cell]
    }
    return GroupRates(group: group, counts: GroupCells(drawn), areLabelled: labelled != nil)
  }
}
