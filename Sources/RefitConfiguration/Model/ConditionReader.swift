import RefitCore
import RefitStatistics

/// Reads a tree of conditions, and refuses leaves that nothing in the model can feed.
struct ConditionReader {
  let model: ModelReader

  var diagnostics: Diagnostics { model.diagnostics }

  func condition(_ node: YAMLNode, at place: Place? = nil) -> Condition? {
    guard let map = MapReader(node, .condition, "a condition", at: place, diagnostics: diagnostics),
      let entry = map.single(of: .condition, noun: "condition", example: "age: {over: 30d}")
    else { return nil }
    switch entry.key {
    case "any": return parts(entry).map { .any($0) }
    case "all": return parts(entry).map { .all($0) }
    case "not": return condition(entry.value, at: entry.place).map { .not($0) }
    default: return leaf(map, entry)
    }
  }

  private func parts(_ entry: YAMLEntry) -> [Condition]? {
    guard case .list(let items) = entry.value.content else {
      if case .refused = entry.value.content { return nil }
      diagnostics.error(entry.value.place, "'\(entry.key)' must be a list, not \(entry.value.found)")
      return nil
    }
    if items.isEmpty { diagnostics.error(entry.value.place, "'\(entry.key)' may not be empty") }
    return items.compactMap { condition($0) }
  }

  private func leaf(_ map: MapReader, _ entry: YAMLEntry) -> Condition? {
    func settings(_ vocabulary: Vocabulary) -> MapReader? {
      map.map(entry.key, vocabulary, "condition '\(entry.key)'")
    }
    switch entry.key {
    case "performance": return settings(.performanceCondition).flatMap(performance)
    case "drift": return settings(.driftCondition).flatMap(drift)
    case "feedback": return settings(.feedbackCondition).flatMap(feedback)
    case "age": return settings(.ageCondition).flatMap(age)
    default: return settings(.observationCondition).flatMap(observation)
    }
  }

  private func feedback(_ leaf: MapReader) -> Condition? {
    model.need(feedback: true, for: leaf.title, at: leaf.place)
    return leaf.required("rows", .integer(from: 1)).map { .feedback(FeedbackCondition(rows: $0)) }
  }

  private func age(_ leaf: MapReader) -> Condition? {
    let since = leaf.optional("since", .choice("beginning", of: AgeCondition.Since.self)) ?? .trained
    return leaf.required("over", .duration).map { .age(AgeCondition(over: $0, since: since)) }
  }

  private func observation(_ leaf: MapReader) -> Condition? {
    let name = leaf.required("name", .text)
    let threshold: Threshold? =
      switch leaf.exactlyOne(of: ["below", "above"]) {
      case "below": leaf.optional("below", .number()).map { .below($0) }
      case "above": leaf.optional("above", .number()).map { .above($0) }
      default: nil
      }
    let persistence = persistence(leaf)
    guard let name, let threshold, let persistence else { return nil }
    return .observation(ObservationCondition(name: name, threshold: threshold, persistence: persistence))
  }

  /// `for: 3`, or `for: {of: 5, at-least: 3}`.
  func persistence(_ leaf: MapReader) -> Persistence? {
    guard let node = leaf.entry("for")?.value else { return Persistence(inARow: 1) }
    let kind = ValueKind.integer(1...1000)
    guard case .map = node.content else { return leaf.optional("for", kind).map { Persistence(inARow: $0) } }
    guard let map = leaf.map("for", .persistence), let of = map.required("of", kind),
      let atLeast = map.required("at-least", kind)
    else { return nil }
    guard atLeast <= of else {
      map.error(at: "at-least", "'at-least' must be at most 'of', which is \(of)")
      return nil
    }
    return Persistence(of: of, atLeast: atLeast)
  }

  /// Reports windows that share rows: evaluations that agree are then hardly more than one.
  func warnOfOverlap(_ leaf: MapReader, window: Timespan, _ persistence: Persistence) {
    guard persistence.of > 1, let (schedule, gap) = model.shortestGap, gap < window else { return }
    diagnostics.warning(
      leaf.place(of: "for"),
      "the windows of \(window) overlap: schedule '\(schedule)' evaluates every \(gap), "
        + "so that what agrees is mostly the same rows")
  }
}
