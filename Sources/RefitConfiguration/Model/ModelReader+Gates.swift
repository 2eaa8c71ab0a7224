import RefitCore
import RefitStatistics

extension ModelReader {
  mutating func readGates() {
    if map.has("gates") {
      gates = map.part("gates") { entry in map.ifSound { readGates(entry.value) } }
    } else if let task, case .given = holdout, hasScoreJob == true {
      gates = .given(Gate.defaults(for: task))
    } else if case .broken = holdout {
      gates = .broken
    } else if hasScoreJob == nil || task == nil {
      gates = .broken
    }
    warnOfLeakage()
  }

  private func readGates(_ node: YAMLNode) -> [Gate]? {
    guard case .list(let items) = node.content else {
      if case .refused = node.content { return nil }
      diagnostics.error(node.place, "'gates' must be a list, not \(node.found)")
      return nil
    }
    return items.compactMap(readGate)
  }

  private func readGate(_ node: YAMLNode) -> Gate? {
    guard let list = MapReader(node, .gate, "a gate", diagnostics: diagnostics),
      let entry = list.single(of: .gate, noun: "gate", example: "leakage: {}")
    else { return nil }
    let title = "gate '\(entry.key)'"
    checkHoldout(of: title, at: entry.place)
    func settings(_ vocabulary: Vocabulary) -> MapReader? { list.map(entry.key, vocabulary, title) }
    switch entry.key {
    case "metric": return settings(.metricGate).flatMap(readMetricGate)
    case "champion": return settings(.championGate).flatMap(readChampionGate)
    case "fairness": return settings(.fairnessGate).flatMap(readFairnessGate)
    default: return entry.value.isNull || settings(.leakageGate) != nil ? .leakage : nil
    }
  }

  private func checkHoldout(of title: String, at place: Place) {
    if holdout.isAbsent { diagnostics.error(place, "\(title) needs a 'holdout', and \(map.title) has none") }
    if hasScoreJob == false, title != "gate 'leakage'" {
      diagnostics.error(place, "\(title) needs a job of 'kind: score', and the pipeline has none")
    }
  }

  private func readMetricGate(_ gate: MapReader) -> Gate? {
    let metric = readMetric(gate, key: "name")
    guard let bound = readBound(gate, metric?.range ?? .number()), let metric else { return nil }
    checkSide(gate, bound, better: metric.better, name: metric.rawValue)
    return .metric(
      MetricGate(name: metric, bound: bound, confidence: gate.optional("confidence", .confidence)))
  }

  private func readChampionGate(_ gate: MapReader) -> Gate? {
    let metric = readMetric(gate, key: "metric")
    let margin: ChampionGate.Margin?
    let range = metric?.margin ?? .nonNegative
    switch gate.exactlyOne(of: ["not-worse-by", "better-by"]) {
    case "not-worse-by": margin = gate.optional("not-worse-by", range).map { .notWorseBy($0) }
    case "better-by": margin = gate.optional("better-by", range).map { .betterBy($0) }
    default: margin = nil
    }
    guard let metric, let margin else { return nil }
    return .champion(
      ChampionGate(metric: metric, margin: margin, confidence: gate.optional("confidence", .confidence)))
  }

  private func readFairnessGate(_ gate: MapReader) -> Gate? {
    let measure = gate.required(
      "measure", .choice("measure", of: FairnessMeasure.self, later: LaterWords.measures))
    if !gate.has("groups") { gate.missing("groups") }
    let groups = gate.list("groups", of: .text)
    if let holdout = holdout.value {
      for group in groups where !holdout.groups.contains(group.value) {
        diagnostics.error(group.place, "'\(group.value)' is not in the holdout's 'groups'")
      }
    }
    if task == .regression {
      diagnostics.error(gate.place, "\(gate.title) is for classification, and the task is regression")
    }
    guard let bound = readBound(gate, .unit), let measure else { return nil }
    checkSide(gate, bound, better: measure.isRatio ? .higher : .lower, name: measure.rawValue)
    return .fairness(
      FairnessGate(
        measure: measure, groups: groups.map(\.value), bound: bound,
        minimumGroup: gate.optional("min-group", .integer(from: 1)) ?? 100))
  }

  /// A metric that fits the task.
  private func readMetric(_ gate: MapReader, key: String) -> PerformanceMetric? {
    let metric = gate.required(key, .metric)
    if let metric { checkTask(metric, at: gate.placeOfValue(key)) }
    return metric
  }

  private func readBound(_ gate: MapReader, _ range: ValueKind<Double>) -> Bound? {
    switch gate.exactlyOne(of: ["at-least", "at-most"]) {
    case "at-least": gate.optional("at-least", range).map { .atLeast($0) }
    case "at-most": gate.optional("at-most", range).map { .atMost($0) }
    default: nil
    }
  }

  private func checkSide(_ gate: MapReader, _ bound: Bound, better: MetricDirection, name: String) {
    switch bound {
    case .atLeast where better == .lower:
      diagnostics.error(gate.place(of: "at-least"), "\(name) is better when it is lower: use 'at-most'")
    case .atMost where better == .higher:
      diagnostics.error(gate.place(of: "at-most"), "\(name) is better when it is higher: use 'at-least'")
    default: break
    }
  }

  private func warnOfLeakage() {
    guard declaresTraining == false, gates.value?.contains(.leakage) == true,
      let train = jobs.value?.first(where: { $0.kind == .train })
    else { return }
    diagnostics.warning(
      train.place,
      "the gate 'leakage' will be inconclusive: job '\(train.name)' does not declare 'training' and 'id'")
  }
}
