import RefitEngine
import RefitReport
import RefitStatistics

/// A profile as a page: what it comes to, all columns in a table, and for each its figures and every statistic.
struct ProfileReport {
  private let profile: FileProfile
  private let words: ProfileWords

  init(_ profile: FileProfile) {
    self.profile = profile
    words = ProfileWords(profile)
  }

  /// The page; the same profile gives the same bytes.
  var page: String {
    let sides = [("Reference", profile.reference), ("Current", profile.current)].map { title, side in
      "\(title): \(side.files.told(rows: side.rowCount, separator: ", "))"
    }
    return ReportDocument(
      title: "Drift of \(profile.current.files.title) from \(profile.reference.files.title)",
      introduction: [
        .list(sides), "<p><strong>\(words.summary)</strong></p>", .list(words.notes), overview,
        .paragraph(
          "PSI: population stability index. By chance: about what PSI is when nothing has changed, from the number "
            + "of rows alone. JS: Jensen–Shannon distance, 0 to 1. KS / L-inf: the largest difference of the two "
            + "distribution functions, of categories that of one share. Wasserstein: in standard deviations of the "
            + "reference. p-value: of the KS test, of categories of the chi-square test; over many rows even a "
            + "change too small to matter has a small one."),
      ],
      sections: words.ranked.enumerated().map { index, column in
        ReportDocument.Section(column.name, anchor: "column-\(index + 1)", content(of: column))
      },
      footer: "Made by refit profile \(Refit.configuration.version)."
    ).page
  }

  // MARK: - All columns

  private var overview: Markup {
    let rows = words.ranked.enumerated().map { index, column -> [ReportTable.Cell] in
      let profile = column.profile
      let reading = DriftReading(profile)
      let link: Markup = "<a href=\"#column-\(index + 1)\"><bdi>\(column.name)</bdi></a>"
      let isNumeric = profile.kind == .numeric
      return [
        .init(link), .init(text: profile.kind.rawValue), .init(text: reading.words, reading.tone),
        number(profile[.psi], reading.tone),
        .init(text: Self.fixed(profile.histogram.psiExpectedUnderNoChange)),
        number(profile[.jsDistance]), number(profile[isNumeric ? .ksStatistic : .lInfinity]),
        number(profile[.wassersteinNormalised]), .init(text: ProfileWords.pValue(of: profile) ?? "–"),
        percent(profile[.missingShareReference]), percent(profile[.missingShareCurrent]),
      ]
    }
    return ReportTable(
      caption: "All columns, the most drift first",
      columns: [
        ("column", .text), ("kind", .text), ("reading", .text), ("PSI", .number), ("by chance", .number),
        ("JS", .number), ("KS / L-inf", .number), ("Wasserstein", .number), ("p-value", .number),
        ("missing before", .number), ("missing now", .number),
      ], rows: rows
    ).markup
  }

  private func number(_ statistic: Statistic, _ tone: ReportTable.Cell.Tone = .plain) -> ReportTable.Cell {
    .init(text: Self.fixed(statistic.value), tone)
  }

  private static func fixed(_ number: Double?) -> String {
    number.map { PersonNumber.fixed($0, places: 4) } ?? "–"
  }

  private func percent(_ statistic: Statistic) -> ReportTable.Cell {
    .init(text: statistic.value.map(PersonNumber.percent) ?? "–")
  }

  // MARK: - One column

  private func content(of column: FileProfile.Column) -> [Markup] {
    let profile = column.profile
    let histogram = profile.histogram
    let counts =
      "\(DriftReading(profile).words.capitalizedFirst). \(profile.kind.rawValue.capitalizedFirst), "
      + "\(column.origin.rawValue); values used: \(PersonNumber.count(histogram.referenceCount)) of the reference, "
      + "\(PersonNumber.count(histogram.currentCount)) of the current file."
    return [
      .paragraph(counts), .row(ProfileFigures(column).figures.map(\.markup) + [statistics(of: profile)]),
    ]
  }

  private func statistics(of profile: ColumnProfile) -> Markup {
    var rows = profile.measures.map { measure -> [ReportTable.Cell] in
      [
        .init("<code>\(measure.name.rawValue)</code>"),
        .init(
          text: measure.value.value.map(PersonNumber.text)
            ?? "undefined: \(measure.value.reason ?? "")"),
      ]
    }
    if let method = profile.ksMethod {
      rows.append([.init("<code>ks_method</code>"), .init(text: method.rawValue)])
    }
    if let small = profile.smallExpectedCounts, small > 0 {
      rows.append([.init(text: "expected counts under 5"), .init(text: "\(small)")])
    }
    return ReportTable(
      caption: "Every statistic", columns: [("statistic", .text), ("value", .number)], rows: rows
    ).markup
  }
}

extension DriftReading {
  fileprivate var tone: ReportTable.Cell.Tone {
    switch self {
    case .large: .bad
    case .some: .warning
    case .perhapsChance, .little, .unknown: .plain
    }
  }
}

extension String {
  fileprivate var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}
