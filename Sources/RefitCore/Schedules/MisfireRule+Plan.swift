extension MisfireRule {
  /// What becomes of the occurrences that are due at `now`.
  ///
  /// - Parameters:
  ///   - first: the oldest of them, or any time before it.
  ///   - newest: the newest of them, ascending: all, or at least `most`.
  public func plan(from first: Instant, newest: [Instant], at now: Instant) -> OccurrencePlan {
    let end = Instant(microseconds: now.microseconds + 1)
    let bound = within.map { min(max(first, now - $0), end) } ?? first
    let inTime = newest.filter { $0 >= bound }
    var plan = OccurrencePlan()
    if let within { plan.pass(.missed, first, bound, "later than the \(within) that 'within' allows") }
    switch run {
    case .once:
      plan.act(onNewestOf: inTime, coalescingFrom: bound)
    case .skip:
      let limit = min(max(bound, now - grace), end)
      plan.pass(
        .skipped, bound, limit, "later than the grace of \(grace), and 'misfire: skip' runs no such one")
      plan.act(onNewestOf: inTime.filter { $0 >= limit }, coalescingFrom: limit)
    case .all:
      plan.acted = inTime.suffix(Self.most)
      let oldest = plan.acted.first ?? end
      plan.pass(.skipped, bound, oldest, "older than the newest \(Self.most), which 'misfire: all' runs")
    }
    return plan
  }
}

extension OccurrencePlan {
  fileprivate mutating func pass(
    _ outcome: PassedOccurrences.Outcome, _ start: Instant, _ end: Instant, _ because: String,
    into: Instant? = nil
  ) {
    guard start < end else { return }
    passed.append(Passing(outcome: outcome, stretch: start..<end, into: into, because: because))
  }

  fileprivate mutating func act(onNewestOf due: [Instant], coalescingFrom start: Instant) {
    guard let newest = due.last else { return }
    acted = [newest]
    pass(.coalesced, start, newest, "the occurrence of \(newest) stands for it", into: newest)
  }
}
