import RefitStatistics

extension FairnessGate {
  /// The name of the group of rows whose group is missing; it is judged like any other.
  static let missingGroup = "(missing)"

  /// The measure over the groups of each column against the bound. *Positive* means favourable, in the
  /// decision and in the label.
  func judge(_ judged: JudgedRows) -> [GateResult] {
    groups.map { column in
      var result = GateResult(
        gate: "fairness", metric: measure.rawValue, column: column, verdict: .inconclusive, sentence: "")
      result.bound = bound.value
      result.rows = judged.rows
      switch outcomes(of: column, judged) {
      case .unknown(let reason):
        result.sentence = "\(measure.rawValue) over \(column) can't be computed: \(reason): inconclusive"
      case .counted(let outcomes):
        judge(&result, outcomes)
      }
      return result
    }
  }

  private enum Outcomes {
    case counted(GroupOutcomes)
    case unknown(String)
  }

  private func outcomes(of column: String, _ judged: JudgedRows) -> Outcomes {
    guard let groups = judged.evidence.groups[column] else {
      return .unknown("the holdout has no groups in column \(column)")
    }
    guard case .classes(let labels) = judged.evidence.labels else {
      return .unknown("the measure compares decisions, and this is regression")
    }
    switch judged.candidate.decisions {
    case .missing(let reason):
      return .unknown(reason)
    case .made(let decisions):
      let isAbove = judged.evidence.threshold.favourable == .above
      let named = groups.namingMissing()
      return .counted(
        GroupOutcomes(
          selected: decisions.map { $0 == isAbove }, labels: labels.map { $0 == isAbove },
          groups: named.codes,
          names: named.names))
    }
  }

  private func judge(_ result: inout GateResult, _ outcomes: GroupOutcomes) {
    let measured = outcomes.measure(measure, minimumGroup: minimumGroup)
    let present = Set(outcomes.rates.filter { $0.count > 0 }.map(\.group))
    let leftOut = measured.leftOut.filter { present.contains($0.group) }
    for group in leftOut {
      let entry = "\(group.group): \(group.reason)"
      if !result.leftOut.contains(entry) { result.leftOut.append(entry) }
    }
    // A group more can only widen the gap, so what is too wide already fails without the groups left out.
    let known = measured.value.value.map { [$0] } ?? measured.spreads.compactMap { value(of: $0) }
    result.estimate = measured.value.value ?? known.first { !admits($0) }
    let isTooWide = known.contains { !admits($0) }
    if isTooWide {
      result.verdict = .fail
    } else if measured.value.value != nil && leftOut.isEmpty {
      result.verdict = .pass
    }
    result.sentence = sentence(result, measured)
  }

  private func value(of spread: RateSpread) -> Double? {
    measure.isRatio ? spread.ratio.value : spread.difference
  }

  /// Of rates, which are at most 1.
  private func admits(_ value: Double) -> Bool { bound.admits(value, size: 1) }

  private func sentence(_ result: GateResult, _ measured: FairnessResult) -> String {
    var text = "\(measure.rawValue) over \(result.column ?? "") is "
    text += result.estimate.map { bound.shown($0, size: 1) } ?? "unknown"
    if let reason = measured.value.reason { text += " (\(reason))" }
    let decisive = measured.worst ?? measured.spreads.first { value(of: $0).map { !admits($0) } ?? false }
    if let decisive { text += ": \(decisive.facts)" }
    if !result.leftOut.isEmpty {
      text += "; too small to judge: \(result.leftOut.joined(separator: "; "))"
    }
    return text + "; \(bound.asked): \(result.verdict)"
  }
}

extension RateSpread {
  /// `of those with a favourable label 61 % of f (210 rows) and 75.2 % of m (340 rows) are decided
  /// favourably`.
  fileprivate var facts: String {
    let shares =
      lowest.value == highest.value
      ? "\(Figure.percent(lowest.value)) of each group" : "\(lowest.share) and \(highest.share)"
    return switch rate {
    case .selectionRate: "\(shares) are decided favourably"
    case .truePositiveRate: "of those with a favourable label \(shares) are decided favourably"
    case .falsePositiveRate: "of those with an unfavourable label \(shares) are decided favourably"
    case .falseNegativeRate: "of those with a favourable label \(shares) are decided unfavourably"
    case .trueNegativeRate: "of those with an unfavourable label \(shares) are decided unfavourably"
    case .precision: "of those decided favourably \(shares) have a favourable label"
    case .accuracy: "\(shares) are decided as their label says"
    }
  }
}

extension GroupExtreme {
  fileprivate var share: String {
    "\(Figure.percent(value)) of \(group) (\(Figure.count(rows, "row")))"
  }
}

extension Evidence.Groups {
  /// The same with a group of its own for the rows that have none.
  fileprivate func namingMissing() -> Evidence.Groups {
    guard codes.contains(-1) else { return self }
    let missing = Int32(names.count)
    return Evidence.Groups(
      codes: codes.map { $0 == -1 ? missing : $0 }, names: names + [FairnessGate.missingGroup])
  }
}
