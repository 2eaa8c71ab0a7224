import RefitCore
import RefitStatistics

/// The numbers that are wanted of a model's logs: its monitors', and those that conditions read.
struct MonitorWork {
  /// Which rows a window takes.
  struct Period: Hashable {
    let window: Timespan
    let by: WindowTime
  }

  /// A metric of a window's labelled rows.
  struct Performance: Hashable {
    let metric: PerformanceMetric
    let period: Period
  }

  /// A statistic of each column of a window.
  struct Drift: Hashable {
    let statistic: DriftStatistic
    let period: Period
  }

  /// Each number once.
  let performance: [Performance]
  let drift: [Drift]

  init(_ model: Model) {
    let (monitors, conditions) = (model.monitors, model.retrain.when?.leaves ?? [])
    var performance: [Performance] = []
    if let monitor = monitors.performance {
      let period = Period(window: monitor.window, by: monitor.by)
      performance = monitor.metrics.map { Performance(metric: $0, period: period) }
    }
    for case .performance(let condition) in conditions {
      let period = Period(window: condition.window, by: monitors.performance?.by ?? .matured)
      performance.append(Performance(metric: condition.metric, period: period))
    }
    self.performance = performance.uniqued()
    var drift: [Drift] = []
    if let monitor = monitors.drift {
      let period = Period(window: monitor.window, by: monitor.by)
      drift = monitor.statistics.map { Drift(statistic: $0, period: period) }
    }
    for case .drift(let condition) in conditions {
      let period = Period(window: condition.window, by: monitors.drift?.by ?? .predicted)
      drift.append(Drift(statistic: condition.statistic, period: period))
    }
    self.drift = drift.uniqued()
  }
}

extension Array where Element: Hashable {
  /// The elements in order, each once.
  fileprivate func uniqued() -> [Element] {
    var seen: Set<Element> = []
    return filter { seen.insert($0).inserted }
  }
}
