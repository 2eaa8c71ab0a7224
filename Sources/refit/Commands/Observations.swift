import ArgumentParser
import RefitCore
import RefitStore

struct Observations: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Show what has been observed of a model.",
    discussion: """
      Numbers that Refit computed at its evaluations, and numbers of other systems that it took up from \
      state/monitoring/MODEL/.

        refit observations credit-risk --metric roc_auc --since 2026-03-01
      """)

  @OptionGroup var options: ProjectOptions
  @Argument(help: "The model.", transform: Arguments.model) var model: Name
  @Option(help: "Only this metric.") var metric: String?
  @Option(help: "Only this column.") var column: String?
  @Option(help: "Only of this version.") var version: Int?
  @Option(
    help: ArgumentHelp("Only windows that end later than this.", valueName: "time"),
    transform: Arguments.instant) var since: Instant?
  @Option(help: "At most so many, the newest.") var limit = 50

  func run() throws {
    try answering {
      guard limit > 0 else { throw Failure(.usage, "--limit takes a positive number") }
      let store = try options.reader()
      _ = try store.header(model)
      let filter = ObservationFilter(metric: metric, version: version, column: column, after: since)
      let found = try reading { try store.observations(model, matching: filter, limit: limit) }
      guard !found.isEmpty || options.json else { throw Failure(.no, "no observation of \(model) matches") }
      try ObservationTable.tell(found, asJSON: options.json)
    }
  }
}
