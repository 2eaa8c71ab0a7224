@testable import RefitStatistics

/// Metrics of a regression as sums, by their definitions.
extension PairedSums {
  /// Two models' mean losses.
  static func meanLosses(candidate: [Double], champion: [Double]) -> PairedSums {
    PairedSums([candidate, champion], modelsAgree: candidate == champion) { sums, rows in
      (mean(sums[0], rows), mean(sums[1], rows))
    }
  }

  /// The root of two models' mean squared errors, from the errors (target − prediction).
  static func rootMeanSquares(candidateErrors: [Double], championErrors: [Double]) -> PairedSums {
    PairedSums(
      [candidateErrors.map { $0 * $0 }, championErrors.map { $0 * $0 }],
      modelsAgree: candidateErrors == championErrors
    ) { sums, rows in
      (mean(sums[0], rows).squareRoot, mean(sums[1], rows).squareRoot)
    }
  }

  /// Two models' shares of the targets' variance that they explain (`sklearn.metrics.r2_score`), from the errors.
  static func explainedShares(
    targets: [Double], candidateErrors: [Double], championErrors: [Double]
  ) -> PairedSums {
    let middle = targets.reduce(0) { $0 + $1 / Double(targets.count) }
    let centred = targets.map { $0 - middle }
    let squares = [centred, candidateErrors, championErrors].map { $0.map { $0 * $0 } }
    return PairedSums([centred] + squares, modelsAgree: candidateErrors == championErrors) { sums, rows in
      let spread = sums[1] - sums[0] * sums[0] / rows
      guard rows > 0, spread > 1e-12 * sums[1] else {
        return (.undefined("all targets are equal"), .undefined("all targets are equal"))
      }
      return (Statistic(finite: 1 - sums[2] / spread), Statistic(finite: 1 - sums[3] / spread))
    }
  }

  private static func mean(_ sum: Double, _ rows: Double) -> Statistic {
    rows > 0 ? Statistic(finite: sum / rows) : .undefined("there are no rows")
  }
}

extension Statistic {
  fileprivate var squareRoot: Statistic {
    switch self {
    case .defined(let value): .defined(max(0, value).squareRoot())
    case .undefined: self
    }
  }
}
