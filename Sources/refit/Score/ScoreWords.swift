import RefitEngine
import RefitStatistics

/// A score in sentences, for the terminal and for the page.
struct ScoreWords {
  let score: FileScore
  let verdict: ScoreVerdict?

  /// What the whole comes to.
  var summary: String {
    [own, compared].compactMap { $0 }.joined(separator: " ")
  }

  private var own: String {
    let names = [verdict?.metric.name, "roc_auc", "accuracy", "rmse"]
    let main =
      names.compactMap { name in score.metrics.first { $0.name == name } }.first ?? score.metrics.first
    guard let main else { return "There is nothing to score." }
    guard let value = main.value.value else {
      return "\(main.name) is undefined: \(main.value.reason ?? "")."
    }
    let interval = main.interval.value.map {
      ", \(PersonNumber.text($0.lower)) to \(PersonNumber.text($0.upper)) at \(confidence)"
    }
    return
      "\(main.name) is \(PersonNumber.text(value)) over \(PersonNumber.count(score.rows, "row"))\(interval ?? "")."
  }

  private var compared: String? {
    guard let comparison = score.comparison, let champion = score.request.champion?.name else { return nil }
    let metric = verdict?.metric ?? comparison.metrics.first { $0.name == comparison.main }
    guard let metric else { return "Nothing could be compared with \(champion)." }
    guard let difference = metric.difference.value else {
      return "\(metric.name) can't be compared with \(champion): \(metric.difference.reason ?? "")."
    }
    let bounds = metric.bounds.map {
      ", bounds \(Self.signed($0.lower)) and \(Self.signed($0.upper)), each at \(confidence)"
    }
    let sentence =
      "Against \(champion) \(metric.name) differs by \(Self.signed(difference))\(bounds ?? "") "
      + "(\(metric.better.rawValue) is better)"
    guard let verdict else { return sentence + "." }
    return sentence
      + ": \(verdict.verdict.rawValue) at a margin of \(PersonNumber.text(verdict.margin))\(needed(verdict))."
  }

  private func needed(_ verdict: ScoreVerdict) -> String {
    guard verdict.verdict == .inconclusive else { return "" }
    switch verdict.metric.rowsToSettle(margin: verdict.margin) {
    case .undefined(let reason): return "; \(reason)"
    case .defined(let rows):
      return "; about \(PersonNumber.count(Int(rows), "row")) like these would settle it, here are "
        + PersonNumber.count(verdict.metric.rowsInAll)
    }
  }

  var confidence: String { PersonNumber.percent(score.request.confidence) }

  /// What McNemar's test says; nil where there is none.
  var mcNemar: String? {
    score.comparison?.discordance.map { discordance in
      let rows = score.request.weight == nil ? "rows" : "rows, whatever they weigh,"
      return
        "McNemar: \(PersonNumber.count(discordance.onlyCandidate)) \(rows) only the candidate has right, "
        + "\(PersonNumber.count(discordance.onlyChampion)) only the champion; exact p "
        + "\(PersonNumber.fixed(discordance.exactPValue, places: 4))."
    }
  }

  /// Of a column's groups the largest, in the order of their names, and how many others there are.
  static func shown(_ groups: [GroupScore.Group]) -> (groups: [GroupScore.Group], others: Int) {
    let most = 50
    let largest = groups.indices.sorted { (-groups[$0].count, $0) < (-groups[$1].count, $1) }.prefix(most)
    return (largest.sorted().map { groups[$0] }, groups.count - largest.count)
  }

  /// With its sign, so that a difference reads as one.
  static func signed(_ number: Double) -> String {
    number > 0 ? "+\(PersonNumber.text(number))" : PersonNumber.text(number)
  }

  /// What a reader of the numbers should know beside them.
  var notes: [String] {
    var notes: [String] = []
    let request = score.request
    if score.unlabelled > 0 {
      notes.append("\(PersonNumber.count(score.unlabelled, "row")) without a label left out.")
    }
    if let stray = score.strayLabels, stray > 0 {
      notes.append("\(PersonNumber.count(stray, "label")) without a prediction left out.")
    }
    for metric in score.metrics {
      if let reason = metric.value.reason { notes.append("\(metric.name): \(reason).") }
    }
    let bare = score.metrics.filter { $0.value.value != nil }.compactMap { metric in
      metric.interval.reason.map { ($0, metric.name) }
    }
    for (reason, names) in Self.grouped(bare) {
      notes.append("Without an interval: \(names.joined(separator: ", ")): \(reason).")
    }
    if case .regression(let outcomes) = score.outcomes, let span = outcomes.span {
      notes.append(
        "coverage is of the span between the quantiles \(span.lower) and \(span.upper), where "
          + "\(PersonNumber.percent(span.nominalCoverage)) of rows should lie.")
    }
    for group in score.fairness { notes += Self.notes(of: group) }
    if score.fairness.contains(where: { $0.measures.contains { $0.interval.value != nil } }) {
      notes.append(
        "A difference of groups is never under 0: its interval says how large it may be, not that there is one."
      )
    }
    if case .binary(let columns) = request.task, columns.threshold == nil, case .column = request.champion {
      notes.append("The champion has scores and no decisions, so that metrics of decisions are not compared.")
    }
    if let comparison = score.comparison, comparison.onlyHere + comparison.onlyThere > 0 {
      notes.append(
        "Compared on the rows that both files have: \(PersonNumber.count(comparison.onlyHere)) here and "
          + "\(PersonNumber.count(comparison.onlyThere)) there have no partner.")
    }
    notes.append(
      "Bootstraps: \(PersonNumber.count(request.plan.resamples)) resamples, seed \(request.plan.seed).")
    return notes
  }

  private static func notes(of group: GroupScore) -> [String] {
    var notes: [String] = []
    if group.missing > 0 {
      notes.append("\(group.column): \(PersonNumber.count(group.missing, "row")) without a group.")
    }
    let others = Self.shown(group.groups).others
    if others > 0 {
      notes.append(
        "\(group.column): \(PersonNumber.count(others, "smaller group")) not shown, which --json has.")
    }
    let most = 6
    let small = Self.grouped(group.leftOut.map { ($0.group, "\($0.rate) (\($0.reason))") })
    for (name, rates) in small.prefix(most) {
      notes.append("\(group.column): \(name) is left out of \(rates.joined(separator: ", ")).")
    }
    if small.count > most {
      notes.append("\(group.column): \(small.count - most) more groups are left out, which --json names.")
    }
    for (reason, names) in Self.grouped(
      group.measures.compactMap { measure in measure.value.reason.map { ($0, measure.name) } })
    {
      notes.append("\(group.column): without \(names.joined(separator: ", ")): \(reason).")
    }
    return notes
  }

  /// Each key once, in the order of its first appearance, with its values.
  private static func grouped(_ pairs: [(String, String)]) -> [(key: String, values: [String])] {
    var groups: [(key: String, values: [String])] = []
    var places: [String: Int] = [:]
    for (key, value) in pairs {
      if let place = places[key] {
        groups[place].values.append(value)
      } else {
        places[key] = groups.count
        groups.append((key, [value]))
      }
    }
    return groups
  }
}
