import ArgumentParser
import RefitCore
import RefitEngine

struct Tick: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Make one turn: decide what is due, start and collect jobs, judge, promote.",
    discussion: """
      What a line of crontab or a systemd timer calls. Jobs that are still running when the tick ends go on; the \
      next tick picks them up. A tick that finds another one at work does nothing and exits 0.

        * * * * *  refit tick --project /srv/lending
        refit tick --wait                          # until no job runs
        refit tick --now 2026-03-01T02:15:00Z      # where the project says 'clock: simulated'
      """)

  @OptionGroup var options: ProjectOptions

  @Flag(name: .long, help: "Stay until no job runs.")
  var wait = false

  @Option(
    name: .long, help: ArgumentHelp("The time, for a project with 'clock: simulated'.", valueName: "time"),
    transform: Arguments.instant)
  var now: Instant?

  func run() throws {
    try answering {
      let orchestrator = try options.orchestrator()
      if wait { try orchestrator.watch() }
      var report = try orchestrator.tick(at: now)
      var answer = TickAnswer(report)
      if !options.json { answer.tell(report) }
      // Where time is simulated a backoff ends at a later tick, not while this one waits.
      while wait,
        report.liveAttempts > 0 || report.workUnderWay > 0 || report.wasBusy
          || (report.waitingRuns > 0 && now == nil)
      {
        orchestrator.awaitWake(atMost: .milliseconds(500))
        report = try orchestrator.tick(at: now)
        answer.add(report)
        if !options.json, !report.wasBusy { answer.tell(report) }
      }
      if wait { try orchestrator.stopWatching() }
      if options.json { try sayJSON(answer) }
      if let error = report.configurationTrouble { throw Failure(lastGoodAfter: error) }
      if !report.troubles.isEmpty { throw Failure(.failure, report.troubles.joined(separator: "\n")) }
    }
  }
}

extension Name: ExpressibleByArgument {
  public init?(argument: String) {
    self.init(argument)
  }
}

/// What a tick has done, as JSON and as lines for a person.
struct TickAnswer: Encodable {
  private struct Decided: Encodable {
    var model: Name
    var schedule: Name
    var nominal: Instant
    var verdict: Decision.Verdict
    var sentence: String
    var coalesced: Int
    var run: RunID?
  }

  private struct Moved: Encodable {
    var run: RunID
    var state: Run.State
    var reason: String?
  }

  private var now: Instant
  private var busy: Bool
  private var running: Int
  private var decisions: [Decided] = []
  private var runs: [Moved] = []
  private var troubles: [String] = []
  private var pauses: [String] = []
  private var held: [RunID] = []

  init(_ report: TickReport) {
    now = report.now
    busy = report.wasBusy
    running = report.liveAttempts
    add(report)
  }

  mutating func add(_ report: TickReport) {
    now = report.now
    busy = report.wasBusy
    running = report.liveAttempts
    troubles = report.troubles
    pauses += report.news
    held = report.heldRuns
    decisions += report.decisions.map {
      Decided(
        model: $0.model, schedule: $0.schedule, nominal: $0.nominal, verdict: $0.decision.verdict,
        sentence: $0.decision.sentence, coalesced: $0.coalesced, run: $0.run)
    }
    runs += report.moved.map { Moved(run: $0.run, state: $0.state, reason: $0.reason) }
  }

  /// Whether anything was decided, has moved or went wrong.
  var hasNews: Bool { !decisions.isEmpty || !runs.isEmpty || !troubles.isEmpty || !pauses.isEmpty }

  /// Prints the lines of one report.
  func tell(_ report: TickReport) {
    let terminal = Terminal.standardOutput
    if report.wasBusy {
      say("Another tick is at work: nothing was done.")
    } else if terminal.isInteractive, report.decisions.isEmpty, report.moved.isEmpty {
      let held = report.heldRuns.map(\.description).joined(separator: ", ")
      say(
        held.isEmpty
          ? "Nothing was due." : "Nothing was due. Held up by a pause: \(held); see 'refit status'.")
    }
    for news in report.news { say(terminal.styled(ShownText(news).text, .warning)) }
    for decided in report.decisions {
      let missed =
        decided.coalesced == 0
        ? "" : " (stands for \(PersonNumber.count(decided.coalesced, "older occurrence")))"
      let time = ReaderTime.system.text(decided.nominal)
      let sentence = ShownText(decided.decision.sentence).text
      say("\(time)  \(decided.model)  \(terminal.styled(sentence, decided.decision.verdict.style))\(missed)")
    }
    // That a run is under way, its decision has said.
    for moved in report.moved where !moved.state.isLive || moved.state == .awaitingApproval {
      let reason = moved.reason.map { ": \(ShownText($0).text)" } ?? ""
      say("\(moved.run) \(terminal.styled(moved.state.phrase, moved.state.style))\(reason)")
    }
  }
}

extension Decision.Verdict {
  var style: TextStyle {
    switch self {
    case .retrain: .accent
    case .hold: .plain
    case .restrained, .unknown: .warning
    }
  }
}

extension Run.State {
  var style: TextStyle {
    switch self {
    case .queued, .running, .gating: .plain
    case .awaitingApproval: .accent
    case .promoted, .judged: .good
    case .refused, .rejected, .cancelled: .warning
    case .failed: .bad
    }
  }
}
