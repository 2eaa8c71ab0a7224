import RefitStatistics
import RefitTesting
import Testing

@Suite struct GroupColumnTests {
  private let sex = GroupColumn(name: "sex", codes: [0, 1, 1, 0, -1, 1], names: ["F", "M"])
  private let race = GroupColumn(name: "race", codes: [2, 0, 0, 0, 1, -1], names: ["A", "B", "C"])

  @Test func onlyCombinationsThatOccurAreGroups() {
    let crossed = GroupColumn.crossing([sex, race])
    #expect(crossed.name == "sex & race")
    #expect(crossed.names == ["sex=F & race=A", "sex=F & race=C", "sex=M & race=A"])
    #expect(crossed.codes == [1, 2, 2, 0, -1, -1], "a row that lacks either has no intersection")
  }

  @Test func oneColumnIsCrossedWithNothing() {
    #expect(GroupColumn.crossing([sex]).names == ["sex=F", "sex=M"])
    #expect(GroupColumn.crossing([sex]).codes == sex.codes)
    let unused = GroupColumn(name: "x", codes: [1, 1], names: ["never", "always"])
    #expect(GroupColumn.crossing([unused]).names == ["x=always"])
    #expect(GroupColumn.crossing([GroupColumn(name: "x", codes: [], names: [])]).names == [])
  }

  /// Without quotes both rows would be `a=1 & b=2 & b=3`.
  @Test func combinationsNeverReadAlike() {
    let a = GroupColumn(name: "a", codes: [0, 1, 2], names: ["1 & b=2", "1", "say \"so\""])
    let b = GroupColumn(name: "b", codes: [0, 1, 2], names: ["3", "2 & b=3", ""])
    #expect(
      GroupColumn.crossing([a, b]).names == [
        "a=\"1 & b=2\" & b=3", "a=1 & b=\"2 & b=3\"", "a=\"say \"\"so\"\"\" & b=\"\"",
      ])
  }

  struct Case: Encodable {
    var selected: [Bool]
    var labels: [Bool]
    var columns: [String: [String]]
  }

  @Test func ratesOfIntersectionsAreThoseOfFairlearn() throws {
    var random = SeededGenerator(seed: 121)
    let cases = (0..<8).map { _ in
      let rows = Int.random(in: 1...60, using: &random)
      return Case(
        selected: (0..<rows).map { _ in random.chance(0.4) },
        labels: (0..<rows).map { _ in random.chance(0.5) },
        columns: [
          "sex": (0..<rows).map { _ in random.pick(["F", "M"]) },
          "race": (0..<rows).map { _ in random.pick(["A", "B", "C", "D"]) },
          "age": (0..<rows).map { _ in random.pick(["old", "young"]) },
        ])
    }
    let answers = try Oracle.answers(
      "crossed", cases, as: [String: [String: Double]].self, from: "fairness_oracle.py")
    for (given, answer) in zip(cases, answers) {
      let columns = ["sex", "race", "age"].map { name in Self.column(name, given.columns[name] ?? []) }
      let rates = GroupOutcomes(
        selected: given.selected, labels: given.labels, groups: .crossing(columns)
      ).rates
      #expect(rates.count == answer.count)
      for group in rates {
        let members = Set(group.group.split(separator: " & "))
        let expected = try #require(answer.first { Set($0.key.split(separator: " & ")) == members }?.value)
        #expect(Double(group.count) == expected["count"])
        #expect(agree(group.selectionRate, expected["selection_rate"]))
      }
    }
  }

  @Test func rowsMayComeInAnyOrder() {
    var random = SeededGenerator(seed: 122)
    for _ in 0..<100 {
      let rows = Int.random(in: 1...40, using: &random)
      let columns = (0..<3).map { column in
        GroupColumn(
          name: "c\(column)", codes: (0..<rows).map { _ in Int32.random(in: -1..<3, using: &random) },
          names: ["x", "y", "z"])
      }
      let order = (0..<rows).shuffled(using: &random)
      let crossed = GroupColumn.crossing(columns)
      let shuffled = GroupColumn.crossing(
        columns.map { column in
          GroupColumn(name: column.name, codes: order.map { column.codes[$0] }, names: column.names)
        })
      #expect(shuffled.names == crossed.names)
      #expect(shuffled.codes == order.map { crossed.codes[$0] })
    }
  }

  static func column(_ name: String, _ values: [String]) -> GroupColumn {
    let names = Set(values).sorted()
    return GroupColumn(
      name: name, codes: values.map { Int32(names.firstIndex(of: $0) ?? -1) }, names: names)
  }
}
