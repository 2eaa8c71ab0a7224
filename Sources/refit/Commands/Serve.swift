import ArgumentParser
import Glibc
import RefitCore
import RefitEngine

struct Serve: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Tick for ever: whenever something is due or a job has ended.",
    discussion: """
      Waits for the next due instant, for a job's end, or for another refit's change. A wrong refit.yaml is told
      and the daemon goes on waiting. SIGTERM and SIGINT end it; running jobs go on, and the next tick picks them
      up.

        refit serve --project /srv/lending
      """)

  @OptionGroup var options: ProjectOptions

  func run() throws {
    try answering {
      let orchestrator = try options.orchestrator()
      let end = EndSignals()
      try orchestrator.watch()
      say("Serving \(orchestrator.project.root). Stop with SIGTERM or Ctrl-C; running jobs go on.")
      var trouble: String?
      while !end.wasSignalled {
        do {
          let report = try orchestrator.tick()
          TickAnswer(report).tell(report)
          trouble = nil
        } catch {
          // The same trouble is told once, not at each tick.
          if "\(error)" != trouble { say("refit: \(error)", to: .standardError) }
          trouble = "\(error)"
        }
        guard !end.wasSignalled else { break }
        orchestrator.awaitWork()
      }
      try orchestrator.stopWatching()
      say("Stopped.")
    }
  }
}

/// Notices SIGTERM and SIGINT: the wait in progress is interrupted, and the loop ends after its turn.
private struct EndSignals {
  nonisolated(unsafe) private static var signalled: sig_atomic_t = 0

  init() {
    // Whoever started the daemon may have had them blocked.
    var signals = sigset_t()
    sigemptyset(&signals)
    for number in [SIGTERM, SIGINT] {
      sigaddset(&signals, number)
      var action = sigaction()
      action.__sigaction_handler.sa_handler = { _ in EndSignals.signalled = 1 }
      // Without SA_RESTART a wait returns at once.
      action.sa_flags = 0
      sigaction(number, &action, nil)
    }
    pthread_sigmask(SIG_UNBLOCK, &signals, nil)
  }

  var wasSignalled: Bool { Self.signalled != 0 }
}
