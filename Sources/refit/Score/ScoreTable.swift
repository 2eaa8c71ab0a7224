import RefitEngine
import RefitStatistics

/// A score for people: what was judged, tables of metrics, groups and the comparison, and what it comes to.
struct ScoreTable {
  private let score: FileScore
  private let words: ScoreWords
  private let terminal: Terminal

  init(_ words: ScoreWords, terminal: Terminal = .standardOutput) {
    score = words.score
    self.words = words
    self.terminal = terminal
  }

  func tell() { say(text, terminator: "") }

  /// All of it, each line with its newline.
  var text: String {
    var parts = [
      ShownText(score.request.predictions.told(rows: score.rows, separator: "  ")).text + "\n", metrics,
    ]
    for group in score.fairness { parts += [rates(of: group), measures(of: group)] }
    if let comparison = score.comparison { parts.append(self.comparison(comparison)) }
    let notes = words.notes.map { "\(terminal.styled(ShownText($0).text, .dim))\n" }.joined()
    parts.append("\(ShownText(words.summary).text)\n\(notes)")
    return parts.joined(separator: "\n")
  }

  private var metrics: String {
    var table = TextTable([
      .init("metric"), .init("value", .right), .init("\(words.confidence) interval", .right), .init("by"),
    ])
    for metric in score.metrics {
      table.append([
        .init(metric.name), number(metric.value), .init(Self.text(metric.interval) ?? terminal.nothing),
        .init(metric.interval.value?.method.rawValue ?? ""),
      ])
    }
    return table.rendered(for: terminal)
  }

  private func rates(of group: GroupScore) -> String {
    let names = group.groups.first?.rates.map(\.name) ?? []
    var table = TextTable([.init(group.column), .init("rows", .right)] + names.map { .init($0, .right) })
    for group in ScoreWords.shown(group.groups).groups {
      table.append(
        [.init(group.name), .init(PersonNumber.count(group.count))] + group.rates.map { number($0.value) })
    }
    return table.rendered(for: terminal)
  }

  private func measures(of group: GroupScore) -> String {
    var table = TextTable([
      .init("measure"), .init("value", .right), .init("\(words.confidence) interval", .right),
      .init("lowest"),
      .init("highest"),
    ])
    for measure in group.measures {
      let isEqual = measure.lowest == measure.highest
      table.append([
        .init(measure.name), number(measure.value), .init(Self.text(measure.interval) ?? terminal.nothing),
        .init(isEqual ? "" : measure.lowest ?? ""), .init(isEqual ? "" : measure.highest ?? ""),
      ])
    }
    return table.rendered(for: terminal)
  }

  private func comparison(_ comparison: ScoreComparison) -> String {
    let margin = score.request.margin
    var table = TextTable(
      [
        .init("metric"), .init("candidate", .right), .init("champion", .right), .init("difference", .right),
        .init("at least", .right), .init("at most", .right), .init("p, holm", .right), .init("by"),
      ] + (margin == nil ? [] : [.init("verdict")]))
    for metric in comparison.metrics {
      let verdict = margin.flatMap { metric.verdict(margin: $0) }
      table.append(
        [
          .init(metric.name), number(metric.candidate), number(metric.champion), number(metric.difference),
          .init(metric.bounds.map { Self.fixed($0.lower) } ?? terminal.nothing),
          .init(metric.bounds.map { Self.fixed($0.upper) } ?? terminal.nothing),
          .init(comparison.adjusted[metric.name].map(Self.fixed) ?? terminal.nothing), .init(metric.method),
        ] + (margin == nil ? [] : [verdict.map { .init($0.rawValue, $0.style) } ?? .init("")]))
    }
    return table.rendered(for: terminal) + (words.mcNemar.map { "\($0)\n" } ?? "")
  }

  private func number(_ statistic: Statistic) -> TextTable.Cell {
    .init(statistic.value.map(Self.fixed) ?? terminal.nothing)
  }

  private static func fixed(_ number: Double) -> String { PersonNumber.fixed(number, places: 4) }

  private static func text(_ interval: IntervalEstimate) -> String? {
    interval.value.map { "\(fixed($0.lower)) to \(fixed($0.upper))" }
  }
}

extension NonInferiority.Verdict {
  var style: TextStyle {
    switch self {
    case .superior, .nonInferior: .good
    case .inferior: .bad
    case .inconclusive: .warning
    }
  }
}
