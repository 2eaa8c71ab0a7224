import RefitCore
import RefitStatistics

extension ConditionReader {
  func drift(_ leaf: MapReader) -> Condition? {
    model.need(feedback: false, for: leaf.title, at: leaf.place)
    let statistic = leaf.required("statistic", .statistic)
    if let statistic {
      model.checkDrift(statistic, of: leaf.title, at: leaf.placeOfValue("statistic"))
      if !statistic.growsWithDrift {
        let growing = DriftStatistic.allCases.filter(\.growsWithDrift).map(\.rawValue).joined(separator: ", ")
        leaf.error(
          at: "statistic", "\(statistic.rawValue) does not grow with drift; a bound needs one of \(growing)")
      }
    }
    let above = leaf.required("above", statistic?.isAtMostOne == true ? .unit : .nonNegative)
    let breadth = breadth(leaf, statistic)
    let window = leaf.optional("window", .duration) ?? model.monitors.value?.drift?.window ?? .days(7)
    model.checkSeason(window, of: leaf.title, at: leaf.place(of: "window"))
    let persistence = persistence(leaf)
    let samples = leaf.optional("min-samples", .integer(from: 1)) ?? 100
    guard let statistic, let above, let breadth, let persistence else { return nil }
    warnOfOverlap(leaf, window: window, persistence)
    return .drift(
      DriftCondition(
        statistic: statistic, above: above, breadth: breadth, window: window, persistence: persistence,
        minimumSamples: samples))
  }

  private func breadth(_ leaf: MapReader, _ statistic: DriftStatistic?) -> DriftCondition.Breadth? {
    let keys = ["at-least-columns", "share", "columns"]
    guard keys.contains(where: leaf.has) else { return .atLeastColumns(1) }
    switch leaf.exactlyOne(of: keys) {
    case "at-least-columns":
      return leaf.optional("at-least-columns", .integer(from: 1)).map { count in
        checkCount(leaf, count, statistic)
        return .atLeastColumns(count)
      }
    case "share": return leaf.optional("share", .share).map { .share($0) }
    case "columns":
      let columns = leaf.list("columns", of: .text)
      for column in columns { checkColumn(column, statistic) }
      return .columns(columns.map(\.value))
    default: return nil
    }
  }

  private func checkCount(_ leaf: MapReader, _ count: Int, _ statistic: DriftStatistic?) {
    guard let features = model.features.value, let statistic else { return }
    let columns = features.names(in: statistic.scope)
    guard count > columns.count else { return }
    leaf.error(
      at: "at-least-columns",
      "\(statistic.rawValue) is computed on \(columns.count) of the 'features', never on \(count)")
  }

  private func checkColumn(_ column: Placed<String>, _ statistic: DriftStatistic?) {
    if let role = model.roles[column.value] {
      diagnostics.error(column.place, "'\(column.value)' is no feature: it is the column of the \(role)")
      return
    }
    guard let features = model.features.value else { return }
    guard features.names.contains(column.value) else {
      let unknown = "'\(column.value)' is not in 'features'"
      let near = Spelling.nearest(to: column.value, among: features.names)
      diagnostics.error(column.place, near.map { "\(unknown): did you mean '\($0)'?" } ?? unknown)
      return
    }
    guard let statistic, !features.names(in: statistic.scope).contains(column.value) else { return }
    let kind = features.numeric.contains(column.value) ? "numeric" : "categorical"
    diagnostics.error(
      column.place,
      "\(statistic.rawValue) is for \(statistic.scope.rawValue) columns, and '\(column.value)' is \(kind)")
  }
}
