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
    try answering(for: .doing) {
      let orchestrator = try options.orchestrator()
      if wait { try orchestrator.watch() }
      var report = try orchestrator.tick(at: now)
      var answer = TickAnswer(report)
      if !options.json { answer.tell(report) }
      // Where time is simulated a backoff ends at a later tick, not while this one waits.
      while wait,
        report.isWorking || report.workUnderWay > 0 || report.wasBusy
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

extension TickReport {
  /// Whether jobs, or checks of what occurrences wait for, are running.
  fileprivate var isWorking: Bool { liveAttempts > 0 || liveChecks > 0 }
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

  private struct Held: Encodable {
    var model: Name
    var schedule: Name
    var nominal: Instant
    var because: String
    var coalesced: Int
  }

  private struct Passed: Encodable {
    var model: Name
    var schedule: Name
    var outcome: PassedOccurrences.Outcome
    var first: Instant
    var last: Instant
    var count: Int
    var because: String
  }

  private var now: Instant
  private var busy: Bool
  private var running: Int
  private var decisions: [Decided] = []
  private var passed: [Passed] = []
  private var waiting: [Held] = []
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
    waiting += report.held.map {
      Held(
        model: $0.model, schedule: $0.schedule, nominal: $0.nominal, because: $0.because,
        coalesced: $0.coalesced)
    }
    passed += report.passed.map {
      let occurrences = $0.occurrences
      return Passed(
        model: $0.model, schedule: $0.schedule, outcome: occurrences.outcome, first: occurrences.first,
        last: occurrences.last, count: occurrences.count, because: occurrences.because)
    }
    runs += report.moved.map { Moved(run: $0.run, state: $0.state, reason: $0.reason) }
  }

  /// Whether anything was decided, has moved or went wrong.
  var hasNews: Bool {
    !decisions.isEmpty || !passed.isEmpty || !waiting.isEmpty || !runs.isEmpty || !troubles.isEmpty
      || !pauses.isEmpty
  }

  /// Prints the lines of one report.
  func tell(_ report: TickReport) {
    let terminal = Terminal.standardOutput
    if report.wasBusy {
      say("Another tick is at work: nothing was done.")
    } else if terminal.isInteractive, report.decisions.isEmpty, report.passed.isEmpty, report.held.isEmpty,
      report.moved.isEmpty
    {
      let held = report.heldRuns.map(\.description).joined(separator: ", ")
      say(
        held.isEmpty
          ? "Nothing was due." : "Nothing was due. Held up by a pause: \(held); see 'refit status'.")
    }
    for news in report.news { say(terminal.styled(ShownText(news).text, .warning)) }
    // What is coalesced, the decision that stands for it says.
    for passed in report.passed where passed.occurrences.outcome != .coalesced {
      say("\(passed.model)  \(terminal.styled(Self.sentence(of: passed), .warning))")
    }
    for held in report.held {
      let time = ReaderTime.system.text(held.nominal)
      let sentence = ShownText(held.because).text + Self.standing(for: held.coalesced)
      say("\(time)  \(held.model)  \(held.schedule): \(sentence)")
    }
    for decided in report.decisions {
      let missed = Self.standing(for: decided.coalesced)
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

extension TickAnswer {
  private static func standing(for older: Int) -> String {
    older == 0 ? "" : " (stands for \(PersonNumber.count(older, "older occurrence")))"
  }

  /// `the occurrence of nightly at … was skipped: …`.
  private static func sentence(of passed: TickReport.Passed) -> String {
    let (occurrences, time) = (passed.occurrences, ReaderTime.system)
    let subject =
      occurrences.count == 1
      ? "the occurrence of \(passed.schedule) at \(time.text(occurrences.first)) was"
      : "\(PersonNumber.count(occurrences.count, "occurrence")) of \(passed.schedule) from \(time.text(occurrences.first)) to "
        + "\(time.text(occurrences.last)) were"
    return "\(subject) \(occurrences.outcome.rawValue): \(ShownText(occurrences.because).text)"
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
