import ArgumentParser
import RefitCore
import RefitEngine

struct Retrain: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Open a run now, whatever the policy says.",
    discussion: """
      Also how a model gets its first version. Skips the cooldown, never a live run. The run's first jobs are
      started at once; ticks carry it on.

        refit retrain credit-risk --because "new income field"
        refit retrain credit-risk --because "first version" --wait
      """)

  @OptionGroup var options: ProjectOptions
  @Argument(help: "The model.") var model: Name
  @Option(help: "Why; it is recorded.") var because: String
  @Flag(name: .long, help: "Stay until the run has ended or waits for a person.") var wait = false

  func run() throws {
    try answering {
      let orchestrator = try options.orchestrator()
      let id = try orchestrator.retrain(model, because: try reason(because))
      let run = wait ? try orchestrator.follow(id) : try orchestrator.run(id)
      try RunAnswer.tell(run, asJSON: options.json)
    }
  }
}

/// The reason that a person gave, which is not empty.
func reason(_ text: String) throws -> String {
  guard text.contains(where: { !$0.isWhitespace }) else {
    throw Failure(.usage, "--because needs a reason: it is what the record will say")
  }
  return text
}

/// How a command that changed a run tells what it is now.
enum RunAnswer {
  private struct Answer: Encodable {
    var run: RunID
    var state: Run.State
    var candidate: Int?
    var reason: String?
  }

  static func tell(_ run: Run, asJSON: Bool) throws {
    if asJSON {
      try sayJSON(Answer(run: run.id, state: run.state, candidate: run.candidate, reason: run.reason))
      return
    }
    let terminal = Terminal.standardOutput
    let reason = run.reason.map { ": \(ShownText($0).text)" } ?? ""
    say("\(run.id) is \(terminal.styled(run.state.rawValue, run.state.style))\(reason)")
    if run.state.isLive, run.state != .awaitingApproval {
      say("'refit show \(run.id)' tells how far it is, 'refit logs -f \(run.id)' what its jobs say.")
    }
    if run.state == .awaitingApproval {
      say("'refit approve \(run.id) --because …' or 'refit reject \(run.id) --because …' decides.")
    }
  }
}

extension RunID: ExpressibleByArgument {
  public init?(argument: String) {
    self.init(argument)
  }
}
