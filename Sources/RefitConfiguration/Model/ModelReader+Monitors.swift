import RefitCore
import RefitStatistics

extension ModelReader {
  func readMonitors() -> Monitors? {
    map.ifSound {
      guard let monitors = map.map("monitors", .monitors) else { return nil }
      return Monitors(performance: readPerformance(of: monitors), drift: readDrift(of: monitors))
    }
  }

  private func readPerformance(of monitors: MapReader) -> Monitors.Performance? {
    guard let monitor = monitors.map("performance", .performanceMonitor, "monitor 'performance'") else {
      return nil
    }
    need(feedback: true, for: monitor.title, at: monitor.place)
    if !monitor.has("metrics") { monitor.missing("metrics") }
    let metrics = monitor.list("metrics", of: .metric)
    for metric in metrics {
      checkTask(metric.value, at: metric.place)
      checkColumns(metric.value, at: metric.place)
    }
    let standard = Monitors.Performance(metrics: metrics.map(\.value))
    return Monitors.Performance(
      metrics: standard.metrics, window: monitor.optional("window", .duration) ?? standard.window,
      by: monitor.optional("by", .windowTime) ?? standard.by)
  }

  private func readDrift(of monitors: MapReader) -> Monitors.Drift? {
    guard let monitor = monitors.map("drift", .driftMonitor, "monitor 'drift'") else { return nil }
    need(feedback: false, for: monitor.title, at: monitor.place)
    if !monitor.has("statistics") { monitor.missing("statistics") }
    let statistics = monitor.list("statistics", of: .statistic)
    for statistic in statistics { checkDrift(statistic.value, of: monitor.title, at: statistic.place) }
    let standard = Monitors.Drift(statistics: statistics.map(\.value))
    let window = monitor.optional("window", .duration) ?? standard.window
    checkSeason(window, of: monitor.title, at: monitor.place(of: "window"))
    return Monitors.Drift(
      statistics: standard.statistics, window: window,
      by: monitor.optional("by", .windowTime) ?? standard.by)
  }
}

extension ValueKind where Value == WindowTime {
  static let windowTime = choice("time", of: WindowTime.self)
}
