import ArgumentParser
import RefitCore
import RefitEngine

struct ResumeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "resume",
    abstract: "End a pause: let a model, or the project, go on.",
    discussion: """
      What was held up goes on at once: the next job, a promotion that was approved meanwhile. With a model it ends \
      that model's pause; without one the project's, and models that are paused by themselves stay so. The file \
      state/PAUSED is removed by whoever put it there.

        refit resume credit-risk --because "the service is stable"
        refit resume --because "books are closed"
      """)

  @OptionGroup var options: ProjectOptions
  @Argument(help: "The model; without one the project as a whole.", transform: Arguments.model) var model:
    Name?
  @Option(help: "Why; it is recorded.") var because: String

  func run() throws {
    try answering(for: .doing) {
      let rest = try options.orchestrator().resume(model, because: try reason(because)).map(PauseAnswer.init)
      if options.json {
        try sayJSON(["still_paused": rest])
        return
      }
      let subject = model?.text ?? "the project"
      say(rest.isEmpty ? "\(subject) goes on." : "The pause of \(subject) has ended, but:")
      for pause in rest { say(ShownText(pause.line).text) }
    }
  }
}
