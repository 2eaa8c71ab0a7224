import RefitEngine
import RefitReport
import RefitStatistics

/// A score as a page: what it comes to, metrics and curves, each group column, and the comparison.
struct ScoreReport {
  private let score: FileScore
  private let words: ScoreWords
  private let figures: ScoreFigures

  init(_ words: ScoreWords) {
    score = words.score
    self.words = words
    figures = ScoreFigures(words.score)
  }

  /// The page; the same score gives the same bytes.
  var page: String {
    ReportDocument(
      title: "Score of \(score.request.predictions.title)",
      introduction: [
        .list(facts), "<p><strong>\(words.summary)</strong></p>", .list(words.notes),
      ],
      sections: sections, footer: "Made by refit score \(Refit.configuration.version)."
    ).page
  }

  private var facts: [String] {
    let request = score.request
    return [
      "Predictions: \(request.predictions.told(rows: score.rows, separator: ", "))",
      "Task: \(ScoreTask(request.task).rawValue), label '\(request.label)'",
    ] + (request.labels.map { ["Labels: \($0.name)"] } ?? [])
      + (request.weight.map { ["Weight: '\($0)'"] } ?? [])
      + (request.champion.map { ["Champion: \($0.name)"] } ?? [])
  }

  private var sections: [ReportDocument.Section] {
    var sections = [
      ReportDocument.Section(
        "Metrics", anchor: "metrics",
        [metrics, score.outcomes.confusion.map(confusion)].compactMap { $0 } + [
          .row(([figures.metrics].compactMap { $0 } + figures.curves).map(\.markup))
        ])
    ]
    for (index, group) in score.fairness.enumerated() {
      sections.append(
        ReportDocument.Section(
          "Groups by \(group.column)", anchor: "groups-\(index + 1)",
          [measures(of: group), rates(of: group), .row(figures.rates(of: group).map(\.markup))]))
    }
    if let comparison = score.comparison {
      sections.append(
        ReportDocument.Section(
          "Comparison with \(score.request.champion?.name ?? "the champion")", anchor: "comparison",
          [
            self.comparison(comparison), words.mcNemar.map { Markup.paragraph($0) } ?? "",
            .row(
              ([figures.differences(comparison)].compactMap { $0 } + figures.curves(comparison)).map(\.markup)
            ),
          ]))
    }
    return sections
  }

  private var metrics: Markup {
    ReportTable(
      caption: "Every metric, with its two-sided interval at \(words.confidence)",
      columns: [("metric", .text), ("value", .number), ("from", .number), ("to", .number), ("by", .text)],
      rows: score.metrics.map { metric in
        let interval = metric.interval.value
        return [
          .init("<code>\(Markup(breaking: metric.name))</code>"), number(metric.value),
          number(interval?.lower),
          number(interval?.upper),
          .init(text: interval?.method.rawValue ?? ""),
        ]
      }
    ).markup
  }

  private func confusion(_ confusion: ConfusionTable) -> Markup {
    ReportTable(
      caption: "Confusion: rows of each label, by what was predicted",
      columns: [("label", .text)] + confusion.classes.map { ("predicted \($0)", .number) },
      rows: zip(confusion.classes, confusion.counts).map { name, counts in
        [.init("<bdi>\(name)</bdi>")] + counts.map { .init(text: PersonNumber.count($0)) }
      }
    ).markup
  }

  private func rates(of group: GroupScore) -> Markup {
    let names = group.groups.first?.rates.map(\.name) ?? []
    return ReportTable(
      caption: "Rates of each group",
      columns: [("group", .text), ("rows", .number)] + names.map { ($0, .number) },
      rows: ScoreWords.shown(group.groups).groups.map { group in
        [.init("<bdi>\(group.name)</bdi>"), .init(text: PersonNumber.count(group.count))]
          + group.rates.map { number($0.value) }
      }
    ).markup
  }

  private func measures(of group: GroupScore) -> Markup {
    ReportTable(
      caption: "How differently groups are treated, with two-sided intervals at \(words.confidence)",
      columns: [
        ("measure", .text), ("value", .number), ("from", .number), ("to", .number), ("lowest", .text),
        ("highest", .text),
      ],
      rows: group.measures.map { measure in
        let interval = measure.interval.value
        return [
          .init("<code>\(Markup(breaking: measure.name))</code>"), number(measure.value),
          number(interval?.lower),
          number(interval?.upper), .init("<bdi>\(measure.lowest ?? "")</bdi>"),
          .init("<bdi>\(measure.highest ?? "")</bdi>"),
        ]
      }
    ).markup
  }

  private func comparison(_ comparison: ScoreComparison) -> Markup {
    let margin = score.request.margin
    return ReportTable(
      caption: "Differences are candidate less champion; each bound is one-sided at \(words.confidence)",
      columns: [
        ("metric", .text), ("candidate", .number), ("champion", .number), ("difference", .number),
        ("at least", .number), ("at most", .number), ("p, Holm", .number), ("by", .text),
      ] + (margin == nil ? [] : [("verdict", .text)]),
      rows: comparison.metrics.map { metric in
        let verdict = margin.flatMap { metric.verdict(margin: $0) }
        return [
          .init("<code>\(Markup(breaking: metric.name))</code>"), number(metric.candidate),
          number(metric.champion),
          number(metric.difference), number(metric.bounds?.lower), number(metric.bounds?.upper),
          number(comparison.adjusted[metric.name]), .init(text: metric.method),
        ] + (margin == nil ? [] : [.init(text: verdict?.rawValue ?? "", verdict?.tone ?? .plain)])
      }
    ).markup
  }

  private func number(_ statistic: Statistic) -> ReportTable.Cell { number(statistic.value) }

  private func number(_ value: Double?) -> ReportTable.Cell {
    .init(text: value.map { PersonNumber.fixed($0, places: 4) } ?? "–")
  }
}

extension NonInferiority.Verdict {
  fileprivate var tone: ReportTable.Cell.Tone {
    switch self {
    case .superior, .nonInferior: .plain
    case .inferior: .bad
    case .inconclusive: .warning
    }
  }
}
