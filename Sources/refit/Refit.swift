import ArgumentParser
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
        ]),
      CommandGroup(
        name: "Look:",
        subcommands: [
          Status.self, Explain.self, Monitor.self, Observations.self, Runs.self, Show.self, Logs.self,
          ScheduleCommand.self,
        ]),
      CommandGroup(
        name: "Decide:",
        subcommands: [Approve.self, Reject.self, Rollback.self, PauseCommand.self, ResumeCommand.self]),
      CommandGroup(name: "Account for:", subcommands: [Lineage.self, Audit.self]),
    ])
}
