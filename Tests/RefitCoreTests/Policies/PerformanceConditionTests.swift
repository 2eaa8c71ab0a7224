import RefitCore
import RefitStatistics
import Testing

struct PerformanceConditionTests {
  static func leaf(
    _ test: PerformanceCondition.Test, metric: PerformanceMetric = .rocAUC, _ situation: Situation
  ) throws -> Evaluation {
    try Scene.leaf(
      .performance(PerformanceCondition(metric: metric, test: test, minimumSamples: 300)), situation)
  }

  @Test(arguments: [
    (Threshold.below(0.7), 0.7, Truth.no), (.below(0.7), 0.6999, .yes), (.below(0.7), 0.72, .no),
    (.above(0.25), 0.25, .no), (.above(0.25), 0.2500001, .yes),
  ])
  func onTheBoundIsNotPastIt(threshold: Threshold, value: Double, truth: Truth) throws {
    let leaf = try Self.leaf(.past(threshold), Scene.situation([Scene.observation(value)]))
    #expect(leaf.truth == truth)
    #expect(leaf.reading?.observed == value)
    #expect(leaf.reading?.threshold == threshold.value)
  }

  /// 0.75 in the gate report. Decimal drops are drops, though 0.75 − 0.68 is a little more than 0.07 in
  /// binary.
  @Test(arguments: [
    (Change.absolute(0.03), 0.72, Truth.yes), (.absolute(0.03), 0.7201, .no), (.absolute(0.07), 0.68, .yes),
    (.absolute(0.13), 0.62, .yes), (.absolute(0.03), 0.78, .no), (.relative(percent: 4), 0.72, .yes),
    (.relative(percent: 4), 0.7201, .no), (.absolute(0), 0.75, .no),
  ])
  func aDropByTheAmountIsADrop(change: Change, value: Double, truth: Truth) throws {
    let situation = Scene.situation([Scene.observation(value)])
    let leaf = try Self.leaf(.drop(change, from: .holdout), situation)
    #expect(leaf.truth == truth)
    #expect(leaf.reading?.baseline == 0.75)
  }

  /// Each amount of a hundredth up to 0.5 from each baseline of a hundredth.
  @Test func aDropWrittenInHundredthsIsNoMatterOfBinary() throws {
    for baseline in 51...99 {
      var champion = Scene.champion
      champion.holdoutMetrics = ["roc_auc": Double(baseline) / 100]
      for drop in 1...50 {
        let value = Double(baseline - drop) / 100
        let situation = Scene.situation(champion: champion, [Scene.observation(value)])
        let reached = try Self.leaf(.drop(.absolute(Double(drop) / 100), from: .holdout), situation)
        let missed = try Self.leaf(.drop(.absolute(Double(drop) / 100 + 0.001), from: .holdout), situation)
        if reached.truth != .yes || missed.truth != .no {
          Issue.record("\(baseline) % less \(drop) %")
        }
      }
    }
  }

  @Test func aRiseOfALoss() throws {
    var champion = Scene.champion
    champion.holdoutMetrics = ["log_loss": 0.5]
    let situation = Scene.situation(champion: champion, [Scene.observation("log_loss", 0.56)])
    let rise = try Self.leaf(.rise(.relative(percent: 10), from: .holdout), metric: .logLoss, situation)
    #expect(rise.truth == .yes)
    #expect(
      rise.sentence == "log_loss is 0.56 over 7d (500 labelled rows), 0.06 over the 0.5 of its gate report; "
        + "a rise of 10 % is enough")
  }

  @Test(arguments: [
    (Scene.observation(0.6, rows: 48), "48 labelled rows in the window, 300 are needed"),
    (Scene.observation(0.6, rows: nil), "monitor does not say how many rows it rests on, 300 are needed"),
    (Scene.observation(nil), "only one class is there"),
    (Scene.observation(.infinity), "inf is no finite number"),
  ])
  func unknownSaysWhy(observation: Observation, reason: String) throws {
    let leaf = try Self.leaf(.past(.below(0.7)), Scene.situation([observation]))
    #expect(leaf.truth == .unknown)
    #expect(leaf.sentence == "roc_auc is unknown: \(reason)")
  }

  /// None of these is the champion's week to this evaluation.
  @Test(arguments: [
    Scene.observation(0.6, version: 2), Scene.observation(0.6, version: nil),
    Scene.observation(night: 0, 0.6),
    Scene.observation(night: 2, 0.6), Scene.observation(0.6, window: .days(1)),
    Scene.observation(0.6, column: "income"), Scene.observation("accuracy", 0.6),
  ])
  func otherObservationsAreNotRead(observation: Observation) throws {
    let leaf = try Self.leaf(.past(.below(0.7)), Scene.situation([observation]))
    #expect(leaf.truth == .unknown)
    #expect(leaf.sentence == "roc_auc is unknown: nothing was observed over the 7d to 2026-12-01T02:15:00Z")
  }

  @Test func aSliceIsNotTheWhole() throws {
    var slice = Scene.observation(0.6)
    slice.slice = "region=north"
    #expect(try Self.leaf(.past(.below(0.7)), Scene.situation([slice])).truth == .unknown)
  }

  @Test func theNewestKnowledgeCounts() throws {
    var revised = Scene.observation(0.71)
    revised.knownAt = Scene.night(1) + .minutes(1)
    var first = Scene.observation(0.6)
    first.knownAt = Scene.night(1) + Timespan(seconds: 30)
    var future = Scene.observation(0.5)
    future.knownAt = Scene.night(1) + .minutes(2)
    let leaf = try Self.leaf(.past(.below(0.7)), Scene.situation([future, revised, first]))
    #expect(leaf.reading?.observed == 0.71)
  }

  @Test func ofWhatBecameKnownAtOnceRefitsOwnCounts() throws {
    for source in ["a.jsonl", "z.jsonl"] {
      var other = Scene.observation(0.6)
      other.source = source
      let own = Scene.observation(0.71)
      for observations in [[own, other], [other, own]] {
        let leaf = try Self.leaf(.past(.below(0.7)), Scene.situation(observations))
        #expect(leaf.reading?.observed == 0.71)
      }
    }
  }

  @Test func withoutAChampionNothingIsKnown() throws {
    let leaf = try Self.leaf(.past(.below(0.7)), Scene.situation(champion: nil, [Scene.observation(0.6)]))
    #expect(leaf.truth == .unknown)
    #expect(leaf.sentence == "roc_auc is unknown: there is no champion")
  }
}
