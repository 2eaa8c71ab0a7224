import Glibc
import RefitTesting
import Testing

@testable import RefitStatistics

/// How metrics of several classes vary, against scipy's and numpy's resamples of the raw rows.
@Suite struct ClassResamplingTests {
  struct Model: Encodable {
    var predictions: [Int] = []
    var scores: [[Double]] = []
  }

  struct Case: Encodable {
    var classes: Int
    var labels: [Int]
    var models: [Model]
    var weights: [Double]?
    var isScored: Bool
    var isCorrected: Bool
    var confidence = 0.9

    func outcomes(_ model: Model) -> ClassOutcomes {
      ClassOutcomes(
        classes: (0..<classes).map { "c\($0)" }, labels: labels,
        predictions: isScored ? nil : model.predictions, scores: isScored ? model.scores : nil,
        weights: weights)
    }
  }

  struct Interval: Decodable {
    var lower: Double?
    var upper: Double?
    var error: Double?
  }

  /// Weights of which some are ten times the usual ones.
  private static func makeCase(
    rows: Int, classes: Int, models: Int, isWeighted: Bool, isScored: Bool, seed: UInt64
  ) -> Case {
    var random = SeededGenerator(seed: seed)
    let labels = (0..<rows).map { _ in
      random.chance(0.3) ? 0 : Int.random(in: 0..<classes, using: &random)
    }
    let weights =
      isWeighted ? labels.map { _ in random.chance(0.02) ? 10 * random.unit() : random.unit() + 0.1 } : nil
    let common = labels.map { _ in (0..<classes).map { _ in random.bell() } }
    let made = (0..<models).map { model -> Model in
      if !isScored {
        return Model(
          predictions: labels.map {
            random.chance(0.7 - 0.1 * Double(model)) ? $0 : Int.random(in: 0..<classes, using: &random)
          })
      }
      let rows = labels.indices.map { row -> [Double] in
        let raw = (0..<classes).map {
          exp(common[row][$0] + 0.5 * random.bell() + (labels[row] == $0 ? 1.5 : 0))
        }
        return raw.map { $0 / raw.reduce(0, +) }
      }
      return Model(scores: (0..<classes).map { index in rows.map { $0[index] } })
    }
    return Case(
      classes: classes, labels: labels, models: made, weights: weights, isScored: isScored,
      isCorrected: rows < 1_000)
  }

  /// Of each metric the interval or, of two models, the bounds.
  private func resampled(_ given: Case) throws -> [String: (ConfidenceBounds, Double)] {
    let plan = ResamplingPlan(resamples: given.isCorrected ? 2_000 : 600, seed: 2, threads: 2)
    let models = given.models.map(given.outcomes)
    if models.count == 1 {
      return try Dictionary(
        uniqueKeysWithValues: models[0].scored(confidence: given.confidence, plan).map { metric in
          let interval = try #require(metric.interval.value)
          return (
            metric.name,
            (
              ConfidenceBounds(lower: interval.lower, upper: interval.upper),
              try #require(interval.standardError)
            )
          )
        })
    }
    let compared = ClassComparison(candidate: models[0], champion: models[1])
      .compared(confidence: (1 + given.confidence) / 2, plan)
    return try Dictionary(
      uniqueKeysWithValues: compared.map {
        ($0.name, (try #require($0.bounds), try #require($0.standardError.value)))
      })
  }

  @Test func `intervals are those of raw rows within what chance does`() throws {
    let cases = [
      Self.makeCase(rows: 160, classes: 3, models: 1, isWeighted: false, isScored: false, seed: 31),
      Self.makeCase(rows: 160, classes: 3, models: 2, isWeighted: false, isScored: false, seed: 32),
      Self.makeCase(rows: 160, classes: 3, models: 2, isWeighted: true, isScored: false, seed: 33),
      Self.makeCase(rows: 21_000, classes: 6, models: 1, isWeighted: true, isScored: false, seed: 34),
      Self.makeCase(rows: 21_000, classes: 6, models: 2, isWeighted: true, isScored: false, seed: 35),
      Self.makeCase(rows: 21_000, classes: 3, models: 1, isWeighted: true, isScored: true, seed: 36),
      Self.makeCase(rows: 21_000, classes: 3, models: 2, isWeighted: false, isScored: true, seed: 37),
    ]
    let answers = try Oracle.answers(
      "resampled", cases, as: [String: Interval].self, from: "class_resampling_oracle.py")
    var count = 0
    for (index, (given, answer)) in zip(cases, answers).enumerated() {
      let found = try resampled(given)
      for (name, expected) in answer {
        let (bounds, error) = try #require(found[name])
        let of = try #require(expected.error)
        #expect(abs(error / of - 1) < 0.12, "\(index) \(name): \(error) and \(of)")
        #expect(
          abs(bounds.lower - (try #require(expected.lower))) < 0.5 * of,
          "\(index) \(name) \(bounds.lower) \(expected) \(error)")
        #expect(abs(bounds.upper - (try #require(expected.upper))) < 0.5 * of, "\(index) \(name)")
        count += 1
      }
    }
    #expect(count == 5 * 7 + 2 * 3)
  }

  @Test func `a seed gives the same bytes on any number of threads`() {
    for isScored in [false, true] {
      let given = Self.makeCase(
        rows: 21_000, classes: 3, models: 2, isWeighted: true, isScored: isScored, seed: 38)
      let (own, other) = (given.outcomes(given.models[0]), given.outcomes(given.models[1]))
      let comparisons = [1, 3].map { threads in
        let plan = ResamplingPlan(resamples: 50, seed: 4, threads: threads)
        return (
          own.scored(confidence: 0.9, plan),
          ClassComparison(candidate: own, champion: other).compared(confidence: 0.9, plan)
        )
      }
      #expect(comparisons[0].0 == comparisons[1].0 && comparisons[0].1 == comparisons[1].1)
    }
  }

  @Test func `exchanging the models turns difference and bounds`() throws {
    let given = Self.makeCase(rows: 300, classes: 4, models: 2, isWeighted: true, isScored: false, seed: 39)
    var turned = given
    turned.models.reverse()
    let (one, other) = (try resampled(given), try resampled(turned))
    for (name, (bounds, error)) in one {
      let opposite = try #require(other[name])
      #expect(agree(bounds.lower, -opposite.0.upper, absolute: 1e-12), "\(name)")
      #expect(agree(error, opposite.1))
    }
  }
}
