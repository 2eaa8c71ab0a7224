import RefitStatistics
import RefitTesting
import Testing

@Suite struct GroupErrorsTests {
  struct Case: Encodable {
    var targets: [Double]
    var predictions: [Double]
    var groups: [String]
    var weights: [Double]?
  }

  struct Answer: Decodable {
    var groups: [String: [String: Double]]
    var measures: [String: Double?]
  }

  @Test func agreesWithFairlearn() throws {
    var random = SeededGenerator(seed: 131)
    let cases = (0..<50).map { index in
      var given = Self.makeCase(rows: index % 25 == 0 ? 20_000 : 2 + index % 25, &random)
      if index >= 25 { given.weights = given.targets.map { _ in 3 * random.unit() + 0.01 } }
      return given
    }
    let answers = try Oracle.answers("errors", cases, as: Answer.self, from: "fairness_oracle.py")
    for (given, answer) in zip(cases, answers) {
      let errors = Self.errors(given)
      for group in errors.groups {
        let expected = try #require(answer.groups["mean_error"]?[group.group])
        #expect(agree(group.meanError.value ?? .nan, expected, absolute: 1e-12))
        #expect(agree(group.meanAbsoluteError, answer.groups["mae"]?[group.group]))
        #expect(Double(group.count) == answer.groups["count"]?[group.group])
      }
      guard errors.groups.count > 1 else { continue }
      for measure in ErrorParityMeasure.allCases {
        let value = try #require(errors.measure(measure, minimumGroup: 1).value.value)
        let expected = try #require(answer.measures[measure.rawValue] ?? nil)
        #expect(agree(value, expected, absolute: 1e-12), "\(measure.rawValue)")
      }
    }
  }

  private let three = GroupErrors(
    targets: [1, 2, 3, 4, 5, 9], predictions: [2, 2, 2, 7, 3, 9],
    groups: GroupColumn(name: "g", codes: [0, 0, 1, 1, 2, -1], names: ["a", "b", "c"]))

  /// Errors: a +1 and 0, b −1 and +3, c −2.
  @Test func aMeanErrorAboveZeroIsPredictedTooHigh() {
    #expect(three.groups.map(\.meanError) == [.defined(0.5), .defined(1), .defined(-2)])
    #expect(three.groups.map(\.meanAbsoluteError) == [.defined(0.5), .defined(2), .defined(2)])
    #expect(three.missing == 1)
    let difference = three.measure(.meanErrorDifference, minimumGroup: 1)
    #expect(difference.value == .defined(3))
    #expect((difference.lowest?.group, difference.highest?.group) == ("c", "b"))
    #expect(three.measure(.maeRatio, minimumGroup: 1).value == .defined(0.25))
  }

  @Test func groupsThatAreTooSmallAreNamed() {
    let result = three.measure(.maeDifference, minimumGroup: 2)
    #expect(result.value == .defined(1.5))
    #expect(result.leftOut == ["c"])
    #expect(result.highest?.rows == 2)
    let none = three.measure(.maeDifference, minimumGroup: 3)
    #expect(none.value == .undefined("no group has at least 3 rows, and two are needed"))
    #expect(none.lowest == nil && none.leftOut == ["a", "b", "c"])
  }

  @Test func anErrorThatIsNoNumberIsNotLeftOut() {
    let broken = GroupErrors(
      targets: [1, 2, 3], predictions: [1, .nan, 3],
      groups: GroupColumn(name: "g", codes: [0, 1, 1], names: ["a", "b"]))
    #expect(
      broken.measure(.maeDifference, minimumGroup: 1).value
        == .undefined("1 of 2 errors of group b are not finite numbers"))
    #expect(broken.groups[0].meanError == .defined(0))
    let exact = GroupErrors(
      targets: [1, 2], predictions: [1, 2], groups: GroupColumn(name: "g", codes: [0, 1], names: ["a", "b"]))
    #expect(exact.measure(.maeDifference, minimumGroup: 1).value == .defined(0))
    #expect(
      exact.measure(.maeRatio, minimumGroup: 1).value
        == .undefined("no group has an error, and 0/0 is no ratio"))
  }

  @Test func exchangingTargetsAndPredictionsTurnsTheMeanErrorRound() throws {
    var random = SeededGenerator(seed: 132)
    for _ in 0..<100 {
      let given = Self.makeCase(rows: Int.random(in: 2...40, using: &random), &random)
      var turned = given
      (turned.targets, turned.predictions) = (given.predictions, given.targets)
      let (one, other) = (Self.errors(given), Self.errors(turned))
      for (left, right) in zip(one.groups, other.groups) {
        #expect(agree(try #require(left.meanError.value), -(try #require(right.meanError.value))))
        #expect(left.meanAbsoluteError == right.meanAbsoluteError)
        #expect(abs(try #require(left.meanError.value)) <= (left.meanAbsoluteError.value ?? 0) * (1 + 1e-12))
      }
      for measure in ErrorParityMeasure.allCases {
        let value = one.measure(measure, minimumGroup: 1).value
        #expect(agree(value, other.measure(measure, minimumGroup: 1).value.value))
        #expect((value.value ?? 0) >= 0)
      }
    }
  }

  private static func makeCase(rows: Int, _ random: inout SeededGenerator) -> Case {
    Case(
      targets: (0..<rows).map { _ in 10 * random.bell() },
      predictions: (0..<rows).map { _ in 10 * random.bell() },
      groups: (0..<rows).map { _ in random.pick(["a", "b", "c"]) })
  }

  private static func errors(_ given: Case) -> GroupErrors {
    GroupErrors(
      targets: given.targets, predictions: given.predictions, weights: given.weights,
      groups: GroupColumnTests.column("g", given.groups))
  }
}
