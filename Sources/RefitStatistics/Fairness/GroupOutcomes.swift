/// Decisions, and labels where there are any, counted by group. *Positive* means favourable, in the decision
/// and in the label: the caller has oriented both.
public struct GroupOutcomes: Sendable {
  /// The counts of each group, in the order of the names.
  public let rates: [GroupRates]
  /// Rows whose group is missing; they are in no group's counts.
  public let missing: Int
  /// What rows of each label and decision weigh, in the order of `GroupCells`; nil where rows count alike.
  let sums: GroupedSums?

  /// Counts one pass over parallel columns: `groups` holds a row's index into `names`, or −1 when its group is
  /// missing. Traps when lengths differ or an index is out of range.
  public init(selected: [Bool], labels: [Bool]?, groups: [Int32], names: [String]) {
    self.init(
      counts: Self.counts(selected, labels, groups, names: names.count), areLabelled: labels != nil,
      names: names)
  }

  /// The same of a column of groups, or of intersections of several (`GroupColumn.crossing`).
  public init(selected: [Bool], labels: [Bool]?, groups: GroupColumn) {
    self.init(selected: selected, labels: labels, groups: groups.codes, names: groups.names)
  }

  /// The same of rows with weights, as fairlearn's `MetricFrame` takes them: rates are shares of weight, and still at
  /// least so many rows must stand behind one. Traps unless weights are finite and not negative.
  public init(selected: [Bool], labels: [Bool]?, weights: [Double], groups: GroupColumn) {
    precondition(weights.count == selected.count, "one weight a row")
    let counted = GroupOutcomes(selected: selected, labels: labels, groups: groups)
    let usable = RowWeights.usable(weights)
    let sums = GroupedSums(groups: groups.codes, names: groups.names.count) { row in
      var cells = SIMD4<Double>.zero
      cells[(labels?[row] ?? false ? 2 : 0) + (selected[row] ? 1 : 0)] = usable[row]
      return cells
    }
    self.sums = sums
    missing = counted.missing
    rates = zip(counted.rates, sums.whole).map { $0.weighing($1) }
  }

  /// Four cells a group, first of the rows without a group: 2 for a positive label plus 1 for a selected row.
  private init(counts: [Int], areLabelled: Bool, names: [String]) {
    missing = counts[..<4].reduce(0, +)
    sums = nil
    rates = names.indices.map { index in
      GroupRates(
        group: names[index], counts: GroupCells(SIMD4(counts[(4 * index + 4)..<(4 * index + 8)])),
        areLabelled: areLabelled)
    }
  }

  private static func counts(
    _ selected: [Bool], _ labels: [Bool]?, _ groups: [Int32], names: Int
  ) -> [Int] {
    precondition(selected.count == groups.count, "one decision a row")
    precondition(labels == nil || labels?.count == groups.count, "one label a row")
    precondition(groups.allSatisfy { $0 >= -1 && Int($0) < names }, "a group's index is out of range")
    // Rows take turns in two sets of counts: equal neighbours need not wait for each other's store.
    let width = 4 * (names + 1)
    var counts = [Int](repeating: 0, count: 2 * width)
    counts.withUnsafeMutableBufferPointer { counts in
      selected.withUnsafeBufferPointer { selected in
        groups.withUnsafeBufferPointer { groups in
          func count(_ label: (Int) -> Int) {
            for row in 0..<groups.count {
              let cell = 4 * (Int(groups[row]) + 1) + (selected[row] ? 1 : 0) + label(row)
              counts[cell &+ (row & 1) &* width] &+= 1
            }
          }
          guard let labels else { return count { _ in 0 } }
          labels.withUnsafeBufferPointer { labels in count { labels[$0] ? 2 : 0 } }
        }
      }
    }
    return (0..<width).map { counts[$0] + counts[$0 + width] }
  }

  /// The measure over the groups with at least `minimumGroup` rows (and one) in the rate's denominator; the
  /// others are named in the result. fairlearn instead counts a rate that is 0/0 as 0.
  public func measure(_ measure: FairnessMeasure, minimumGroup: Int) -> FairnessResult {
    let needed = max(1, minimumGroup)
    var spreads: [RateSpread] = []
    var leftOut: [FairnessResult.LeftOut] = []
    var undefined: String?
    for rate in measure.rates {
      let large = rates.filter { $0.isCompared(rate, needed: needed) }
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
    if group.isCompared(rate, needed: needed) { return nil }
    let rows = group.denominator(of: rate)
    let reason =
      rate.readsLabels && group.labelled == nil
      ? "there are no labels"
      : FairnessResult.LeftOut.reason(rows, rate.denominatorPhrase, needed: needed)
    return FairnessResult.LeftOut(group: group.group, rate: rate, rows: rows, reason: reason)
  }

  private func spread(of rate: GroupRate, over groups: [GroupRates]) -> RateSpread? {
    let compared = groups.compactMap { group in
      group.value(of: rate).value.map {
        GroupExtreme(group: group.group, value: $0, rows: group.denominator(of: rate))
      }
    }
    return GroupExtreme.ends(of: compared).map {
      RateSpread(rate: rate, lowest: $0.lowest, highest: $0.highest)
    }
  }

  private func reasonNoSpread(_ rate: GroupRate, large: Int, needed: Int) -> String {
    if rate.readsLabels && rates.contains(where: { $0.labelled == nil }) { return "there are no labels" }
    let groups = large == 0 ? "no group has" : "only one group has"
    let weighing = sums == nil ? "" : " that weigh anything"
    return "\(groups) at least \(needed) \(rate.denominatorPhrase)\(weighing), and two are needed"
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
