import RefitCore
import RefitStatistics

/// Reads one model. Parts are read before those that refer to them, so that each reference is checked where
/// it is written, and a part that is wrong causes no second error elsewhere.
struct ModelReader {
  let project: Name
  let name: Name
  let map: MapReader
  /// Of schedules that name none.
  let timezone: String
  let zones: ZoneCheck

  /// Nil when it is wrong; so are the other parts that are not optional.
  var task: Model.Task?
  var mode: Model.Mode?
  /// Of jobs that say nothing of it.
  var sandbox = Job.Sandbox.auto
  var predictions = Part<PredictionLog>.absent
  var feedback = Part<FeedbackLog>.absent
  var features = Part<Features>.absent
  var holdout = Part<Holdout>.absent
  var jobs = Part<[JobDraft]>.absent
  var gates = Part<[Gate]>.absent
  var reference = Part<DriftReference>.absent
  var monitors = Part<Monitors>.absent
  var schedules: [Schedule] = []

  var diagnostics: Diagnostics { map.diagnostics }

  /// Nil, reported, when the entry is no map.
  init?(
    project: Name, name: Name, entry: YAMLEntry, timezone: String, zones: ZoneCheck, diagnostics: Diagnostics
  ) {
    let title = "model '\(name)'"
    guard let map = MapReader(entry.value, .model, title, at: entry.place, diagnostics: diagnostics) else {
      return nil
    }
    self.project = project
    self.name = name
    self.map = map
    self.timezone = timezone
    self.zones = zones
  }

  /// The model with every default filled in; nil when anything in it was reported as an error.
  mutating func model() -> Model? {
    let errors = diagnostics.errorCount
    readSettings()
    readLogs()
    features = map.part("features") { _ in readFeatures() }
    holdout = map.part("holdout") { _ in readHoldout() }
    readPipeline()
    let decision = readDecision()
    reference = map.part("reference", readReference)
    readGates()
    monitors = map.part("monitors") { _ in readMonitors() }
    readSchedules()
    let policy = readPolicy()
    let promotion = readPromotion()
    guard diagnostics.errorCount == errors, let task, let mode, let policy, let promotion else { return nil }
    warnOfPromotion(promotion)
    return Model(
      name: name, mode: mode, task: task, predictions: predictions.value, features: features.value,
      feedback: feedback.value, decision: decision, reference: reference.value, holdout: holdout.value,
      monitors: monitors.value ?? Monitors(), schedules: schedules, retrain: policy,
      pipeline: Pipeline(jobs: jobs.value?.compactMap(\.job) ?? []), gates: gates.value ?? [],
      promotion: promotion)
  }

  private mutating func readSettings() {
    task = value("task", .choice("task", of: Model.Task.self, later: LaterWords.tasks), .binaryClassification)
    mode = value("mode", .choice("mode", of: Model.Mode.self), .promote)
    sandbox = map.optional("sandbox", .choice("sandbox", of: Job.Sandbox.self)) ?? .auto
  }

  /// The key's value, or the default; nil when it is wrong.
  private func value<Value: Sendable>(_ key: String, _ kind: ValueKind<Value>, _ standard: Value) -> Value? {
    map.has(key) ? map.optional(key, kind) : standard
  }

  private func readPromotion() -> PromotionSetting? {
    if map.refusesMap("promotion") { return nil }
    return value("promotion", .choice("promotion", of: PromotionSetting.self), .approval)
  }

  private func readReference(_ entry: YAMLEntry) -> DriftReference? {
    guard case .map = entry.value.content else {
      return map.optional("reference", .anyTable).map(DriftReference.table)
    }
    return map.ifSound {
      guard let season = map.map("reference", .season) else { return nil }
      need(feedback: false, for: season.title, at: season.place)
      let cycle = season.required("same", .choice("cycle", of: Season.Cycle.self))
      let back = season.has("back") ? season.optional("back", .integer(1...Season.longest)) : 1
      return cycle.flatMap { cycle in back.map { .season(Season(cycle, back: $0)) } }
    }
  }

  private func readDecision() -> DecisionThreshold? {
    let standard = DecisionThreshold()
    guard let decision = map.map("decision", .decision) else {
      return task == .binaryClassification && !map.has("decision") ? standard : nil
    }
    if task == .regression {
      diagnostics.error(
        map.place(of: "decision"), "'decision' has no meaning for the task regression: remove it")
    }
    return DecisionThreshold(
      threshold: decision.optional("threshold", .number()) ?? standard.threshold,
      favourable: decision.optional("favourable", .choice("side", of: DecisionThreshold.Side.self))
        ?? standard.favourable)
  }

  private func warnOfPromotion(_ promotion: PromotionSetting) {
    guard mode == .promote, gates.value?.isEmpty ?? true else { return }
    let place = map.has("promotion") ? map.placeOfValue("promotion") : map.place
    let reason = map.has("holdout") ? "it has no gates" : "it has no holdout"
    diagnostics.warning(place, "nothing of \(map.title) will be promoted automatically: \(reason)")
  }
}

extension MapReader {
  /// True, reported, when the key has a map, whose feature comes later.
  func refusesMap(_ key: String) -> Bool {
    guard let node = entry(key)?.value, case .map = node.content else { return false }
    diagnostics.error(node.place, "'\(key)' as a map is not supported yet")
    return true
  }
}
