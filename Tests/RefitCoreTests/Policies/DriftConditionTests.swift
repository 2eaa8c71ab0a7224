import RefitCore
import RefitStatistics
import Testing

struct DriftConditionTests {
  static let names = ["age", "debt", "income", "region"]

  static func condition(_ breadth: DriftCondition.Breadth) -> Condition {
    .drift(DriftCondition(statistic: .psi, above: 0.2, breadth: breadth))
  }

  static func observations(_ values: [Double?]) -> [Observation] {
    zip(names, values).map { name, value in
      Scene.observation("psi", value ?? 0.9, rows: value == nil ? 99 : 3000, version: nil, column: name)
    }
  }

  static func decide(_ breadth: DriftCondition.Breadth, _ values: [Double?]) -> Decision {
    Scene.decide(condition(breadth), Scene.situation(observations(values)))
  }

  /// A column that is not known could be on either side: true or false only when that does not matter.
  @Test func eachBreadthAgainstItsMeaning() {
    let breadths: [(DriftCondition.Breadth, ([Bool]) -> Bool)] =
      (1...5).map { least in (.atLeastColumns(least), { $0.count(where: \.self) >= least }) }
      + [0.1, 0.25, 0.3, 0.5, 0.75, 1].map { share in
        (.share(share), { Double($0.count(where: \.self)) / Double($0.count) >= share })
      }
      + [
        (.columns(["income"]), { $0[2] }), (.columns(["region", "age"]), { $0[0] && $0[3] }),
        (.columns(["age", "age"]), { $0[0] }),
      ]
    for (breadth, meaning) in breadths {
      for code in 0..<81 {
        let drifted = [1, 3, 9, 27].map { KleeneTests.values[code / $0 % 3] }
        let values = drifted.enumerated().map { index, isAbove in
          isAbove.map { $0 ? 0.3 + Double(index) / 100 : 0.2 - Double(index) / 100 }
        }
        let truth = Self.decide(breadth, values).tree?.truth
        if truth != KleeneTests.meaning(drifted, meaning) { Issue.record("\(breadth) of \(drifted)") }
      }
    }
  }

  /// 0.7 · 10 is a little more than 7 in binary.
  @Test(arguments: [(0.7, 10, 7), (0.1, 30, 3), (0.3, 10, 3), (0.28, 25, 7), (0.57, 100, 57), (1.0, 3, 3)])
  func aShareOfColumnsIsNoMatterOfBinary(share: Double, columns: Int, needed: Int) {
    for above in [needed - 1, needed] {
      let observations = (0..<columns).map { index in
        Scene.observation("psi", index < above ? 0.3 : 0.1, version: nil, column: "c\(index)")
      }
      let decision = Scene.decide(Self.condition(.share(share)), Scene.situation(observations))
      #expect(decision.tree?.truth == (above == needed ? .yes : .no))
    }
  }

  @Test func theReadingNamesTheColumnsAndTheOneThatDecides() throws {
    let tree = try #require(Self.decide(.atLeastColumns(2), [0.31, 0.05, 0.27, 0.22]).tree)
    #expect(tree.reading?.columns == ["age", "income", "region"])
    #expect(tree.reading?.observed == 0.27)
    #expect(tree.reading?.sampleSize == 3000)
    #expect(
      tree.sentence == "psi is above 0.2 on 3 of 4 columns over 7d (3,000 rows): age 0.31, income 0.27, "
        + "region 0.22; highest of the others is debt 0.05; 2 are enough")
  }

  @Test func unknownColumnsAreNamed() throws {
    let tree = try #require(Self.decide(.atLeastColumns(2), [0.31, nil, 0.1, 0.2001]).tree)
    #expect(tree.truth == .yes)
    let unknown = try #require(Self.decide(.atLeastColumns(2), [0.31, nil, 0.1, 0.2]).tree)
    #expect(unknown.truth == .unknown)
    #expect(
      unknown.sentence == "psi is above 0.2 on 1 of 4 columns over 7d (3,000 rows): age 0.31; highest of the "
        + "others is region 0.2; unknown on debt: 99 rows in the window, 100 are needed; 2 are needed")
  }

  @Test func aNamedColumnThatIsNotObservedIsUnknown() throws {
    let decision = Scene.decide(
      Self.condition(.columns(["age", "incme"])), Scene.situation(Self.observations([0.3, 0.3, 0.3, 0.3])))
    #expect(decision.verdict == .unknown)
  }

  @Test func noObservationAtAllIsUnknown() {
    let decision = Scene.decide(Self.condition(.atLeastColumns(1)), Scene.situation([]))
    #expect(
      decision.tree?.sentence == "psi is unknown: nothing was observed over the 7d to 2026-12-01T02:15:00Z")
  }

  @Test(arguments: [
    ([0.18, 0.1, 0.1, 0.1], 1, "would retrain if psi of age rose by another 0.02"),
    (
      [0.18, 0.1, 0.15, 0.3], 3,
      "would retrain if psi rose past 0.2 on 2 more columns, income being the furthest of them by 0.05"
    ),
    ([0.3, 0.1, 0.25, 0.1], 2, "would have held if psi of income had been 0.05 lower"),
    ([0.3, 0.1, 0.25, 0.1], 1, "would have held if psi had been at most 0.2 on 2 of these columns"),
  ])
  func theNearestFlip(values: [Double], needed: Int, sentence: String) {
    #expect(Self.decide(.atLeastColumns(needed), values).nearestFlip == sentence)
  }

  @Test func twoNightsInARow() {
    let condition = Condition.drift(
      DriftCondition(
        statistic: .ksStatistic, above: 0.1, breadth: .columns(["income"]),
        persistence: Persistence(inARow: 2)))
    let nights = [(Int64(0), 0.2), (1, 0.15)].map { night, value in
      Scene.observation("ks_statistic", night: night, value, version: nil, column: "income")
    }
    #expect(Scene.decide(condition, Scene.situation(earlier: 1, nights)).verdict == .retrain)
    #expect(Scene.decide(condition, Scene.situation(earlier: 0, nights)).verdict == .hold)
  }
}
