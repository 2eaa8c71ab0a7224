import ArgumentParser
import RefitCore
import RefitEngine

struct Rollback: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Let an earlier champion serve again.",
    discussion: """
      Goes to the version that served before, passing over those that were rolled back from, or to the one that \
      --to names; its bytes are hashed again first.

        refit rollback credit-risk --because "complaints since Monday"
        refit rollback credit-risk --to 3 --because "the last one that finance signed off"
      """)

  @OptionGroup var options: ProjectOptions
  @Argument(help: "The model.", transform: Arguments.model) var model: Name
  @Option(help: "The version's number; by default the one that served before.") var to: Int?
  @Option(help: "Why; it is recorded.") var because: String

  func run() throws {
    try answering(for: .doing) {
      let id = try options.orchestrator().rollback(model, to: to, because: try reason(because))
      if options.json {
        try sayJSON(["champion": id.description])
      } else {
        say("\(id) serves again.")
      }
    }
  }
}
