/// The rows of a binary task by their label and two models' hard predictions: eight counts, from which each metric of
/// hard predictions follows for both models, and its bootstrap without a look at any row.
public struct PairedConfusion: Sendable, Hashable {
  /// By label, candidate's and champion's prediction: 4·label + 2·candidate + champion.
  private var cells: [Int]

  /// Counts the rows; traps when the lengths differ.
  public init(labels: [Bool], candidate: [Bool], champion: [Bool]) {
    precondition(labels.count == candidate.count && labels.count == champion.count, "one prediction a label")
    cells = [Int](repeating: 0, count: 8)
    for row in labels.indices {
      cells[(labels[row] ? 4 : 0) + (candidate[row] ? 2 : 0) + (champion[row] ? 1 : 0)] += 1
    }
  }

  private init(cells: [Int]) { self.cells = cells }

  /// Of two models that are right or wrong in whatever task: the label is then that they are right.
  public init(candidateCorrect: [Bool], championCorrect: [Bool]) {
    self.init(
      labels: [Bool](repeating: true, count: candidateCorrect.count), candidate: candidateCorrect,
      champion: championCorrect)
  }

  /// The rows that exactly one model has right.
  public var discordance: McNemar {
    McNemar(onlyCandidate: cells[6] + cells[1], onlyChampion: cells[5] + cells[2])
  }

  var candidate: BinaryConfusion {
    BinaryConfusion(
      truePositives: cells[6] + cells[7], falsePositives: cells[2] + cells[3],
      trueNegatives: cells[0] + cells[1], falseNegatives: cells[4] + cells[5])
  }

  var champion: BinaryConfusion { turned.candidate }

  /// With the models exchanged.
  private var turned: PairedConfusion {
    PairedConfusion(cells: [0, 2, 1, 3, 4, 6, 5, 7].map { cells[$0] })
  }

  /// The Poisson-weighted paired bootstrap of a metric of hard predictions; undefined for any other.
  ///
  /// A kind of rows is drawn as often as a Poisson variable with its count as mean, which is the sum of its rows'
  /// weights. Exchanging the models turns the sign of each replicate, unless each kind is as frequent as its mirror.
  public func bootstrap(_ plan: ResamplingPlan, _ metric: PerformanceMetric) -> BootstrapComparison {
    bootstrap(plan, .named(metric))
  }

  /// The same of a metric that is told something.
  public func bootstrap(_ plan: ResamplingPlan, _ metric: BinaryMetric) -> BootstrapComparison {
    // Kinds are drawn in the order of the models that has the larger counts first, whichever of them is asked for.
    let isTurned = cells.lexicographicallyPrecedes(turned.cells)
    let kinds = isTurned ? turned : self
    let (own, other) = (candidate.weights.measure(metric), champion.weights.measure(metric))
    let difference = own.less(other).value
    let resamples = difference.map { difference in
      MetricResamples(kinds: kinds.cells, whole: [difference], plan) { cells in
        let drawn = PairedConfusion(cells: cells)
        let difference = drawn.candidate.weights.measure(metric).less(drawn.champion.weights.measure(metric))
        return [difference.value.map { isTurned ? -$0 : $0 }]
      }
    }
    return BootstrapComparison(
      candidate: own, champion: other, modelsAgree: cells[1] + cells[2] + cells[5] + cells[6] == 0,
      resampled: resamples?.statistic(0, estimate: difference ?? 0))
  }
}

extension BinaryConfusion {
  init(truePositives: Int, falsePositives: Int, trueNegatives: Int, falseNegatives: Int) {
    self.truePositives = truePositives
    self.falsePositives = falsePositives
    self.trueNegatives = trueNegatives
    self.falseNegatives = falseNegatives
  }
}
