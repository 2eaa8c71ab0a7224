import RefitStatistics

extension ChampionGate {
  /// The candidate against the champion on the same rows. Differences are candidate − champion, turned so
  /// that positive is better.
  func judge(_ judged: JudgedRows) -> GateResult {
    var result = GateResult(gate: "champion", metric: metric.rawValue, verdict: .inconclusive, sentence: "")
    result.bound = required
    result.confidence = confidence
    result.rows = judged.rows
    let own = judged.candidate.measure(metric)
    result.candidateValue = own.value
    switch judged.opponent {
    case .never:
      result.verdict = .pass
      result.sentence = "there is no champion yet to compare \(metric.rawValue) with: pass"
    case .unusable(let champion, let reason):
      result.sentence = "\(metric.rawValue) can't be compared with \(champion): \(reason): inconclusive"
    case .ready(let champion, let predictions):
      let theirs = predictions.measure(metric)
      result.championValue = theirs.value
      guard let value = own.value, let championValue = theirs.value else {
        let reason = own.reason.map { "for the candidate \($0)" } ?? "for the champion \(theirs.reason ?? "")"
        result.sentence = "\(metric.rawValue) can't be compared with \(champion): \(reason): inconclusive"
        return result
      }
      let sign: Double = metric.better == .higher ? 1 : -1
      result.estimate = sign * (value - championValue)
      if let confidence {
        let comparison = judged.candidate.compared(metric, with: predictions, confidence: confidence)
        decide(&result, by: comparison, champion: champion, confidence: confidence)
      } else {
        decide(&result, by: result.estimate!, champion: champion, size: judged.size(of: metric))
      }
    }
    return result
  }

  /// By the point estimate.
  private func decide(
    _ result: inout GateResult, by difference: Double, champion: String, size: Double
  ) {
    result.estimate = difference
    let size = max(size, abs(result.candidateValue!), abs(result.championValue!))
    switch margin {
    case .notWorseBy:
      result.verdict = Bound.atLeast(required).admits(difference, size: size) ? .pass : .fail
    case .betterBy:
      result.verdict = Bound.atMost(required).admits(difference, size: size) ? .fail : .pass
    }
    result.sentence = "\(opening(difference, champion)); \(asked): \(result.verdict)"
  }

  /// By one-sided bounds of the difference.
  private func decide(
    _ result: inout GateResult, by comparison: MetricComparison?, champion name: String, confidence: Double
  ) {
    guard let comparison, let bounds = comparison.improvement, let change = comparison.difference.value else {
      result.sentence =
        "\(opening(result.estimate!, name)), but these rows don't tell how sure that is; \(asked): inconclusive"
      return
    }
    let difference = metric.better == .higher ? change : 0 - change
    result.estimate = difference
    result.lower = bounds.lower
    result.upper = bounds.upper
    result.verdict = verdict(bounds)
    if result.verdict == .inconclusive {
      result.rowsToSettle = comparison.rowsToSettle(margin: -required).value.map { Int($0) }
    }
    let sure = "\(Figure.percent(confidence)) sure that it is \(certainty(bounds, result.verdict))"
    result.sentence =
      "\(opening(difference, name)) (\(sure)); \(asked): \(result.verdict)\(result.settling)"
  }

  private func verdict(_ bounds: ConfidenceBounds) -> Verdict {
    switch margin {
    case .notWorseBy(let margin):
      switch NonInferiority.verdict(bounds: bounds, margin: margin) {
      case .superior, .nonInferior: .pass
      case .inferior: .fail
      case .inconclusive: .inconclusive
      }
    case .betterBy(let margin):
      bounds.lower > margin ? .pass : bounds.upper <= margin ? .fail : .inconclusive
    }
  }

  /// What the difference must reach or exceed.
  private var required: Double {
    switch margin {
    case .notWorseBy(let margin): margin == 0 ? 0 : -margin
    case .betterBy(let margin): margin
    }
  }

  /// `0.02 is allowed`, `more than 0 is asked`.
  private var asked: String {
    switch margin {
    case .notWorseBy(let margin): margin == 0 ? "no loss is allowed" : "\(Figure.exact(margin)) is allowed"
    case .betterBy(let margin): "more than \(Figure.exact(margin)) better is asked"
    }
  }

  private func opening(_ difference: Double, _ champion: String) -> String {
    difference == 0
      ? "\(metric.rawValue) is that of \(champion)"
      : "\(metric.rawValue) is \(said(difference)) than \(champion)"
  }

  private func certainty(_ bounds: ConfidenceBounds, _ verdict: Verdict) -> String {
    let bound = verdict == .fail ? bounds.upper : bounds.lower
    if bound == 0 { return verdict == .fail ? "no better" : "no worse" }
    // Towards the bad side a lower bound limits how bad, towards the good side it promises how good.
    let limits = (bound < 0) == (verdict != .fail)
    return "\(limits ? "at most" : "at least") \(said(bound))"
  }

  /// A difference in the metric's own direction: `0.012 lower`.
  private func said(_ difference: Double) -> String {
    let amount = Figure.text(abs(difference), beside: abs(required))
    return "\(amount) \((difference < 0) == (metric.better == .higher) ? "lower" : "higher")"
  }
}
