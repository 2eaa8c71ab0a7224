import ArgumentParser
import RefitCore
import RefitEngine

struct Approve: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Say yes to a candidate that passed its gates.",
    discussion: """
      The approval is bound to the hashes of the model, its gate report and the configuration, and recorded with \
      your user name. Where another champion serves than the one it was judged against, the approval is void, the \
      candidate is judged again, and the exit code is 1. While the model is paused the approval is kept, and the \
      candidate is promoted when the pause ends.

        refit approve credit-risk#42 --because "reviewed with risk"
      """)

  @OptionGroup var options: ProjectOptions
  @Argument(help: ArgumentHelp("The run, as in credit-risk#42.", valueName: "run"), transform: Arguments.run)
  var id: RunID
  @Option(help: "Why; it is recorded.") var because: String

  func run() throws {
    try answering(for: .doing) {
      let orchestrator = try options.orchestrator()
      let run = try orchestrator.approve(id, because: try reason(because))
      let isVoid = try isVoid(run)
      if let pause = try pause(run), !isVoid, !options.json {
        say("\(id) is approved, and is promoted when the pause ends: \(ShownText(pause.line).text)")
        return
      }
      let hashing = try WorkUnderWay.all(in: options.directory()).first { $0.run == id }
      if let hashing, !options.json, !isVoid {
        say("\(id) is approved: \(PersonNumber.bytes(hashing.bytes)) are hashed again, then it is promoted.")
      } else if options.json || !isVoid {
        try RunAnswer.tell(run, asJSON: options.json)
      }
      guard !isVoid else {
        throw Failure(
          .no,
          "another champion serves by now: \(id) is judged again, this approval is void; look at it and approve again"
        )
      }
    }
  }

  /// What holds the promotion of an approved run up.
  private func pause(_ run: Run) throws -> PauseAnswer? {
    guard run.state == .awaitingApproval else { return nil }
    let (project, store) = (try options.directory(), try options.reader())
    let now = try options.now(store)
    let pauses = try reading { try ProjectPauses.read(project, store) }
    return pauses.decisive(for: id.model, at: now).map(PauseAnswer.init)
  }

  /// Whether the gate report that was approved is no longer the one that counts.
  private func isVoid(_ run: Run) throws -> Bool {
    guard run.state.isLive else { return false }
    guard run.state == .awaitingApproval else { return true }
    let store = try options.reader()
    return try reading { try store.gateReport(id)?.digest != store.approvals(id).last?.gateReport }
  }
}
