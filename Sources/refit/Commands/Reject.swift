import ArgumentParser
import RefitCore
import RefitEngine

struct Reject: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Say no to a candidate that awaits approval.",
    discussion: """
      refit reject credit-risk#42 --because "income looks wrong in region 7"
      """)

  @OptionGroup var options: ProjectOptions
  @Argument(help: ArgumentHelp("The run, as in credit-risk#42.", valueName: "run"), transform: Arguments.run)
  var id: RunID
  @Option(help: "Why; it is recorded.") var because: String

  func run() throws {
    try answering(for: .doing) {
      let orchestrator = try options.orchestrator()
      try RunAnswer.tell(try orchestrator.reject(id, because: try reason(because)), asJSON: options.json)
    }
  }
}
