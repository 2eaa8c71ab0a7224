import ArgumentParser
import RefitCore
import RefitEngine

struct Backfill: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Compute the evaluations of the past, and start nothing.",
    discussion: """
      For each occurrence of the model's evaluating schedules it observes with the labels that had arrived by then, \
      and decides with the policy as it is configured now, oldest first. The observations are recorded, with the \
      source 'backfill'; done again, it adds nothing. Decisions are shown and not recorded, and no run is opened. \
      Recorded decisions stay as they are.

        refit backfill credit-risk --from 2026-01-01
        refit backfill credit-risk --from 2026-01-01 --to 2026-03-31 --schedule nightly --json
      """)

  @OptionGroup var options: ProjectOptions
  @Argument(help: "The model.", transform: Arguments.model) var model: Name
  @Option(
    help: ArgumentHelp("The first instant, itself included.", valueName: "time"), transform: Arguments.instant
  )
  var from: Instant
  @Option(
    help: ArgumentHelp("The last instant, itself included; by default now.", valueName: "time"),
    transform: Arguments.instant)
  var to: Instant?
  @Option(help: "Only this schedule.", transform: Arguments.schedule) var schedule: Name?

  func run() throws {
    try answering(for: .doing) {
      let progress = ProgressLine("evaluating", on: .standardError)
      let orchestrator = try options.orchestrator()
      let outcome = Result { () throws(EngineError) in
        try orchestrator.backfill(model, from: from, to: to, schedule: schedule, progress: progress.show)
      }
      progress.clear()
      let report = try outcome.get()
      if options.json { try sayJSON(BackfillAnswer(report)) } else { BackfillTable(report).tell() }
    }
  }
}

/// The report for programs.
private struct BackfillAnswer: Encodable {
  var model: Name
  var from: Instant
  var to: Instant
  var added: Int
  var decisions: [BackfillReport.Evaluation]
  var notes: [String]

  init(_ report: BackfillReport) {
    model = report.model
    from = report.from
    to = report.to
    added = report.added
    decisions = report.evaluations
    notes = report.notes
  }

  private enum CodingKeys: String, CodingKey {
    case model, from, to, decisions, notes
    case added = "observations_added"
  }
}
