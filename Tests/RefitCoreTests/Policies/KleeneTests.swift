import RefitCore
import RefitTesting
import Testing

/// Kleene's logic against its meaning: what is unknown could be either, and a combination is known exactly
/// when it comes out the same in every case. (True of trees that use each leaf once.)
struct KleeneTests {
  static let values: [Bool?] = [true, false, nil]

  @Test func theTablesOfTwoAreKleenes() {
    for left in Self.values {
      for right in Self.values {
        let parts = [Truth.of(left), .of(right)]
        #expect(Truth.any(parts) == Self.meaning([left, right]) { $0[0] || $0[1] })
        #expect(Truth.all(parts) == Self.meaning([left, right]) { $0[0] && $0[1] })
      }
      #expect(Truth.of(left).negated == Self.meaning([left]) { !$0[0] })
    }
  }

  @Test func nothingIsNoAnyAndAnAll() {
    #expect(Truth.any([]) == .no)
    #expect(Truth.all([]) == .yes)
  }

  @Test func trees() throws {
    var random = SeededGenerator(seed: 7)
    for _ in 0..<300 {
      var leaves: [Bool?] = []
      let (condition, meaning) = Self.tree(depth: 3, &leaves, &random)
      let observations = leaves.enumerated().compactMap { index, value in
        value.map { Scene.reading("leaf\(index)", $0 ? 1 : 0) }
      }
      let tree = try Scene.leaf(condition, Scene.situation(observations))
      #expect(tree.truth == Self.meaning(leaves, meaning), "\(condition) of \(leaves)")
    }
  }

  @Test func verdictsFollowTheTree() {
    for value in Self.values {
      let condition = Condition.observation(ObservationCondition(name: "leaf0", threshold: .above(0.5)))
      let observations = value.map { [Scene.reading("leaf0", $0 ? 1 : 0)] } ?? []
      let decision = Scene.decide(condition, Scene.situation(observations))
      let expected: Decision.Verdict = value.map { $0 ? .retrain : .hold } ?? .unknown
      #expect(decision.verdict == expected)
    }
  }

  /// What a formula gives over all completions of its unknown values.
  static func meaning(_ leaves: [Bool?], _ formula: ([Bool]) -> Bool) -> Truth {
    let unknown = leaves.indices.filter { leaves[$0] == nil }
    var results: Set<Bool> = []
    for choice in 0..<(1 << unknown.count) {
      var complete = leaves.map { $0 ?? false }
      for (bit, index) in unknown.enumerated() { complete[index] = choice >> bit & 1 == 1 }
      results.insert(formula(complete))
    }
    return results.count == 1 ? .of(results.first) : .unknown
  }

  private static func tree(
    depth: Int, _ leaves: inout [Bool?], _ random: inout SeededGenerator
  ) -> (Condition, ([Bool]) -> Bool) {
    let kind = depth == 0 ? 3 : Int.random(in: 0...3, using: &random)
    switch kind {
    case 0, 1:
      let parts = (0..<Int.random(in: 1...3, using: &random)).map { _ in
        tree(depth: depth - 1, &leaves, &random)
      }
      let conditions = parts.map(\.0)
      return kind == 0
        ? (.any(conditions), { values in parts.contains { $0.1(values) } })
        : (.all(conditions), { values in parts.allSatisfy { $0.1(values) } })
    case 2:
      let part = tree(depth: depth - 1, &leaves, &random)
      return (.not(part.0), { values in !part.1(values) })
    default:
      let index = leaves.count
      leaves.append(values.randomElement(using: &random)!)
      let leaf = ObservationCondition(name: "leaf\(index)", threshold: .above(0.5))
      return (.observation(leaf), { values in values[index] })
    }
  }
}
