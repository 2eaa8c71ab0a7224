/// The windows of one champion under one condition.
struct PerformanceWindows {
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

  private struct Baseline {
    var value: Double
    /// Nil for an estimate on the holdout.
    var window: Observation.Window?
  }

  private enum Search {
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
    series.lazy.filter { $0.number(restingOn: condition.minimumSamples) != nil }
  }

  private func best(through end: Instant, excluding excluded: Instant? = nil) -> Observation? {
    let candidates = full.filter { $0.window.end <= end && $0.window.end != excluded }
    return candidates.min { left, right in
      condition.metric.better == .higher ? left.value! > right.value! : left.value! < right.value!
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
