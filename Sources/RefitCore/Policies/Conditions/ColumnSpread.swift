/// How far the columns of one window have drifted.
struct ColumnSpread {
  let condition: DriftCondition
  /// Columns whose statistic is known, the furthest first; equal ones by name.
  let known: [(column: String, value: Double)]
  /// Columns whose statistic is not known, and why, by name.
  let unknown: [(column: String, reason: String)]
  /// How many columns must be above.
  let needed: Int
  /// The observations of the known columns; of all when none is known.
  let read: [Observation]

  init(condition: DriftCondition, observations: [Observation]) {
    self.condition = condition
    var byColumn: [String: Observation] = [:]
    for observation in observations { byColumn[observation.column!] = observation }
    let columns: [String]
    switch condition.breadth {
    case .columns(let names): (columns, needed) = (Set(names).sorted(), max(1, Set(names).count))
    case .atLeastColumns(let count): (columns, needed) = (byColumn.keys.sorted(), max(1, count))
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
    read = (known.isEmpty ? columns : known.map(\.column)).compactMap { byColumn[$0] }
  }

  var above: Int { known.prefix { $0.value > condition.above }.count }

  var truth: Truth {
    if above >= needed { return .yes }
    return above + unknown.count >= needed ? .unknown : .no
  }

  /// `observed` is the value of the column that decides: the one that must be above for enough to be above.
  var reading: Evaluation.Reading {
    var reading = Evaluation.Reading()
    if needed <= known.count { reading.observed = known[needed - 1].value }
    reading.threshold = condition.above
    reading.columns = known.prefix(above).map(\.column).sorted()
    reading.sampleSize = read.compactMap(\.sampleSize).min()
    reading.window = read.first?.window
    reading.source = read.first?.source
    reading.knownAt = read.map(\.knownAt).max()
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
    return text + "; \(needed) \(needed == 1 ? "is" : "are") \(truth == .yes ? "enough" : "needed")"
  }

  private func named(_ entry: (column: String, value: Double)) -> String {
    "\(entry.column) \(Figure.text(entry.value, beside: condition.above))"
  }

  /// What would bring the count of columns to the other side: the change of one column, or of several, as far
  /// as the furthest of them has to go.
  func flip(_ truth: Truth) -> Finding.Flip? {
    guard truth != .unknown, needed <= known.count else { return nil }
    let statistic = condition.statistic.rawValue
    let bound = Figure.exact(condition.above)
    let last = known[needed - 1]
    var flip = Threshold.above(condition.above).flip(
      of: "\(statistic) of \(last.column)", at: last.value, truth)
    let missing = needed - above
    if truth == .yes && missing < 0 {
      flip.phrase = "if \(statistic) had been at most \(bound) on \(1 - missing) of these columns"
    }
    if truth == .no && missing > 1 {
      let distance = Figure.change(condition.above - last.value)
      flip.phrase = "if \(statistic) rose past \(bound) on \(missing) more columns"
      flip.phrase += ", \(last.column) being the furthest of them by \(distance)"
    }
    return flip
  }
}
