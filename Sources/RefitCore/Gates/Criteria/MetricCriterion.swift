import RefitStatistics

extension MetricGate {
  /// The candidate's metric against the bound: by its point estimate, or by its one-sided bounds when the
  /// gate has a confidence.
  func judge(_ judged: JudgedRows) -> GateResult {
    var result = GateResult(gate: "metric", metric: name.rawValue, verdict: .inconclusive, sentence: "")
    result.bound = bound.value
    result.confidence = confidence
    result.rows = judged.rows
    let value: Double
    switch judged.candidate.measure(name) {
    case .undefined(let reason):
      result.sentence = "\(name.rawValue) does not exist: \(reason); \(bound.asked): inconclusive"
      return result
    case .defined(let defined): value = defined
    }
    result.estimate = value
    result.candidateValue = value
    guard let confidence else {
      let size = judged.size(of: name)
      result.verdict = bound.admits(value, size: size) ? .pass : .fail
      result.sentence =
        "\(name.rawValue) is \(bound.shown(value, size: size)); \(bound.asked): \(result.verdict)"
      return result
    }
    judge(&result, judged.candidate.estimate(name, confidence: confidence), confidence: confidence)
    return result
  }

  private func judge(_ result: inout GateResult, _ estimate: Estimate?, confidence: Double) {
    guard let estimate, let lower = estimate.lower, let upper = estimate.upper else {
      result.sentence =
        "\(name.rawValue) is \(Figure.text(result.estimate!)), but these rows don't tell how sure that is; "
        + "\(bound.asked): inconclusive"
      return
    }
    result.lower = lower
    result.upper = upper
    result.verdict = bound.verdict(lower: lower, upper: upper)
    if result.verdict == .inconclusive, let standardError = estimate.standardError {
      result.rowsToSettle = NonInferiority.rowsToSettle(
        difference: estimate.value - bound.value, standardError: standardError,
        bounds: ConfidenceBounds(lower: lower - bound.value, upper: upper - bound.value), rows: result.rows!,
        margin: 0, confidence: confidence)
    }
    let sure = "\(Figure.percent(confidence)) sure that it is \(certainty(lower, upper, result.verdict))"
    result.sentence =
      "\(opening(estimate.value)) (\(sure)); \(bound.asked): \(result.verdict)\(result.settling)"
  }

  private func opening(_ value: Double) -> String {
    "\(name.rawValue) is \(Figure.text(value, beside: bound.value))"
  }

  /// The bound that made the verdict: that on the good side for a failure, else that on the bad side.
  private func certainty(_ lower: Double, _ upper: Double, _ verdict: Verdict) -> String {
    let isLower = if case .atLeast = bound { verdict != .fail } else { verdict == .fail }
    return isLower
      ? "at least \(Figure.text(lower, beside: bound.value))"
      : "at most \(Figure.text(upper, beside: bound.value))"
  }
}

extension Bound {
  /// `at least 0.74 is asked`.
  var asked: String {
    switch self {
    case .atLeast(let bound): "at least \(Figure.exact(bound)) is asked"
    case .atMost(let bound): "at most \(Figure.exact(bound)) is allowed"
    }
  }

  /// Pass when the bound on the bad side is still good, fail when the one on the good side is already bad.
  fileprivate func verdict(lower: Double, upper: Double) -> Verdict {
    switch self {
    case .atLeast(let bound): lower >= bound ? .pass : upper >= bound ? .inconclusive : .fail
    case .atMost(let bound): upper <= bound ? .pass : lower <= bound ? .inconclusive : .fail
    }
  }

  /// The value in a sentence: on its side of the bound, and as the bound where it is on it.
  func shown(_ value: Double, size: Double) -> String {
    isMet(exactlyBy: value, size: size) ? Figure.exact(self.value) : Figure.text(value, beside: self.value)
  }
}

extension GateResult {
  /// How many rows would settle it, to end the sentence of an inconclusive result.
  var settling: String {
    rowsToSettle.map { ", about \(Figure.roughly($0)) rows would settle it" } ?? ""
  }
}
