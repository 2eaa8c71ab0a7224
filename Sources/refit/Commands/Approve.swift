import ArgumentParser
import RefitCore
import RefitEngine

struct Approve: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Say yes to a candidate that passed its gates.",
    discussion: """
      The approval is bound to the hashes of the model, its gate report and the configuration, and recorded with \
      your user name.

        refit approve credit-risk#42 --because "reviewed with risk"
      """)

  @OptionGroup var options: ProjectOptions
  @Argument(help: ArgumentHelp("The run, as in credit-risk#42.", valueName: "run"), transform: Arguments.run)
  var id: RunID
  @Option(help: "Why; it is recorded.") var because: String

  func run() throws {
    try answering {
      let orchestrator = try options.orchestrator()
      try RunAnswer.tell(try orchestrator.approve(id, because: try reason(because)), asJSON: options.json)
    }
  }
}
