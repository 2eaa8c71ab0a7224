import Foundation
import RefitCore
import RefitStatistics
import RefitTesting
import Testing

/// What holds for every situation, tried on a few hundred from fixed seeds.
struct DecisionPropertyTests {
  static let policy = RetrainPolicy(
    when: .any([
      .performance(
        PerformanceCondition(
          metric: .rocAUC, test: .drop(.absolute(0.03), from: .promotion), persistence: Persistence(inARow: 3)
        )),
      .all([
        .drift(DriftCondition(statistic: .psi, above: 0.2, breadth: .atLeastColumns(2))),
        .not(
          .observation(
            ObservationCondition(
              name: "latency", threshold: .above(300), persistence: Persistence(of: 3, atLeast: 2)))),
      ]),
      .performance(PerformanceCondition(metric: .accuracy, test: .drop(.relative(percent: 5), from: .best))),
      .drift(
        DriftCondition(
          statistic: .ksStatistic, above: 0.3, breadth: .columns(["age", "debt"]),
          persistence: Persistence(of: 3, atLeast: 2))),
      .feedback(FeedbackCondition(rows: 5000)), .age(AgeCondition(over: .days(30))),
    ]))

  /// Observations of many kinds over the nights before 1 December, with gaps, repetitions and strays.
  static func situation(_ random: inout SeededGenerator) -> Situation {
    var observations: [Observation] = []
    for night in Int64(-25)...3 {
      for metric in ["roc_auc", "accuracy", "brier", "feedback_rows", "latency"] {
        for _ in 0..<Int.random(in: 0...2, using: &random) {
          var observation = Scene.observation(
            metric, night: night, value(of: metric, &random), rows: Int.random(in: 50...400, using: &random),
            version: [3, 3, 3, nil, 2].randomElement(using: &random)!,
            window: .days([7, 7, 7, 1].randomElement(using: &random)!))
          observation.knownAt = Scene.night(night) + .hours(Int64.random(in: 0...48, using: &random))
          observation.source = ["monitor", "a.jsonl", "b.prom"].randomElement(using: &random)!
          observations.append(observation)
        }
      }
      for column in DriftConditionTests.names {
        for metric in ["psi", "ks_statistic"] where Int.random(in: 0...4, using: &random) > 0 {
          observations.append(
            Scene.observation(
              metric, night: night, Double.random(in: 0...0.5, using: &random),
              rows: Int.random(in: 50...400, using: &random), version: nil, column: column))
        }
      }
    }
    var situation = Scene.situation(earlier: Int64.random(in: 0...20, using: &random), observations)
    if Bool.random(using: &random) {
      let state = [Run.State.promoted, .refused, .judged].randomElement(using: &random)!
      situation.lastJudged = DecisionTests.ended(
        state, 4, at: Scene.night(.random(in: -20...0, using: &random)))
    }
    if Int.random(in: 0...9, using: &random) == 0 { situation.champion = nil }
    return situation
  }

  private static func value(of metric: String, _ random: inout SeededGenerator) -> Double? {
    if Int.random(in: 0...9, using: &random) == 0 { return nil }
    switch metric {
    case "feedback_rows": return Double(Int.random(in: 0...9000, using: &random))
    case "latency": return Double.random(in: 100...500, using: &random)
    default: return Double.random(in: 0.6...0.9, using: &random)
    }
  }

