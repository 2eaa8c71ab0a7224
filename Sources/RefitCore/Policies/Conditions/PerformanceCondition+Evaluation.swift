import RefitStatistics

extension PerformanceCondition: LeafCondition {
  static var kind: String { "performance" }

  var need: ObservationNeed? {
    var need = ObservationNeed(metric: metric.rawValue, ofVersion: true, window: window)
    need.evaluations = persistence.reach
    switch baseline {
    case .promotion, .best: need.wholeHistory = true
    case .holdout, nil: break
    }
    return need
  }

  func finding(in history: ObservationHistory) -> Finding {
    guard let champion = history.situation.champion else {
      return .unknown(metric.rawValue, "there is no champion")
    }
    let series = history.series(of: metric.rawValue, version: champion.version, window: window)
    let windows = Windows(condition: self, champion: champion, series: series)
    return persistence.agreement(over: history.evaluations, on: claim) { index in
      windows.finding(at: history.evaluations[index])
    }
  }

  func obstacles(in history: ObservationHistory) -> [String] {
    guard let champion = history.situation.champion else { return [] }
    let series = history.series(of: metric.rawValue, version: champion.version, window: window)
    // A window that reaches back before the version served could hold few of its rows for that reason alone.
    let whole = series.filter { $0.window.start >= champion.publishedAt }
    var obstacles = shortage(of: metric.rawValue, in: whole, rows: "labelled row", minimum: minimumSamples)
    if baseline == .holdout && champion.holdoutMetrics[metric.rawValue] == nil {
      obstacles.append(
        "the drop of \(metric.rawValue) can't become known: no gate of \(history.championID!) estimated it")
    }
    return obstacles
  }

  var baseline: Baseline? {
    switch test {
    case .past: nil
    case .drop(_, let baseline), .rise(_, let baseline): baseline
    }
  }

  /// What agreeing evaluations agree on.
  private var claim: String {
    switch test {
    case .past(let threshold): "\(metric.rawValue) \(threshold.words)"
    case .drop(let change, _): "a drop of \(metric.rawValue) by \(change.words)"
    case .rise(let change, _): "a rise of \(metric.rawValue) by \(change.words)"
    }
  }
}

/// The windows of one champion under one condition.
private struct Windows {
  let condition: PerformanceCondition
  let champion: Situation.Champion
  /// Ascending.
  let series: [Observation]

  private var metric: String { condition.metric.rawValue }

  func finding(at evaluation: Instant) -> Finding {
    guard let observation = series.last(where: { $0.window.end == evaluation }) else {
      return .unknown(metric, "nothing was observed over the \(condition.window) to \(evaluation)")
    }
    var reading = Evaluation.Reading(observation)
    switch observation.usable(minimumSamples: condition.minimumSamples, rows: "labelled row") {
    case .unusable(let reason):
      return .unknown(metric, reason, reading: reading)
    case .value(let value):
      let baseline: Baseline?
      switch self.baseline(at: evaluation) {
      case .awaited(let reason): return .unknown("the change of \(metric)", reason, reading: reading)
      case .known(let known): baseline = known
      case .none: baseline = nil
      }
      let bound = condition.bound(from: baseline?.value)
      reading.threshold = bound.value
      reading.baseline = baseline?.value
      let truth = Truth(condition.isMet(by: value, baseline: baseline?.value))
      return Finding(
        truth: truth, sentence: sentence(observation, value, baseline, truth), reading: reading,
        flip: flip(of: value, baseline, at: evaluation, truth))
    }
  }

  struct Baseline {
    var value: Double
    /// Nil for an estimate on the holdout.
    var window: Observation.Window?
  }

  enum Search {
    case known(Baseline)
    case awaited(String)
    case none
  }

  private func baseline(at evaluation: Instant) -> Search {
    switch condition.baseline {
    case nil:
      return .none
    case .holdout:
      guard let value = champion.holdoutMetrics[metric] else {
        return .awaited("no gate of version \(champion.version) estimated it on its holdout")
      }
      return .known(Baseline(value: value, window: nil))
    case .promotion:
      guard let first = full.first(where: { $0.window.start >= champion.publishedAt }),
        first.window.end <= evaluation
      else { return .awaited(awaitedBaseline) }
      return .known(Baseline(value: first.value!, window: first.window))
    case .best:
      // The present window is usable, so there is a best one.
      let best = best(through: evaluation)!
      return .known(Baseline(value: best.value!, window: best.window))
    }
  }

  /// Windows with a number that rests on enough rows.
  private var full: some Sequence<Observation> {
    series.lazy.filter {
      $0.usable(minimumSamples: condition.minimumSamples, rows: "").value != nil
    }
  }

