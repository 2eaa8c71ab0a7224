/// Decisions, and labels where there are any, counted by group. *Positive* means favourable, in the decision
/// and in the label: the caller has oriented both.
public struct GroupOutcomes: Sendable, Hashable {
  /// The counts of each group, in the order of the names.
  public let rates: [GroupRates]
  /// Rows whose group is missing; they are in no group's counts.
  public let missing: Int

  /// Counts one pass over parallel columns: `groups` holds a row's index into `names`, or −1 when its group is
  /// missing. Traps when lengths differ or an index is out of range.
  public init(selected: [Bool], labels: [Bool]?, groups: [Int32], names: [String]) {
    precondition(selected.count == groups.count, "one decision a row")
    precondition(labels == nil || labels?.count == groups.count, "one label a row")
    // Four cells a group, by label and decision; the group before the first is that of missing ones.
    var cells = [Int](repeating: 0, count: 4 * (names.count + 1))
    for row in groups.indices {
      precondition(groups[row] >= -1 && Int(groups[row]) < names.count, "a group's index is out of range")
      cells[4 * (Int(groups[row]) + 1) + (selected[row] ? 1 : 0)] &+= 1
    }
    if let labels {
      for row in groups.indices where labels[row] {
        cells[4 * (Int(groups[row]) + 1) + (selected[row] ? 3 : 2)] &+= 1
      }
    }
    missing = cells[0] + cells[1]
    rates = names.indices.map { index in
      let cell = 4 * (index + 1)
      return GroupRates(
        name: names[index], rejected: cells[cell], selected: cells[cell + 1],
        positives: labels == nil ? nil : (rejected: cells[cell + 2], selected: cells[cell + 3]))
    }
  }

  /// The measure over the groups with at least `minimumGroup` rows (and one) in the rate's denominator; the
  /// others are named in the result. fairlearn instead counts a rate that is 0/0 as 0.
  public func measure(_ measure: FairnessMeasure, minimumGroup: Int) -> FairnessResult {
    let needed = max(1, minimumGroup)
    var spreads: [RateSpread] = []
    var leftOut: [FairnessResult.LeftOut] = []
    var undefined: String?
    for rate in measure.rates {
      let large = rates.filter { $0.denominator(of: rate) >= needed }
      leftOut += rates.compactMap { leftOutOf(rate, $0, needed: needed) }
      if let spread = spread(of: rate, over: large) {
        spreads.append(spread)
      } else {
        undefined = undefined ?? reasonNoSpread(rate, large: large.count, needed: needed)
      }
    }
    let (value, worst) = FairnessResult.worst(of: spreads, asRatio: measure.isRatio)
    return FairnessResult(
      measure: measure, value: undefined.map { .undefined($0) } ?? value,
      spreads: spreads, worst: undefined == nil ? worst : nil, leftOut: leftOut)
  }

  private func leftOutOf(
    _ rate: GroupRate, _ group: GroupRates, needed: Int
  ) -> FairnessResult.LeftOut? {
    let rows = group.denominator(of: rate)
    if rows >= needed { return nil }
    let reason =
      rate.readsLabels && group.labelled == nil
      ? "there are no labels" : "\(rows) \(rate.denominatorPhrase), fewer than \(needed)"
    return FairnessResult.LeftOut(group: group.group, rate: rate, rows: rows, reason: reason)
  }

  private func spread(of rate: GroupRate, over groups: [GroupRates]) -> RateSpread? {
    let extremes = groups.compactMap { group in
      group.value(of: rate).value.map {
        RateSpread.Extreme(group: group.group, value: $0, rows: group.denominator(of: rate))
      }
    }
    guard extremes.count >= 2, var lowest = extremes.first else { return nil }
    var highest = lowest
    for extreme in extremes.dropFirst() {
      if extreme.value < lowest.value { lowest = extreme }
      if extreme.value > highest.value { highest = extreme }
    }
    return RateSpread(rate: rate, lowest: lowest, highest: highest)
  }

  private func reasonNoSpread(_ rate: GroupRate, large: Int, needed: Int) -> String {
    if rate.readsLabels && rates.contains(where: { $0.labelled == nil }) { return "there are no labels" }
    let groups = large == 0 ? "no group has" : "only one group has"
    return "\(groups) at least \(needed) \(rate.denominatorPhrase), and two are needed"
  }
}

extension FairnessResult {
  /// The worst of the spreads and its value; undefined as soon as one of them is, since an unknown might be
  /// the worst.
  fileprivate static func worst(of spreads: [RateSpread], asRatio: Bool) -> (Statistic, RateSpread?) {
    var worst: (value: Double, spread: RateSpread)?
    for spread in spreads {
      guard let value = spread.value(asRatio: asRatio).value else {
        return (spread.value(asRatio: asRatio), nil)
      }
      guard let current = worst else {
        worst = (value, spread)
        continue
      }
      if asRatio ? value < current.value : value > current.value { worst = (value, spread) }
    }
    guard let worst else { return (.undefined("no rate was compared"), nil) }
    return (.defined(worst.value), worst.spread)
  }
}

extension GroupRates {
  fileprivate init(
    name: String, rejected: Int, selected: Int, positives: (rejected: Int, selected: Int)?
  ) {
    group = name
    count = rejected + selected
    self.selected = selected
    labelled = positives.map { positives in
      let all = positives.rejected + positives.selected
      return Labelled(
        positives: all, truePositives: positives.selected,
        negatives: rejected + selected - all, falsePositives: selected - positives.selected)
    }
  }
}
