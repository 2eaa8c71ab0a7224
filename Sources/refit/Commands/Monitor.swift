import ArgumentParser
import RefitCore
import RefitEngine

struct Monitor: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Compute a model's monitors now, and show them.",
    discussion: """
      Reads the prediction log, the feedback and the reference as an evaluation at this moment would; with --at \
      as one at that moment would have, by the version that served then and the labels that had come. Records \
      nothing: what an evaluation recorded is shown by 'refit observations'. Exits 2 when a number is unknown, or \
      there is none to compute.

        refit monitor credit-risk
        refit monitor credit-risk --at 2026-03-01T02:15:00Z
      """)

  @OptionGroup var options: ProjectOptions
  @Argument(help: "The model.", transform: Arguments.model) var model: Name
  @Option(
    help: ArgumentHelp(
      "Windows end here, and nothing that came later is seen; by default now.", valueName: "time"),
    transform: Arguments.instant) var at: Instant?

  func run() throws {
    try answering {
      let observations = try options.orchestrator().monitor(model, at: at)
      guard !observations.isEmpty else {
        throw Failure(
          .unknown,
          "\(model) has nothing to monitor: no monitor and no condition reads its logs, or only numbers of a version "
            + "are wanted and none serves")
      }
      try ObservationTable.tell(observations, asJSON: options.json)
      if observations.contains(where: { $0.value == nil }) { throw ExitCode(Failure.Code.unknown.rawValue) }
    }
  }
}
