import ArgumentParser
import Glibc
import RefitCore
import RefitEngine
import RefitExecution

struct Serve: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Tick for ever: whenever something is due or a job has ended.",
    discussion: """
      Waits for the next due instant, for a job's end, or for another refit's change. A wrong refit.yaml is told \
      and the daemon goes on waiting. SIGTERM and SIGINT end it; running jobs go on, and the next tick picks them \
      up.

        refit serve --project /srv/lending
      """)

  @OptionGroup var options: ProjectOptions

  func run() throws {
    try answering {
      let orchestrator = try options.orchestrator()
      let end = EndSignals()
      try orchestrator.watch()
      if !options.json {
        say("Serving \(orchestrator.project.root). Stop with SIGTERM or Ctrl-C; running jobs go on.")
      }
      var told = ""
      while !end.wasSignalled {
        var isBusy = false
        do {
          let report = try orchestrator.tick()
          isBusy = report.wasBusy
          let answer = TickAnswer(report)
          if options.json, answer.hasNews { try sayJSON(answer) }
          if !options.json, !isBusy { answer.tell(report) }
          let configuration = report.configurationTrouble.map { Failure(lastGoodAfter: $0).description }
          tell((report.troubles + [configuration].compactMap(\.self)).joined(separator: "\n"), unless: &told)
        } catch {
          tell("\(error)", unless: &told)
        }
        guard !end.wasSignalled else { break }
        IdleMemory.release()
        // Whoever is at work may leave something to do, and tells nobody when it is done.
        if isBusy { orchestrator.awaitWake(atMost: .seconds(1)) } else { orchestrator.awaitWork() }
      }
      try orchestrator.stopWatching()
      if !options.json { say("Stopped.") }
    }
  }
}

extension Serve {
  /// Tells a trouble once, not again at each tick for as long as it stays the same.
  private func tell(_ trouble: String, unless told: inout String) {
    if trouble != told { complain(trouble) }
    told = trouble
  }
}

/// Notices SIGTERM and SIGINT: the wait in progress is interrupted, and the loop ends after its turn.
private struct EndSignals {
  nonisolated(unsafe) private static var signalled: sig_atomic_t = 0

  init() {
    // Whoever started the daemon may have had them blocked.
    var signals = sigset_t()
    sigemptyset(&signals)
    for number in [SIGTERM, SIGINT, SIGALRM] {
      sigaddset(&signals, number)
      var action = sigaction()
      action.__sigaction_handler.sa_handler = { _ in
        EndSignals.signalled = 1
        // It may have come just before a wait that it was to interrupt: it comes again.
        alarm(1)
      }
      // Without SA_RESTART a wait returns at once.
      action.sa_flags = 0
      sigaction(number, &action, nil)
    }
    pthread_sigmask(SIG_UNBLOCK, &signals, nil)
  }

  var wasSignalled: Bool { Self.signalled != 0 }
}

/// What a tick has touched and a waiting daemon does not need.
private enum IdleMemory {
  /// Lets go of the program's own code and constants, most of what is resident. They stay in the page cache, and
  /// come back page by page as they are used.
  static func release() {
    let maps: [UInt8]
    do { maps = try FileBytes.read("/proc/self/maps", limit: 1 << 20) } catch { return }
    let lines = String(decoding: maps, as: UTF8.self).split(separator: "\n").map { $0.split(separator: " ") }
    // The program comes first; what lies behind its code has been written to by the loader, and is kept.
    guard let program = lines.first?.last,
      let code = lines.lastIndex(where: { $0[1] == "r-xp" && $0.last == program })
    else { return }
    for fields in lines[...code] where fields.last == program && !fields[1].contains("w") {
      let bounds = fields[0].split(separator: "-").compactMap { UInt($0, radix: 16) }
      guard bounds.count == 2, let start = UnsafeMutableRawPointer(bitPattern: bounds[0]) else { continue }
      madvise(start, Int(bounds[1] - bounds[0]), MADV_DONTNEED)
    }
  }
}
