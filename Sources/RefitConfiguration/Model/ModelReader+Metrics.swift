import RefitCore
import RefitStatistics

extension PerformanceMetric {
  /// The bounds that make sense for the metric.
  var range: ValueKind<Double> {
    switch (possibleValues.lowerBound, possibleValues.upperBound) {
    case (0, 1): .unit
    case (-1, 1): .number("a number from -1 to 1") { -1 <= $0 && $0 <= 1 }
    case (0, _): .nonNegative
    default: .number("a number up to 1") { $0 <= 1 }
    }
  }

  /// The differences of two models that make sense for the metric.
  var margin: ValueKind<Double> { possibleValues == 0...1 ? .unit : .nonNegative }
}

extension ValueKind where Value == PerformanceMetric {
  static let metric = choice(
    "metric", of: PerformanceMetric.self, later: LaterWords.metrics, meant: LaterWords.meantMetrics)
}

extension ValueKind where Value == DriftStatistic {
  static let statistic = choice(
    "statistic", of: DriftStatistic.self, later: [], meant: LaterWords.meantStatistics)
}

extension Features {
  /// The columns that have a drift statistic of this scope.
  func names(in scope: DriftStatistic.Scope) -> [String] {
    switch scope {
    case .everyColumn: names
    case .numeric: numeric
    case .categorical: categorical
    }
  }
}

extension ModelReader {
  /// Reports a metric of the other task.
  func checkTask(_ metric: PerformanceMetric, at place: Place) {
    guard let task, metric.isForClassification != (task == .binaryClassification) else { return }
    let fitting = PerformanceMetric.allCases.filter { $0.isForClassification != metric.isForClassification }
    let names = fitting.map(\.rawValue).joined(separator: ", ")
    diagnostics.error(place, "\(metric.rawValue) does not fit the task \(task.rawValue): use \(names)")
  }

  /// Reports a metric that reads a column which the prediction log does not have.
  func checkColumns(_ metric: PerformanceMetric, at place: Place) {
    guard let columns = predictions.value?.columns, columns.score == nil else { return }
    let isHard = metric.isForClassification && !metric.readsScores
    guard !isHard || columns.prediction == nil else { return }
    let wanted = isHard ? "'score' or 'prediction'" : "'score'"
    diagnostics.error(
      place, "\(metric.rawValue) reads \(wanted), which 'columns' of 'predictions' do not have")
  }

  /// Reports a window that is longer than its reference is back: some rows would be held against themselves.
  func checkSeason(_ window: Timespan, of reader: String, at place: Place) {
    guard case .season(let season) = reference.value, season.distance < window else { return }
    diagnostics.error(
      place,
      "the window of \(window) of \(reader) overlaps its reference, \(season): let 'back' reach at least \(window)"
    )
  }

  /// Reports a drift statistic that no column can give, or that lacks what it compares with.
  func checkDrift(_ statistic: DriftStatistic, of reader: String, at place: Place) {
    if let features = features.value, features.names(in: statistic.scope).isEmpty {
      diagnostics.error(
        place, "\(statistic.rawValue) is for \(statistic.scope.rawValue) columns, and 'features' lists none")
    }
    if !map.has("reference"), declaresTraining == false {
      diagnostics.error(
        place, "\(reader) has nothing to compare with: give 'reference', or 'training' of the train job")
    }
  }
}
