import RefitCore
import RefitStatistics

extension ConditionReader {
  func performance(_ leaf: MapReader) -> Condition? {
    model.need(feedback: true, for: leaf.title, at: leaf.place)
    let metric = leaf.required("metric", .metric)
    if let metric {
      model.checkTask(metric, at: leaf.placeOfValue("metric"))
      model.checkColumns(metric, at: leaf.placeOfValue("metric"))
    }
    let test = test(leaf, metric)
    let window = leaf.optional("window", .duration) ?? model.monitors.value?.performance?.window ?? .days(7)
    let persistence = persistence(leaf)
    let samples = leaf.optional("min-samples", .integer(from: 1)) ?? 100
    guard let metric, let test, let persistence else { return nil }
    warnOfOverlap(leaf, window: window, persistence)
    return .performance(
      PerformanceCondition(
        metric: metric, test: test, window: window, persistence: persistence, minimumSamples: samples))
  }

  private func test(_ leaf: MapReader, _ metric: PerformanceMetric?) -> PerformanceCondition.Test? {
    guard let key = leaf.exactlyOne(of: ["below", "above", "drop", "rise"]) else { return nil }
    if key == "below" || key == "above" {
      if leaf.has("from") {
        diagnostics.error(leaf.place(of: "from"), "'from' is for 'drop' and 'rise', not for '\(key)'")
      }
      return bound(leaf, key, metric)
    }
    checkSide(leaf, key, metric)
    let baseline = leaf.required(
      "from", .choice("baseline", of: PerformanceCondition.Baseline.self, later: LaterWords.baselines))
    if baseline == .holdout, let metric { checkHoldoutBaseline(leaf, metric) }
    guard let change = leaf.optional(key, .change), let baseline else { return nil }
    return key == "drop" ? .drop(change, from: baseline) : .rise(change, from: baseline)
  }

  private func bound(_ leaf: MapReader, _ key: String, _ metric: PerformanceMetric?) -> PerformanceCondition
    .Test?
  {
    guard let bound = leaf.optional(key, metric?.range ?? .number()) else { return nil }
    if let metric, metric.better != (key == "below" ? .higher : .lower) {
      diagnostics.warning(
        leaf.place(of: key),
        "\(metric.rawValue) is better when it is \(metric.better.rawValue): this is true of a good model")
    }
    return .past(key == "below" ? .below(bound) : .above(bound))
  }

  private func checkSide(_ leaf: MapReader, _ key: String, _ metric: PerformanceMetric?) {
    guard let metric, metric.better != (key == "drop" ? .higher : .lower) else { return }
    diagnostics.error(
      leaf.place(of: key),
      "\(metric.rawValue) is better when it is \(metric.better.rawValue): "
        + "use '\(metric.better == .higher ? "drop" : "rise")'")
  }

  /// The baseline is an estimate in the gate report, so that a gate must judge the metric.
  private func checkHoldoutBaseline(_ leaf: MapReader, _ metric: PerformanceMetric) {
    guard !model.holdout.isAbsent else {
      leaf.error(at: "from", "'from: holdout' needs a 'holdout', and \(model.map.title) has none")
      return
    }
    let gates: [Gate]
    switch model.gates {
    case .broken: return
    case .absent: gates = []
    case .given(let given): gates = given
    }
    let isJudged = gates.contains { gate in
      switch gate {
      case .metric(let gate): gate.name == metric
      case .champion(let gate): gate.metric == metric
      case .fairness, .leakage: false
      }
    }
    guard !isJudged else { return }
    leaf.error(at: "from", "'from: holdout' needs a gate 'metric' or 'champion' on \(metric.rawValue)")
  }
}
