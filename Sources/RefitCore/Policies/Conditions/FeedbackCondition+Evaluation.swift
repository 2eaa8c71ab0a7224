extension FeedbackCondition: LeafCondition {
  static var kind: String { "feedback" }

  var need: ObservationNeed? {
    ObservationNeed(metric: Observation.feedbackRows, ofVersion: false)
  }

  func finding(in history: ObservationHistory) -> Finding {
    let subject = "the number of new labels"
    guard let champion = history.championID else { return .unknown(subject, "there is no champion") }
    guard let since = history.situation.feedbackSince else {
      return .unknown(subject, "it is not known up to when \(champion) was trained")
    }
    let nominal = history.situation.nominal
    guard
      let observation = history.series(of: Observation.feedbackRows).last(where: { $0.window.end == nominal })
    else { return .unknown(subject, "they were not counted at \(nominal)") }
    var reading = Evaluation.Reading(observation)
    reading.threshold = Double(rows)
    switch observation.usable(minimumSamples: 0, rows: "label") {
    case .unusable(let reason): return .unknown(subject, reason, reading: reading)
    case .value(let value): return finding(value, since: since, reading: reading)
    }
  }

  private func finding(_ value: Double, since: Instant, reading: Evaluation.Reading) -> Finding {
    let isEnough = value >= Double(rows)
    let labels =
      value == 1 ? "1 label has" : "\(Figure.text(value, beside: Double(rows), digits: 15)) labels have"
    let wanted = "\(Figure.count(rows)) are \(isEnough ? "enough" : "needed")"
    let distance = abs(Double(rows) - value)
    let change = Figure.text(isEnough ? distance + 1 : distance, digits: 15)
    let flip = Finding.Flip(
      distance: distance / max(1, Double(rows)),
      phrase: isEnough ? "with \(change) fewer mature labels" : "after \(change) more mature labels")
    return Finding(
      truth: Truth(isEnough), sentence: "\(labels) matured since \(since); \(wanted)", reading: reading,
      flip: flip)
  }
}

extension Situation {
  /// From when labels count as new: the end of the interval that the champion was trained to, or that of a
  /// later run which was judged since its promotion and brought no new champion. Nil when that is not
  /// known.
  ///
  /// `feedback_rows` of an evaluation counts the labels that matured after it, up to `nominal`.
  public var feedbackSince: Instant? {
    guard let champion, let trainedTo = champion.intervalEnd else { return nil }
    guard let run = lastJudged, run.state != .promoted, run.endedAt > champion.promotedAt else {
      return trainedTo
    }
    return max(trainedTo, run.intervalEnd)
  }
}
