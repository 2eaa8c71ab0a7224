/// Sums over the rows of a binary task of which metrics of hard predictions and mean losses are functions, so that they
/// are resampled without the rows (`RowBlocks`).
struct OutcomeSums: Sendable {
  private let metrics: [BinaryMetric]
  /// Of each block: the weight of all rows, of those of each cell, and the weighted losses.
  let columns: [[Double]]

  private enum Column: Int, CaseIterable {
    case weight, truePositives, falsePositives, trueNegatives, falseNegatives, brier, logLoss
  }

  static let width = Column.allCases.count

  /// - Parameter metrics: any that reads no ranks and no bins, and is defined on these rows.
  init(_ outcomes: BinaryOutcomes, for metrics: [BinaryMetric], _ blocks: RowBlocks) {
    self.metrics = metrics
    let weights = outcomes.weights?.values ?? [Double](repeating: 1, count: outcomes.count)
    func sums(_ value: (Int) -> Double) -> [Double] {
      blocks.sums(weights.indices.map { weights[$0] * value($0) })
    }
    columns = Column.allCases.map { column in
      func cell(_ label: Bool, _ prediction: Bool) -> [Double] {
        guard let predictions = outcomes.predictions else { return sums { _ in 0 } }
        return sums { outcomes.labels[$0] == label && predictions[$0] == prediction ? 1 : 0 }
      }
      func losses(_ metric: PerformanceMetric) -> [Double] {
        guard metrics.contains(.named(metric)), let values = outcomes.rowValues(metric) else {
          return sums { _ in 0 }
        }
        return sums { values[$0] }
      }
      return switch column {
      case .weight: blocks.sums(weights)
      case .truePositives: cell(true, true)
      case .falsePositives: cell(false, true)
      case .trueNegatives: cell(false, false)
      case .falseNegatives: cell(true, false)
      case .brier: losses(.brier)
      case .logLoss: losses(.logLoss)
      }
    }
  }

  /// The metrics, from the sum of each column.
  func measures(_ sums: ArraySlice<Double>) -> [Statistic] {
    func sum(_ column: Column) -> Double { sums[sums.startIndex + column.rawValue] }
    func mean(_ column: Column) -> Statistic {
      sum(.weight) > 0 ? Statistic(finite: sum(column) / sum(.weight)) : .undefined("there are no rows")
    }
    let cells = ConfusionWeights(
      truePositives: sum(.truePositives), falsePositives: sum(.falsePositives),
      trueNegatives: sum(.trueNegatives), falseNegatives: sum(.falseNegatives))
    return metrics.map { metric in
      switch metric {
      case .named(.brier): mean(.brier)
      case .named(.logLoss): mean(.logLoss)
      default: cells.measure(metric)
      }
    }
  }
}

extension BinaryMetric {
  /// Whether it is a function of sums over rows, each row for itself.
  var isOfSums: Bool {
    switch MetricNeeds.kind(of: self) {
    case .decisions: true
    case .probabilities: self != .named(.ece)
    case .ranks, .regression: false
    }
  }
}
