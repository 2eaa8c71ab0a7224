import ArgumentParser
import RefitEngine

struct ClockCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "clock",
    abstract: "Say that this machine's clock is right, though the record has reached a later time.",
    subcommands: [ClockAccept.self])
}

struct ClockAccept: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "accept",
    abstract: "Go on by the clock as it is now.",
    discussion: """
      For a machine whose clock stood too late for a while and was set back: until it has caught up, or until this is \
      said, ticks decide nothing. Every schedule starts from now. What was decided is not decided again; what was only \
      skipped, coalesced or missed of times that have not come yet will come due.

        refit clock accept --because "the clock stood in 2030 after the battery was changed"
      """)

  @OptionGroup var options: ProjectOptions
  @Option(help: "Why the clock is right now; it is recorded.") var because: String

  func run() throws {
    try answering(for: .doing) {
      let now = try options.orchestrator().acceptClock(because: because)
      if options.json {
        try sayJSON(["accepted_at": now])
      } else {
        say("The clock is accepted: schedules start from \(ReaderTime.system.text(now)).")
      }
    }
  }
}
