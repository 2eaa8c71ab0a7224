import ArgumentParser
import RefitCore
import RefitEngine

struct Cancel: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "End a live run; its jobs are asked to stop, then killed.",
    discussion: """
      refit cancel credit-risk#42 --because "wrong data"
      """)

  @OptionGroup var options: ProjectOptions
  @Argument(help: ArgumentHelp("The run, as in credit-risk#42.", valueName: "run"), transform: Arguments.run)
  var id: RunID
  @Option(help: "Why; it is recorded.") var because: String

  func run() throws {
    try answering(for: .doing) {
      let orchestrator = try options.orchestrator()
      let run = try orchestrator.cancel(id, because: try reason(because))
      if options.json || !run.state.isLive {
        try RunAnswer.tell(run, asJSON: options.json)
      } else {
        say("\(id) will end: its jobs are asked to stop, and the next tick sees that they have.")
      }
    }
  }
}
