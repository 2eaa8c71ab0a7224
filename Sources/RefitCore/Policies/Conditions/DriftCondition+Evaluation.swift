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
    let series = history.series(of: statistic.rawValue, window: window, perColumn: true)
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

/// How far the columns of one window have drifted.
private struct ColumnSpread {
  let condition: DriftCondition
  /// Columns whose statistic is known, the furthest first; equal ones by name.
  let known: [(column: String, value: Double)]
  /// Columns whose statistic is not known, and why, by name.
  let unknown: [(column: String, reason: String)]
  /// How many columns must be above.
  let needed: Int
  let used: [Observation]

  init(condition: DriftCondition, observations: [Observation]) {
    self.condition = condition
    var byColumn: [String: Observation] = [:]
    for observation in observations { byColumn[observation.column!] = observation }
    let columns: [String]
    switch condition.breadth {
    case .columns(let names): (columns, needed) = (Set(names).sorted(), Set(names).count)
    case .atLeastColumns(let count): (columns, needed) = (byColumn.keys.sorted(), count)
    case .share(let share):
      columns = byColumn.keys.sorted()
      // 0.7 of 10 columns are 7, though 0.7 · 10 is a little more.
      needed = max(1, Int((share * Double(columns.count) - 1e-9).rounded(.up)))
    }
    var known: [(column: String, value: Double)] = []
    var unknown: [(column: String, reason: String)] = []
    for column in columns {
      switch byColumn[column]?.usable(minimumSamples: condition.minimumSamples, rows: "row") {
      case .value(let value): known.append((column, value))
      case .unusable(let reason): unknown.append((column, reason))
      case nil: unknown.append((column, "nothing was observed"))
      }
    }
    known.sort { $0.value != $1.value ? $0.value > $1.value : $0.column < $1.column }
    self.known = known
    self.unknown = unknown
    used = columns.compactMap { byColumn[$0] }
  }

  var above: Int { known.prefix { $0.value > condition.above }.count }

  var truth: Truth {
    if above >= needed { return .yes }
    return above + unknown.count >= needed ? .unknown : .no
  }

  /// `observed` is the value of the column that decides: the one that must be above for enough to be above.
  var reading: Evaluation.Reading {
    var reading = Evaluation.Reading()
    if needed >= 1 && needed <= known.count { reading.observed = known[needed - 1].value }
    reading.threshold = condition.above
    reading.columns = known.prefix(above).map(\.column).sorted()
    reading.sampleSize = used.compactMap(\.sampleSize).min()
    reading.window = used.first?.window
    reading.source = used.first?.source
    reading.knownAt = used.map(\.knownAt).max()
    return reading
  }

  func sentence(_ truth: Truth) -> String {
    let statistic = condition.statistic.rawValue
    let bound = Figure.exact(condition.above)
    let past = known.prefix(above)
    let rows = reading.sampleSize.map { " (\(Figure.count($0, "row")))" } ?? ""
    let over = "over \(condition.window)\(rows)"
    let monitored = known.count + unknown.count
    let list = past.prefix(5).map { named($0) } + (above > 5 ? ["\(above - 5) more"] : [])
    var text = "\(statistic) is above \(bound) on \(above) of \(Figure.count(monitored, "column")) \(over)"
    if !past.isEmpty { text += ": " + list.joined(separator: ", ") }
    if above < known.count {
      text += "; highest \(past.isEmpty ? "is" : "of the others is") \(named(known[above]))"
    }
    if let first = unknown.first {
      let names = unknown.count == 1 ? first.column : "\(unknown.count) columns, among them \(first.column)"
      text += "; unknown on \(names): \(first.reason)"
    }
    return text
      + "; \(needed) \(truth == .yes ? (needed == 1 ? "is" : "are") + " enough" : (needed == 1 ? "is" : "are") + " needed")"
  }

  private func named(_ entry: (column: String, value: Double)) -> String {
    "\(entry.column) \(Figure.text(entry.value, beside: condition.above))"
  }

  /// The change of the one column, or of the nearest few, that would bring the count to the other side.
  func flip(_ truth: Truth) -> Finding.Flip? {
    let statistic = condition.statistic.rawValue
    let threshold = Threshold.above(condition.above)
    switch truth {
    case .unknown: return nil
    case .no where needed > known.count: return nil
    case .no:
      var flip = threshold.flip(
        of: "\(statistic) of \(known[needed - 1].column)", at: known[needed - 1].value, truth)
      let missing = needed - above
      if missing > 1 {
        let furthest =
          "the furthest of them, \(known[needed - 1].column), by \(Figure.change(condition.above - known[needed - 1].value))"
        flip.phrase =
          "if \(statistic) rose past \(Figure.exact(condition.above)) on \(missing) more columns, \(furthest)"
      }
      return flip
    case .yes:
      let surplus = above - needed + 1
      let nearest = known[above - surplus]
      var flip = threshold.flip(of: "\(statistic) of \(nearest.column)", at: nearest.value, truth)
      if surplus > 1 {
        flip.phrase =
          "if \(statistic) had been at most \(Figure.exact(condition.above)) on \(surplus) of these columns"
      }
      return flip
    }
  }
}
