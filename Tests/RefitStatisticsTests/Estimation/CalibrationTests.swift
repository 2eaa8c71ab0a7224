import RefitStatistics
import RefitTesting
import Testing

@Suite struct CalibrationTests {
  struct Rows {
    var scores: [Double]
    var labels: [Bool]
  }

  /// Rows of both classes, whose scores say something of their labels or nothing, with ties or none.
  static func rows(_ count: Int, seed: UInt64) -> [Rows] {
    var random = SeededGenerator(seed: seed)
    return (0..<count).map { _ in
      let strength = random.pick([0, 0.5, 1])
      let steps = random.pick([4.0, 30, 1e9])
      let size = random.pick([1.0, 1, 250])
      var rows = Rows(scores: [], labels: [])
      for _ in 0..<Int.random(in: 4...200, using: &random) {
        let score = (random.unit() * steps).rounded() / steps
        rows.scores.append(score * size)
        rows.labels.append(random.chance(strength * score * score + (1 - strength) * 0.4))
      }
      rows.labels[0] = true
      rows.labels[1] = false
      return rows
    }
  }

  private struct IsotonicCase: Encodable {
    var scores: [Double]
    var labels: [Bool]
    var points: [Double]
  }

  @Test func isotonicIsThatOfScikitLearn() throws {
    var random = SeededGenerator(seed: 171)
    let cases = Self.rows(120, seed: 172).map { rows in
      let most = rows.scores.max() ?? 1
      let points = (0..<40).map { _ in (1.4 * random.unit() - 0.2) * most }
      return IsotonicCase(scores: rows.scores, labels: rows.labels, points: points + rows.scores)
    }
    let answers = try Oracle.answers("isotonic", cases, as: [Double].self, from: "estimation_oracle.py")
    for (given, answer) in zip(cases, answers) {
      let fit = try IsotonicCalibration(scores: given.scores, labels: given.labels)
      for (point, expected) in zip(given.points, answer) {
        #expect(agree(fit.probability(of: point), expected, absolute: 1e-12))
      }
    }
  }

  private struct PlattCase: Encodable {
    var scores: [Double]
    var labels: [Bool]
    var slope: Double
    var intercept: Double
  }

  private struct PlattAnswer: Decodable {
    var slope: Double
    var intercept: Double
    var gradient: [Double]
  }

  /// scikit-learn's search stops early (its gradient is below 1e-6 a row); ours is at the minimum.
  @Test func plattIsThatOfScikitLearnAndAtTheMinimum() throws {
    let rows = Self.rows(120, seed: 173)
    let fits = try rows.map { try PlattCalibration(scores: $0.scores, labels: $0.labels) }
    let cases = zip(rows, fits).map { rows, fit in
      PlattCase(scores: rows.scores, labels: rows.labels, slope: fit.slope, intercept: fit.intercept)
    }
    let answers = try Oracle.answers("platt", cases, as: PlattAnswer.self, from: "estimation_oracle.py")
    for (given, answer) in zip(cases, answers) {
      #expect(answer.gradient.allSatisfy { abs($0) < 1e-7 * Double(given.labels.count) })
      let scale = given.scores.reduce(0, max)
      #expect(abs(given.slope - answer.slope) * scale < 1e-3 * (1 + abs(answer.slope) * scale))
      #expect(abs(given.intercept - answer.intercept) < 1e-3 * (1 + abs(answer.intercept)))
    }
  }

  @Test(arguments: Calibration.Method.allCases)
  func aProbabilityRisesWithTheScoreWhereLabelsDo(method: Calibration.Method) throws {
    for rows in Self.rows(60, seed: 174) {
      let fit = try Calibration(method, scores: rows.scores, labels: rows.labels)
      let probabilities = rows.scores.sorted().map(fit.probability)
      #expect(probabilities.allSatisfy { $0 >= 0 && $0 <= 1 })
      if method == .isotonic {
        #expect(zip(probabilities, probabilities.dropFirst()).allSatisfy { $0 <= $1 })
        let expected = rows.scores.map(fit.probability).reduce(0, +)
        #expect(agree(expected, Double(rows.labels.count { $0 })), "as many positives as there are")
      }
    }
  }

  @Test func onlyTheOrderOfScoresCountsForIsotonic() throws {
    for rows in Self.rows(60, seed: 175) {
      let fit = try IsotonicCalibration(scores: rows.scores, labels: rows.labels)
      let mapped = rows.scores.map { $0 * $0 * $0 * 7 - 1 }
      guard Set(mapped).count == Set(rows.scores).count else { continue }
      let other = try IsotonicCalibration(scores: mapped, labels: rows.labels)
      for (score, image) in zip(rows.scores, mapped) {
        #expect(fit.probability(of: score) == other.probability(of: image))
      }
    }
  }

  @Test(arguments: Calibration.Method.allCases)
  func whatCanNotBeCalibratedSaysWhy(method: Calibration.Method) throws {
    #expect(throws: Uncalibratable.noRows) { try Calibration(method, scores: [], labels: []) }
    #expect(throws: Uncalibratable.oneClass) {
      try Calibration(method, scores: [1, 2], labels: [true, true])
    }
    #expect(throws: Uncalibratable.notFinite(1)) {
      try Calibration(method, scores: [1, .nan], labels: [true, false])
    }
    let flat = try Calibration(method, scores: [3, 3, 3, 3], labels: [true, false, false, false])
    let share = method == .isotonic ? 0.25 : (2.0 / 3 + 3 * 0.2) / 4
    #expect(agree(flat.probability(of: 3), share), "one score for all: their share, or Platt's targets' mean")
    #expect(Uncalibratable.oneClass.description == "all reference labels are the same")
  }

  @Test func theFarthestScoresAreNoTrouble() throws {
    let scores = [-1e308, -5e307, 5e307, 1e308]
    let labels = [false, true, false, true]
    let isotonic = try IsotonicCalibration(scores: scores, labels: labels)
    #expect(agree(isotonic.probability(of: 7.5e307), 0.75))
    let platt = try PlattCalibration(scores: scores, labels: labels)
    #expect(platt.probability(of: 1e308) > 0.5 && platt.probability(of: -1e308) < 0.5)
  }
}
