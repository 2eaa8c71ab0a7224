import RefitCore
import RefitExecution
import RefitStatistics

/// The labelled rows of one version in a window.
struct LabelledWindow {
  /// How many there are.
  let count: Int
  private let outcomes: Result<LabelledOutcomes, DataError>

  /// - Parameter rows: of the log; each has a label.
  init(log: LabelledLog, rows: [Int]) {
    count = rows.count
    do {
      outcomes = .success(try LabelledOutcomes(log: log, rows: rows))
    } catch {
      outcomes = .failure(error)
    }
  }

  /// A metric of the rows; undefined for all metrics where a label or what was predicted can't be used.
  func measure(_ metric: PerformanceMetric) -> Statistic {
    switch outcomes {
    case .success(let outcomes): outcomes.measure(metric)
    case .failure(let error): .undefined(error.description)
    }
  }
}
