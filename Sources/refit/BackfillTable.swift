import RefitCore
import RefitEngine

/// A backfill for people: an occurrence a line, with the numbers that matter most, and what it comes to.
struct BackfillTable {
  private let report: BackfillReport
  private let terminal = Terminal.standardOutput
  private let time = ReaderTime.system

  /// A column of the table: one metric, or the worst of its columns.
  private struct Measure: Hashable {
    let metric: String
    let isOfColumns: Bool

    var title: String { isOfColumns ? "\(metric) (most)" : metric }

    func value(in evaluation: BackfillReport.Evaluation) -> Double? {
      let values = evaluation.observations.filter {
        $0.metric == metric && $0.slice == nil && ($0.column != nil) == isOfColumns
      }
      // Without a champion the newest version that the log names.
      return isOfColumns ? values.compactMap(\.value).max() : values.last?.value
    }
  }

  init(_ report: BackfillReport) {
    self.report = report
  }

  func tell() {
    let measures = measures
    let hasSchedules = Set(report.evaluations.map(\.schedule)).count > 1
    let hasRecord = report.evaluations.contains { $0.recorded != nil }
    var table = TextTable(
      [.init("at")] + (hasSchedules ? [.init("schedule")] : []) + [.init("champion")]
        + measures.map { .init($0.title, .right) } + [.init("verdict")]
        + (hasRecord ? [.init("recorded")] : []) + [.init("why")])
    for evaluation in report.evaluations {
      var cells = [TextTable.Cell(time.text(evaluation.nominal))]
      if hasSchedules { cells.append(.init(evaluation.schedule.text)) }
      cells.append(.init(evaluation.champion.map { "@\($0)" } ?? terminal.nothing))
      cells += measures.map { .init(PersonNumber.text($0.value(in: evaluation), on: terminal)) }
      cells.append(.init(evaluation.decision.verdict.rawValue, evaluation.decision.verdict.style))
      if hasRecord { cells.append(.init(evaluation.recorded?.rawValue ?? terminal.nothing)) }
      cells.append(.init(evaluation.decision.sentence))
      table.append(cells)
    }
    say(table.rendered(for: terminal), terminator: "")
    say("")
    let longest = measures.map(\.title.count).max() ?? 0
    for measure in measures { tellCourse(of: measure, padded: longest) }
    say(summary)
    for note in report.notes { say("\(terminal.mark(.unknown)) \(ShownText(note).text)") }
  }

  /// At most four, in the order in which they are computed.
  private var measures: [Measure] {
    var found: [Measure] = []
    for observation in report.evaluations.flatMap(\.observations) {
      let measure = Measure(metric: observation.metric, isOfColumns: observation.column != nil)
      if !found.contains(measure) { found.append(measure) }
    }
    return Array(found.prefix(4))
  }

  private func tellCourse(of measure: Measure, padded length: Int) {
    let values = report.evaluations.map(measure.value)
    guard let first = values.compactMap(\.self).first, let last = values.compactMap(\.self).last else {
      return
    }
    let width = 60
    // A long past is thinned out evenly.
    let step = max(1, (values.count + width - 1) / width)
    let shown = stride(from: 0, to: values.count, by: step).map { values[$0] }
    say(
      measure.title + String(repeating: " ", count: length + 2 - measure.title.count)
        + "\(Sparkline.text(shown, on: terminal))  \(PersonNumber.text(first, on: terminal)) to "
        + PersonNumber.text(last, on: terminal))
  }

  private var summary: String {
    let verdicts = Decision.Verdict.allCases.compactMap { verdict in
      let count = report.evaluations.count { $0.decision.verdict == verdict }
      return count == 0 ? nil : "\(count) \(verdict.rawValue)"
    }
    let observed = report.evaluations.reduce(0) { $0 + $1.observations.count }
    let recorded =
      report.added == 0
      ? "all of them known before" : "\(PersonNumber.count(report.added)) of them new, and recorded"
    return
      "\(PersonNumber.count(report.evaluations.count, "occurrence")): \(verdicts.joined(separator: ", ")). "
      + "\(PersonNumber.count(observed, "observation")), \(recorded). Nothing was started."
  }
}
