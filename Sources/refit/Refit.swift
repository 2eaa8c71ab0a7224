import ArgumentParser
import Glibc
import RefitEngine

/// The command. Each verb has a file of its own under `Commands/`.
@main
struct Refit: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "refit",
    abstract:
      "Notices when a model has rotted, retrains it, checks the candidate, promotes or refuses it, and can say why.",
    discussion: """
      A project is a directory with a refit.yaml. Run 'refit tick' from cron, or 'refit serve', and look with \
      'refit status' and 'refit explain MODEL'.

      Exit codes: 0 done or yes, 1 no, 2 inconclusive or unknown, 64 usage, 70 something of Refit's own failed, \
      75 try again later, 78 the configuration is wrong.
      """,
    version: Orchestrator.version,
    subcommands: [Work.self],
    groupedSubcommands: [
      CommandGroup(
        name: "Run:",
        subcommands: [
          Check.self, Tick.self, Serve.self, Backfill.self, Retrain.self, Cancel.self, ClockCommand.self,
          DoctorCommand.self, InstallService.self,
        ]),
      CommandGroup(
        name: "Look:",
        subcommands: [
          Status.self, Explain.self, Monitor.self, Observations.self, Runs.self, Show.self, Logs.self,
          ScheduleCommand.self, Profile.self, Score.self,
        ]),
      CommandGroup(
        name: "Decide:",
        subcommands: [Approve.self, Reject.self, Rollback.self, PauseCommand.self, ResumeCommand.self]),
      CommandGroup(name: "Account for:", subcommands: [Lineage.self, Audit.self]),
    ])

  /// As the library's own, but what its errors quote of the command line is made safe to show.
  static func main() {
    do {
      var command = try parseAsRoot()
      try command.run()
    } catch {
      let code = exitCode(for: error)
      let message = fullMessage(for: error)
      if code == .success {
        say(message)
        if let trouble = StandardOutput.trouble {
          complain(trouble)
          Glibc.exit(Failure.Code.failure.rawValue)
        }
      } else if !message.isEmpty {
        say(safe(message), to: .standardError)
      }
      Glibc.exit(code.rawValue)
    }
  }

  private static func safe(_ message: String) -> String {
    var message = message
    // In its own lines, so that an argument with a newline in it can't begin one.
    for argument in CommandLine.arguments where ShownText(argument).text != argument {
      message = message.split(separator: argument, omittingEmptySubsequences: false)
        .joined(separator: ShownText(argument).text)
    }
    var shown = ShownLog()
    return shown.shown(Array(message.utf8))
  }
}
