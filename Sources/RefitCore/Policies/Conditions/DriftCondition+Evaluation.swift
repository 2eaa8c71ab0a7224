import RefitStatistics

extension DriftCondition: LeafCondition {
  static var kind: String { "drift" }

  var need: ObservationNeed? {
    var need = ObservationNeed(metric: statistic.rawValue, ofVersion: false, window: window)
    need.columns = if case .columns(let names) = breadth { .named(names) } else { .every }
    need.evaluations = persistence.reach
    return need
  }

  func finding(in history: ObservationHistory) -> Finding {
    var series = history.series(of: statistic.rawValue, window: window, perColumn: true)
    if case .columns(let names) = breadth { series.removeAll { !names.contains($0.column!) } }
    let windows = Dictionary(grouping: series, by: \.window.end)
    return persistence.agreement(over: history.evaluations, on: claim) { index in
      let evaluation = history.evaluations[index]
      return finding(of: windows[evaluation] ?? [], at: evaluation)
    }
  }

  func obstacles(in history: ObservationHistory) -> [String] {
    let series = history.series(of: statistic.rawValue, window: window, perColumn: true)
    let monitored = Set(series.map { $0.column! }).sorted()
    guard !monitored.isEmpty else { return [] }
    let shortages = monitored.flatMap { column in
      shortage(
        of: "\(statistic.rawValue) of \(column)", in: series.filter { $0.column == column }, rows: "row",
        minimum: minimumSamples)
    }
    return shortages + narrowness(monitored)
  }

  /// Says so when the columns that are asked for are not there.
  private func narrowness(_ monitored: [String]) -> [String] {
    switch breadth {
    case .share: return []
    case .atLeastColumns(let count):
      guard monitored.count < count else { return [] }
      let columns = Figure.count(monitored.count, "column")
      return ["\(statistic.rawValue) is observed on \(columns), and at-least-columns asks for \(count)"]
    case .columns(let names):
      let others = names.filter { !monitored.contains($0) }
      guard !others.isEmpty else { return [] }
      return ["\(statistic.rawValue) is never observed on \(others.joined(separator: ", "))"]
    }
  }

  private var claim: String {
    "\(statistic.rawValue) above \(Figure.exact(above)) on \(asked)"
  }

  /// `2 columns`, `30 % of the columns`, `income and region`.
  private var asked: String {
    switch breadth {
    case .atLeastColumns(let count): Figure.count(count, "column")
    case .share(let share): "\(Figure.percent(share)) of the columns"
    case .columns(let names): names.joined(separator: " and ")
    }
  }
}

extension DriftCondition {
  fileprivate func finding(of observations: [Observation], at evaluation: Instant) -> Finding {
    guard !observations.isEmpty else {
      return .unknown(statistic.rawValue, "nothing was observed over the \(window) to \(evaluation)")
    }
    let spread = ColumnSpread(condition: self, observations: observations)
    let truth = spread.truth
    return Finding(
      truth: truth, sentence: spread.sentence(truth), reading: spread.reading, flip: spread.flip(truth))
  }
}