  private func best(through end: Instant, excluding excluded: Instant? = nil) -> Observation? {
    let candidates = full.filter { $0.window.end <= end && $0.window.end != excluded }
    return candidates.min { left, right in
      condition.metric.higherIsBetter ? left.value! > right.value! : left.value! < right.value!
    }
  }

  private var awaitedBaseline: String {
    let earliest = champion.publishedAt + condition.window
    return
      "its baseline is awaited, the first window of \(condition.window) that ends at or after \(earliest) "
      + "(wholly after publication) with \(Figure.count(condition.minimumSamples, "labelled row"))"
  }

  private func sentence(_ observation: Observation, _ value: Double, _ baseline: Baseline?, _ truth: Truth)
    -> String
  {
    let rows = observation.sampleSize.map { " (\(Figure.count($0, "labelled row")))" } ?? ""
    let bound = condition.bound(from: baseline?.value)
    let start = "\(metric) is \(Figure.text(value, beside: bound.value)) over \(condition.window)\(rows), "
    guard let baseline else { return start + (truth == .yes ? "" : "not ") + bound.words }
    return start + condition.comparison(of: value, with: baseline.value, truth)
  }

  private func flip(of value: Double, _ baseline: Baseline?, at evaluation: Instant, _ truth: Truth)
    -> Finding.Flip?
  {
    var bound = condition.bound(from: baseline?.value)
    if let baseline, baseline.window?.end == evaluation {
      // The window is its own baseline: moving it moves the bound.
      guard condition.baseline == .best, let other = best(through: evaluation, excluding: evaluation)
      else { return nil }
      bound = condition.bound(from: other.value)
    }
    return bound.flip(of: metric, at: value, truth)
  }
}

extension PerformanceCondition {
  /// The bound in the metric's own unit. A drop to it is a drop by enough, while the `below` of a threshold is
  /// strict.
  fileprivate func bound(from baseline: Double?) -> Threshold {
    switch test {
    case .past(let threshold): threshold
    case .drop(let change, _): .below(baseline! - change.amount(from: baseline!))
    case .rise(let change, _): .above(baseline! + change.amount(from: baseline!))
    }
  }

  fileprivate func isMet(by value: Double, baseline: Double?) -> Bool {
    switch test {
    case .past(let threshold): threshold.isPassed(by: value)
    case .drop(let change, _): change.isReached(by: baseline! - value, from: baseline!)
    case .rise(let change, _): change.isReached(by: value - baseline!, from: baseline!)
    }
  }

  /// `0.048 under the 0.72 of its gate report; a drop of 0.03 counts`.
  fileprivate func comparison(of value: Double, with baseline: Double, _ truth: Truth) -> String {
    let (change, noun): (Change, String)
    switch test {
    case .past: return ""
    case .drop(let drop, _): (change, noun) = (drop, "drop")
    case .rise(let rise, _): (change, noun) = (rise, "rise")
    }
    let distance = abs(value - baseline)
    let side = value < baseline ? "under" : "over"
    let amount = change.amount(from: baseline)
    let moved =
      value == baseline ? "the same as" : "\(Figure.text(distance, beside: amount)) \(side)"
    let from =
      switch self.baseline {
      case .promotion: "the \(Figure.text(baseline)) of its first full window after publication"
      case .best: "the \(Figure.text(baseline)) of its best window"
      default: "the \(Figure.text(baseline)) of its gate report"
      }
    return "\(moved) \(from); a \(noun) of \(change.words) \(truth == .yes ? "is enough" : "is needed")"
  }
}

extension Change {
  /// Whether a move away from the baseline is at least this change; noise of floating point aside.
  func isReached(by move: Double, from baseline: Double) -> Bool {
    let amount = amount(from: baseline)
    return move > 0 && (move >= amount || isNoise(move - amount, of: baseline, move))
  }

  /// `0.03` or `5 %`.
  var words: String {
    switch self {
    case .absolute(let amount): Figure.exact(amount)
    case .relative(let percent): "\(Figure.exact(percent)) %"
    }
  }
}

extension Threshold {
  /// `below 0.7`.
  var words: String {
    switch self {
    case .below(let bound): "below \(Figure.exact(bound))"
    case .above(let bound): "above \(Figure.exact(bound))"
    }
  }

  /// The change of the named number that would bring it to the other side of the bound.
  func flip(of name: String, at number: Double, _ truth: Truth) -> Finding.Flip {
    let amount = abs(number - value)
    let size = max(abs(number), abs(value))
    let isBelow = if case .below = self { true } else { false }
    let by = amount == 0 ? "at all" : "by another \(Figure.change(amount))"
    let phrase =
      truth == .yes
      ? "if \(name) had been \(Figure.change(amount)) \(isBelow ? "higher" : "lower")"
      : "if \(name) \(isBelow ? "fell" : "rose") \(by)"
    return Finding.Flip(distance: size == 0 ? 0 : amount / size, phrase: phrase)
  }
}
