import RefitTesting
import Testing

@testable import RefitStatistics

@Suite struct ScoreDeviationsTests {
  private struct Rows {
    var labels: [Bool] = []
    var scores: [Double] = []
    var weights: [Double] = []

    /// TP/P − FP/N at a threshold, by its definition.
    func gap(at threshold: Double, _ times: [Double]) -> Double {
      func share(_ label: Bool) -> Double {
        var (above, all) = (0.0, 0.0)
        for row in labels.indices where labels[row] == label {
          all += times[row]
          above += scores[row] >= threshold ? times[row] : 0
        }
        return above / all
      }
      return share(true) - share(false)
    }

    /// The share of weight in (low, high] times how much more frequent positive labels are there than scores say.
    func binGap(over low: Double, to high: Double, _ times: [Double]) -> Double {
      var (labelled, said) = (0.0, 0.0)
      for row in labels.indices where scores[row] > low && scores[row] <= high {
        labelled += labels[row] ? times[row] : 0
        said += times[row] * scores[row]
      }
      return (labelled - said) / times.reduce(0, +)
    }

    func ks(_ times: [Double]) -> Double {
      Set(scores).map { abs(gap(at: $0, times) - gap(at: $0, weights)) }.max() ?? 0
    }

    func ece(_ times: [Double]) -> Double {
      (0..<10).reduce(0) { sum, bin in
        let (low, high) = (bin == 0 ? -1 : Double(bin) / 10, Double(bin + 1) / 10)
        return sum + abs(binGap(over: low, to: high, times) - binGap(over: low, to: high, weights))
      }
    }
  }

  /// So few rows are all in cells of their own, so that cells have to tell the same.
  @Test(arguments: [false, true])
  func `rows and cells stray as far as the definition says`(isWeighted: Bool) throws {
    var random = SeededGenerator(seed: 311)
    let metrics: [BinaryMetric] = [.named(.ece), .named(.averagePrecision), .named(.ks)]
    for grid in [12.0, 1_000] {
      var rows = Rows()
      for _ in 0..<80 {
        rows.labels.append(random.chance(0.4))
        rows.scores.append((random.unit() * grid).rounded() / grid)
        rows.weights.append(isWeighted ? random.unit() + 0.2 : 1)
      }
      let outcomes = BinaryOutcomes(
        labels: rows.labels, scores: rows.scores, predictions: nil, weights: isWeighted ? rows.weights : nil)
      let deviations = ScoreDeviations(outcomes, for: metrics)
      let cells = ScoreCells(
        labels: rows.labels, scores: rows.scores, weights: isWeighted ? rows.weights : nil, metrics: metrics,
        values: outcomes.measures(metrics))
      for _ in 0..<20 {
        let drawn = rows.labels.map { _ in UInt8(random.pick([0, 0, 1, 1, 2, 3])) }
        let times = zip(drawn, rows.weights).map { Double($0) * $1 }
        let found = drawn.withUnsafeBufferPointer { deviations.measures(multiplicities: $0) }
        let ofCells = drawn.withUnsafeBufferPointer { cells.resampled(multiplicities: $0) }
        for (index, expected) in [rows.ece(times), rows.ks(times)].enumerated() {
          #expect(agree(try #require(found[index]), expected, absolute: 1e-12))
          #expect(agree(try #require(ofCells[metrics.count + index]), expected, absolute: 1e-12))
        }
      }
    }
  }

  @Test func `a resample without a class has no curve, and one without rows no gaps`() {
    let outcomes = BinaryOutcomes(labels: [true, false, true], scores: [0.9, 0.2, 0.4], predictions: nil)
    let deviations = ScoreDeviations(outcomes, for: [.named(.ks), .named(.ece)])
    let oneClass: [UInt8] = [1, 0, 2]
    let none: [UInt8] = [0, 0, 0]
    let found = oneClass.withUnsafeBufferPointer { deviations.measures(multiplicities: $0) }
    #expect(found[0] == nil && found[1] != nil)
    #expect(none.withUnsafeBufferPointer { deviations.measures(multiplicities: $0) } == [nil, nil])
  }

  /// What chance adds is the mean of the deviations, and bounds reach as much further than the normal law.
  @Test func `bounds of a difference that chance may have shifted allow for both models`() throws {
    let replicates = (0..<201).map { Double($0 - 100) / 1_000 }
    let deviations = (0..<201).map { _ in (0.02, 0.05) }
    let resamples = MetricResamples(
      whole: [0.01, nil, nil], replicates: zip(replicates, deviations).map { [0.01 + $0, $1.0, $1.1] },
      leftOut: [], counts: nil)
    let bias = (1...2).map { resamples.greatestBias(deviation: $0) }
    #expect(agree(bias[0], 0.02) && agree(bias[1], 0.05))
    let compared = resamples.comparison(
      0, candidate: .defined(0.05), champion: .defined(0.04), modelsAgree: false,
      bias: PairedBias(candidate: bias[0], champion: bias[1]))
    // The standard deviation of 201 numbers one apart, times z at 95 %.
    let reach = 1.6448536269514722 * (201.0 * 202 / 12).squareRoot() / 1_000
    let bounds = try #require(compared.bounds(confidence: 0.95))
    #expect(agree(bounds.lower, 0.01 - 0.02 - reach, relative: 1e-6))
    #expect(agree(bounds.upper, 0.01 + 0.05 + reach, relative: 1e-6))
    #expect(compared.pValue == .defined(1) && compared.method == "bootstrap-bias-aware")
  }
}
