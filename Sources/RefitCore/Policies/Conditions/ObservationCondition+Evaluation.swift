extension ObservationCondition: LeafCondition {
  static var kind: String { "observation" }

  var need: ObservationNeed? {
    var need = ObservationNeed(metric: name, ofVersion: false)
    need.evaluations = persistence.reach
    need.readsLatest = true
    return need
  }

  func finding(in history: ObservationHistory) -> Finding {
    let series = history.series(of: name)
    let newest = history.evaluations.prefix(persistence.reach + 1).map { evaluation in
      series.last { $0.window.end <= evaluation + history.tolerance }
    }
    return persistence.agreement(over: history.evaluations, on: "\(name) \(threshold.words)") { index in
      let earlier = index + 1 < newest.count ? newest[index + 1] : nil
      return finding(of: newest[index], earlier: earlier, at: history.evaluations[index], in: history)
    }
  }

  private func finding(
    of observation: Observation?, earlier: Observation?, at evaluation: Instant,
    in history: ObservationHistory
  ) -> Finding {
    let oldest = evaluation - history.situation.gap * 2
    guard let observation, observation.window.end >= oldest else {
      return .unknown(name, "nothing was observed since \(oldest), two gaps of the schedule before")
    }
    var reading = Evaluation.Reading(observation)
    reading.threshold = threshold.value
    // One observation is one piece of evidence, however often it is looked at.
    if persistence.of > 1, observation.window.end == earlier?.window.end {
      return .unknown(name, "nothing new was observed up to \(evaluation)", reading: reading)
    }
    switch observation.usable(minimumSamples: 0, rows: "row") {
    case .unusable(let reason): return .unknown(name, reason, reading: reading)
    case .value(let value):
      let truth = Truth(threshold.isPassed(by: value))
      let shown = "\(name) is \(Figure.text(value, beside: threshold.value)) at \(observation.window.end)"
      return Finding(
        truth: truth, sentence: "\(shown), \(truth == .yes ? "" : "not ")\(threshold.words)",
        reading: reading,
        flip: threshold.flip(of: name, at: value, truth))
    }
  }
}

extension ObservationHistory {
  /// How far ahead of an evaluation an observation may be: clocks differ, and an evaluation happens a little
  /// after its nominal instant. Never so far that it would belong to the next evaluation.
  var tolerance: Timespan { min(.minutes(5), Timespan(seconds: situation.gap.seconds / 2)) }
}
