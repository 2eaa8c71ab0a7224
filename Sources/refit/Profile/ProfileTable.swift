import RefitEngine
import RefitStatistics

/// A profile for people: a column a line, the most drift first, and what it comes to.
struct ProfileTable {
  private let profile: FileProfile
  private let words: ProfileWords
  private let terminal: Terminal

  init(_ profile: FileProfile, terminal: Terminal = .standardOutput) {
    self.profile = profile
    self.terminal = terminal
    words = ProfileWords(profile)
  }

  func tell() { say(text, terminator: "") }

  /// All of it, each line with its newline.
  var text: String {
    var table = TextTable([
      .init("column"), .init("kind"), .init("rows", .right), .init("missing", .right), .init("psi", .right),
      .init("by chance", .right), .init("js", .right), .init("ks / l-inf", .right),
      .init("wasserstein / sd", .right), .init("p-value", .right),
    ])
    for column in words.ranked { table.append(cells(of: column)) }
    let notes = words.notes.map { "\(terminal.styled(ShownText($0).text, .dim))\n" }.joined()
    return """
      \(line("reference", profile.reference))
      \(line("current", profile.current))

      \(table.rendered(for: terminal))
      \(ShownText(words.summary).text)
      \(notes)
      """
  }

  private func line(_ title: String, _ side: FileProfile.Side) -> String {
    let fill = String(repeating: " ", count: 11 - title.count)
    return title + fill + ShownText(side.files.told(rows: side.rowCount, separator: "  ")).text
  }

  private func cells(of column: FileProfile.Column) -> [TextTable.Cell] {
    let profile = column.profile
    let histogram = profile.histogram
    func number(_ name: DriftStatistic) -> TextTable.Cell {
      .init(Self.text(profile[name].value) ?? terminal.nothing)
    }
    let isNumeric = profile.kind == .numeric
    return [
      .init(column.name),
      .init(column.origin == .declared ? "\(profile.kind.rawValue), declared" : profile.kind.rawValue),
      .init(
        profile.status == .ok
          ? Self.pair(
            PersonNumber.count(histogram.referenceCount), PersonNumber.count(histogram.currentCount))
          : profile.status.rawValue),
      .init(
        Self.pair(share(profile[.missingShareReference]), share(profile[.missingShareCurrent]))),
      .init(Self.text(profile[.psi].value) ?? terminal.nothing, DriftReading(profile).style),
      .init(Self.text(histogram.psiExpectedUnderNoChange) ?? terminal.nothing),
      number(.jsDistance), number(isNumeric ? .ksStatistic : .lInfinity), number(.wassersteinNormalised),
      .init(ProfileWords.pValue(of: profile) ?? terminal.nothing),
    ]
  }

  private static func text(_ number: Double?) -> String? { number.map { PersonNumber.fixed($0, places: 4) } }

  /// The two sides, shortened where they say the same.
  private static func pair(_ reference: String, _ current: String) -> String {
    reference == current ? reference : "\(reference) / \(current)"
  }

  private func share(_ statistic: Statistic) -> String {
    statistic.value.map(PersonNumber.percent) ?? terminal.nothing
  }
}