  static func json(_ decision: Decision) throws -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    return try encoder.encode(decision)
  }

  /// What is said of one window by one source has an order, that of recording; nothing else has.
  private struct Place: Hashable {
    let metric: String
    let version: Int?
    let column: String?
    let slice: String?
    let window: Observation.Window
    let source: String

    init(_ observation: Observation) {
      (metric, version) = (observation.metric, observation.version)
      (column, slice) = (observation.column, observation.slice)
      (window, source) = (observation.window, observation.source)
    }
  }

  /// In a random order, but each place's own observations in theirs.
  private static func shuffled(
    _ observations: [Observation], _ random: inout SeededGenerator
  ) -> [Observation] {
    var places = observations.map(Place.init)
    places.shuffle(using: &random)
    var own = Dictionary(grouping: observations.reversed(), by: Place.init)
    return places.map { own[$0]!.removeLast() }
  }

  @Test func theOrderOfDifferentPlacesDoesNotMatter() throws {
    var random = SeededGenerator(seed: 11)
    for _ in 0..<100 {
      var situation = Self.situation(&random)
      let decision = try Self.json(Self.policy.decide(situation))
      for _ in 0..<3 {
        situation.observations = Self.shuffled(situation.observations, &random)
        situation.earlierEvaluations.shuffle(using: &random)
        #expect(try Self.json(Self.policy.decide(situation)) == decision)
      }
    }
  }

  @Test(arguments: [[0.6, 0.9], [0.9, 0.6], [-0.5, 0.9], [0.6, nil], [nil, 0.6]] as [[Double?]])
  func ofTwoLinesKnownAtTheSameTimeTheLaterOneIsBelieved(values: [Double?]) throws {
    let lines = values.map { value in
      var line = Scene.observation("latency", night: 0, value, rows: 100, version: nil)
      line.source = "state/monitoring/m/app.jsonl"
      line.undefined = value == nil ? "no requests" : nil
      return line
    }
    let policy = Condition.observation(ObservationCondition(name: "latency", threshold: .above(0.7)))
    #expect(
      Scene.decide(policy, Scene.situation(lines)).tree
        == Scene.decide(policy, Scene.situation([lines[1]])).tree)
    var own = lines[0]
    own.source = Observation.monitorSource
    for order in [[own, lines[1]], [lines[1], own]] {
      #expect(
        Scene.decide(policy, Scene.situation(order)).tree == Scene.decide(policy, Scene.situation([own])).tree
      )
    }
  }

  @Test func aRecordedSituationGivesTheSameDecision() throws {
    var random = SeededGenerator(seed: 12)
    for _ in 0..<50 {
      let situation = Self.situation(&random)
      let recorded = try JSONDecoder().decode(Situation.self, from: JSONEncoder().encode(situation))
      #expect(try Self.json(Self.policy.decide(recorded)) == Self.json(Self.policy.decide(situation)))
      let decision = Self.policy.decide(situation)
      #expect(try JSONDecoder().decode(Decision.self, from: Self.json(decision)) == decision)
    }
  }

  /// Loading only what the policy says it needs changes nothing.
  @Test func whatIsNotNeededIsNotRead() throws {
    var random = SeededGenerator(seed: 13)
    var dropped = 0
    for _ in 0..<80 {
      let situation = Self.situation(&random)
      var loaded = situation
      let queries = Self.policy.needs.map { $0.query(in: situation) }
      loaded.observations = situation.observations.filter { row in queries.contains { $0(row) } }
      loaded.observations += Self.policy.needs.flatMap { $0.firstWindow(in: situation) }
      dropped += situation.observations.count - loaded.observations.count
      let (narrow, wide) = (Self.policy.decide(loaded), Self.policy.decide(situation))
      #expect(narrow == wide)
    }
    #expect(dropped > 4000, "needs leave out most of what there is")
  }

  @Test func knowingMoreOfTheFutureChangesNothing() throws {
    var random = SeededGenerator(seed: 14)
    for _ in 0..<50 {
      let situation = Self.situation(&random)
      var before = situation
      before.observations.removeAll { $0.knownAt > situation.now }
      #expect(try Self.json(Self.policy.decide(before)) == Self.json(Self.policy.decide(situation)))
    }
  }

  /// Raising a value never turns an `above` from true to false, nor a `below` or a drop from false to true.
  @Test func leavesAreMonotone() throws {
    var random = SeededGenerator(seed: 15)
    let tests: [(PerformanceCondition.Test, rises: Bool)] = [
      (.past(.above(0.7)), true), (.past(.below(0.7)), false),
      (.drop(.absolute(0.05), from: .holdout), false),
      (.rise(.relative(percent: 5), from: .holdout), true),
    ]
    for (test, rises) in tests {
      for _ in 0..<200 {
        let values = (0..<2).map { _ in Double.random(in: 0.5...1, using: &random) }.sorted()
        let truths = try values.map {
          try PerformanceConditionTests.leaf(test, Scene.situation([Scene.observation($0)])).truth
        }
        #expect(truths != (rises ? [.yes, .no] : [.no, .yes]), "\(test) at \(values)")
      }
    }
  }

  /// The named change is enough, and half of it is not.
  @Test func theNearestFlipFlips() throws {
    var random = SeededGenerator(seed: 16)
    for threshold in [Threshold.below(0.7), .above(0.7)] {
      let condition = Condition.performance(PerformanceCondition(metric: .rocAUC, test: .past(threshold)))
      for _ in 0..<200 {
        let value = Double.random(in: 0.5...0.9, using: &random)
        let decision = Scene.decide(condition, Scene.situation([Scene.observation(value)]))
        let words = try #require(decision.nearestFlip).split(separator: " ")
        let amount = try #require(words.compactMap { Double($0) }.first)
        let falls = words.contains("fell") || words.contains("lower")
        for (part, flips) in [(1.0 + 1e-9, true), (0.5, false)] {
          let moved = Scene.observation(value + (falls ? -1 : 1) * part * amount)
          let other = Scene.decide(condition, Scene.situation([moved]))
          #expect((other.verdict != decision.verdict) == flips, "\(value) \(threshold) \(words)")
        }
      }
    }
  }
}

extension ObservationNeed {
  /// Whether a query for this need would find an observation.
  fileprivate func query(in situation: Situation) -> (Observation) -> Bool {
    let (from, through) = ends(
      nominal: situation.nominal, earlierEvaluations: situation.earlierEvaluations, gap: situation.gap)
    return { observation in
      let isOfColumn =
        switch columns {
        case .without: observation.column == nil
        case .every: observation.column != nil
        case .named(let names): observation.column.map(names.contains) ?? false
        }
      let isOfVersion =
        observation.version == nil ? !ofVersion : observation.version == situation.champion?.version
      return observation.metric == metric && isOfColumn && isOfVersion && observation.slice == nil
        && observation.knownAt <= situation.now && (window == nil || observation.window.length == window)
        && (from == nil || observation.window.end >= from!) && observation.window.end <= through
    }
  }

  /// Spelled out: of the version's windows since its publication, by the newest knowledge of each, the earliest
  /// with enough rows.
  fileprivate func firstWindow(in situation: Situation) -> [Observation] {
    guard case .firstWindow(let minimumSamples) = baseline, let champion = situation.champion else {
      return []
    }
    let candidates = situation.observations.filter {
      $0.metric == metric && $0.version == champion.version && $0.window.length == window && $0.slice == nil
        && $0.column == nil && $0.knownAt <= situation.now && $0.window.start >= champion.publishedAt
    }
    let ends = Set(candidates.map(\.window.end)).sorted()
    for end in ends {
      let known = candidates.filter { $0.window.end == end }
      let newest = known.filter { $0.knownAt == known.map(\.knownAt).max() }
      if newest.contains(where: { ($0.sampleSize ?? 0) >= minimumSamples && $0.value != nil }) {
        return known
      }
    }
    return []
  }
}
