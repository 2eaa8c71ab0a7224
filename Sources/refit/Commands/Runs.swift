import ArgumentParser
import RefitCore
import RefitStore

struct Runs: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "List runs, the newest first.",
    discussion: """
        refit runs
        refit runs credit-risk --limit 5
      """)

  @OptionGroup var options: ProjectOptions
  @Argument(help: "Only of this model.", transform: Arguments.model) var model: Name?
  @Option(help: "At most so many.") var limit = 20

  func run() throws {
    try answering {
      guard limit > 0 else { throw Failure(.usage, "--limit takes a positive number") }
      let store = try options.reader()
      if let model { _ = try store.header(model) }
      let runs = try reading { try store.runs(model, limit: limit) }
      if options.json {
        try sayJSON(["runs": runs.map(Answer.init)])
        return
      }
      guard !runs.isEmpty else {
        say("No run yet: 'refit retrain MODEL --because …' opens one.")
        return
      }
      let terminal = Terminal.standardOutput
      var table = TextTable([
        .init("run"), .init("state"), .init("opened"), .init("by"), .init("candidate"), .init("reason"),
      ])
      for run in runs {
        table.append([
          .init(run.id.description, .bold), .init(run.state.rawValue, run.state.style),
          .init(ReaderTime.system.text(run.openedAt)), .init(run.trigger.opener),
          .init(run.candidate.map { "@\($0)" } ?? terminal.nothing), .init(run.reason ?? run.because),
        ])
      }
      say(table.rendered(for: terminal), terminator: "")
    }
  }

  private struct Answer: Encodable {
    var run: String
    var model: Name
    var number: Int
    var state: Run.State
    var trigger: String
    var because: String
    var openedAt: Instant
    var endedAt: Instant?
    var candidate: Int?
    var reason: String?

    init(_ summary: RunSummary) {
      run = summary.id.description
      model = summary.id.model
      number = summary.id.number
      state = summary.state
      trigger = summary.trigger.opener
      because = summary.because
      openedAt = summary.openedAt
      endedAt = summary.endedAt
      candidate = summary.candidate
      reason = summary.reason
    }

    private enum CodingKeys: String, CodingKey {
      case run, model, number, state, trigger, because, candidate, reason
      case openedAt = "opened_at"
      case endedAt = "ended_at"
    }
  }
}

extension Run.Trigger {
  /// Who or what opened the run: a schedule's name, or a person's.
  var opener: String {
    switch self {
    case .schedule(let name, _): "schedule \(name)"
    case .person(let name): name
    }
  }
}
