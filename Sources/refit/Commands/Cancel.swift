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
  @Argument(help: "The run, as in credit-risk#42.") var id: RunID
  @Option(help: "Why; it is recorded.") var because: String

  func run() throws {
    try answering {
      let orchestrator = try options.orchestrator()
      try RunAnswer.tell(try orchestrator.cancel(id, because: try reason(because)), asJSON: options.json)
    }
  }
}
