import RefitStatistics

extension PerformanceCondition: LeafCondition {
  static var kind: String { "performance" }

  var need: ObservationNeed? {
    var need = ObservationNeed(metric: metric.rawValue, ofVersion: true, window: window)
    need.evaluations = persistence.reach
    switch baseline {
    case .promotion: need.baseline = .firstWindow(minimumSamples: minimumSamples)
    case .best: need.baseline = .everyWindow
    case .holdout, nil: break
    }
    return need
  }

  func finding(in history: ObservationHistory) -> Finding {
    guard let champion = history.situation.champion else {
      return .unknown(metric.rawValue, "there is no champion")
    }
    let series = history.series(of: metric.rawValue, version: champion.version, window: window)
    let windows = PerformanceWindows(condition: self, champion: champion, series: series)
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
        "the change of \(metric.rawValue) can't become known: no gate of \(history.championID!) estimated it")
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

extension PerformanceCondition {
  /// The bound in the metric's own unit. A drop to it is a drop by enough, while the `below` of a threshold
  /// is strict.
  func bound(from baseline: Double?) -> Threshold {
    switch test {
    case .past(let threshold): threshold
    case .drop(let change, _): .below(baseline! - change.amount(from: baseline!))
    case .rise(let change, _): .above(baseline! + change.amount(from: baseline!))
    }
  }

  func isMet(by value: Double, baseline: Double?) -> Bool {
    switch test {
    case .past(let threshold): threshold.isPassed(by: value)
    case .drop(let change, _): change.isReached(by: baseline! - value, from: baseline!)
    case .rise(let change, _): change.isReached(by: value - baseline!, from: baseline!)
    }
  }

  /// `0.048 under the 0.72 of its gate report; a drop of 0.03 counts`.
  func comparison(of value: Double, with baseline: Double, _ truth: Truth) -> String {
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
