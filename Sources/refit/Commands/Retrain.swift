import ArgumentParser
import RefitCore
import RefitEngine
import RefitStore

struct Retrain: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Open a run now, without asking the policy.",
    discussion: """
      Also how a model gets its first version. Skips the cooldown; refused in mode observe and while a run of the \
      model is live. The run's first jobs are started at once; ticks carry it on. With --wait the exit code says \
      how it ended: 0 promoted, judged or awaiting approval, 1 refused, failed or cancelled, 2 when no gate failed \
      but one was inconclusive.

        refit retrain credit-risk --because "new income field"
        refit retrain credit-risk --because "first version" --wait
      """)

  @OptionGroup var options: ProjectOptions
  @Argument(help: "The model.", transform: Arguments.model) var model: Name
  @Option(help: "Why; it is recorded.") var because: String
  @Flag(name: .long, help: "Stay until the run has ended or waits for a person.") var wait = false

  func run() throws {
    try answering(for: .doing) {
      let orchestrator = try options.orchestrator()
      let id = try orchestrator.retrain(model, because: try reason(because))
      let run = wait ? try orchestrator.follow(id) : try orchestrator.run(id)
      try RunAnswer.tell(run, asJSON: options.json)
      if wait { try RunAnswer.exit(for: run, options) }
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

  /// Ends the command with what has become of the run; 0 just returns.
  static func exit(for run: Run, _ options: ProjectOptions) throws {
    switch run.state {
    case .queued, .running, .gating, .awaitingApproval, .promoted, .judged: return
    case .rejected, .failed, .cancelled: throw ExitCode(Failure.Code.no.rawValue)
    case .refused:
      let report = try reading { try options.reader().gateReport(run.id) }?.report
      let isInconclusive = report?.verdict == .inconclusive
      throw ExitCode((isInconclusive ? Failure.Code.unknown : .no).rawValue)
    }
  }

  static func tell(_ run: Run, asJSON: Bool) throws {
    if asJSON {
      try sayJSON(Answer(run: run.id, state: run.state, candidate: run.candidate, reason: run.reason))
      return
    }
    let terminal = Terminal.standardOutput
    let reason = run.reason.map { ": \(ShownText($0).text)" } ?? ""
    say("\(run.id) \(terminal.styled(run.state.phrase, run.state.style))\(reason)")
    if run.state.isLive, run.state != .awaitingApproval {
      say("'refit show \(run.id)' tells how far it is, 'refit logs -f \(run.id)' what its jobs say.")
    }
    if run.state == .awaitingApproval {
      say("'refit approve \(run.id) --because …' or 'refit reject \(run.id) --because …' decides.")
    }
  }
}
