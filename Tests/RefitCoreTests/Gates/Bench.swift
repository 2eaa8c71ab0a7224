import RefitCore
import RefitStatistics

/// Evidence for tests: four hundred rows that Python can make as well, and small ones by hand.
enum Bench {
  static let model = Name("credit-risk")!

  /// Labels, the scores of two versions and three groups from the generator of ANSI C's example `rand`
  /// (seed 20261201): u1 < 0.4 is the label; B scores 0.35·label + 0.65·u2, A smooths u2 with u3.
  static let rows: (labels: [Bool], a: [Double], b: [Double], groups: [Int32]) = {
    var state: Int = 20_261_201
    func next() -> Double {
      state = (state * 1_103_515_245 + 12345) % 2_147_483_648
      return Double(state) / 2_147_483_648
    }
    var rows: (labels: [Bool], a: [Double], b: [Double], groups: [Int32]) = ([], [], [], [])
    for _ in 0..<400 {
      let (label, second, third, group) = (next() < 0.4, next(), next(), next())
      let base = label ? 0.35 : 0.0
      rows.labels.append(label)
      rows.b.append(base + 0.65 * second)
      rows.a.append(base + 0.65 * (0.75 * second + 0.25 * third))
      rows.groups.append(Int32(3 * group))
    }
    return rows
  }()

  /// A challenges B.
  static func evidence(favourable: DecisionThreshold.Side = .above) -> Evidence {
    Evidence(
      labels: .classes(rows.labels), candidate: scores(rows.a), champion: .scored(version: 3, scores(rows.b)),
      groups: ["sex": Evidence.Groups(codes: rows.groups, names: ["f", "m", "x"])],
      candidateTraining: .overlap(rows: 0, of: 400, examples: []), championTraining: nil,
      threshold: DecisionThreshold(threshold: 0.5, favourable: favourable))
  }

  /// Hard decisions only, of both versions, right or wrong on so many positive rows each, and right on the negative.
  static func decisions(
    candidateOnly: Int, championOnly: Int, both: Int, neither: Int = 0, negatives: Int = 0
  ) -> Evidence {
    func column(_ first: Bool, _ second: Bool, _ third: Bool) -> [Bool] {
      Array(repeating: first, count: candidateOnly) + Array(repeating: second, count: championOnly)
        + Array(repeating: third, count: both) + Array(repeating: false, count: neither + negatives)
    }
    let positives = candidateOnly + championOnly + both + neither
    return Evidence(
      labels: .classes(
        Array(repeating: true, count: positives) + Array(repeating: false, count: negatives)),
      candidate: Evidence.Predictions(scores: nil, decisions: column(true, false, true)),
      champion: .scored(version: 3, Evidence.Predictions(scores: nil, decisions: column(false, true, true))),
      groups: [:], candidateTraining: .undeclared(reason: "the train job declares no training file"),
      championTraining: nil, threshold: DecisionThreshold())
  }

  /// Groups as (favourable label and decision, favourable label refused, other label accepted, other
  /// refused).
  static func groups(_ counts: [(String, Int, Int, Int, Int)], favourable: DecisionThreshold.Side = .above)
    -> Evidence
  {
    let isAbove = favourable == .above
    var labels: [Bool] = []
    var decisions: [Bool] = []
    var codes: [Int32] = []
    for (code, group) in counts.enumerated() {
      for (count, label, decision) in [
        (group.1, true, true), (group.2, true, false), (group.3, false, true), (group.4, false, false),
      ] {
        labels += Array(repeating: label == isAbove, count: count)
        decisions += Array(repeating: decision == isAbove, count: count)
        codes += Array(repeating: group.0.isEmpty ? -1 : Int32(code), count: count)
      }
    }
    return Evidence(
      labels: .classes(labels), candidate: Evidence.Predictions(scores: nil, decisions: decisions),
      champion: .never, groups: ["sex": Evidence.Groups(codes: codes, names: counts.map(\.0))],
      candidateTraining: .overlap(rows: 0, of: labels.count, examples: []), championTraining: nil,
      threshold: DecisionThreshold(favourable: favourable))
  }

  static func scores(_ scores: [Double]) -> Evidence.Predictions {
    Evidence.Predictions(scores: scores, decisions: nil)
  }

  static func judge(_ gate: Gate, _ evidence: Evidence) throws(NotOne) -> GateResult {
    let results = Judge.judge([gate], evidence: evidence, model: model)
    guard results.count == 1 else { throw NotOne() }
    return results[0]
  }

  struct NotOne: Error {}

  static func isClose(_ left: Double?, _ right: Double, within tolerance: Double = 1e-9) -> Bool {
    left.map { abs($0 - right) <= tolerance * max(1, abs(right)) } ?? false
  }
}
