import ArgumentParser
import RefitCore
import RefitEngine
import RefitExecution
import RefitStore

struct Show: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Show one run: why it was opened, its jobs, its candidate, its gates, how it ended.",
    discussion: """
        refit show credit-risk#42
        refit show credit-risk#42 --json
      """)

  @OptionGroup var options: ProjectOptions
  @Argument(help: ArgumentHelp("The run, as in credit-risk#42.", valueName: "run"), transform: Arguments.run)
  var id: RunID

  func run() throws {
    try answering {
      let store = try options.reader()
      let run = try store.existing(id)
      let attempts = try reading { try store.attempts(id) }
      let report = try reading { try store.gateReport(id) }
      let work = try WorkUnderWay.all(in: options.directory()).filter { $0.run == id }
      if options.json {
        try sayJSON(Answer(run, attempts, report, work))
        return
      }
      tell(run)
      tell(attempts, of: run)
      try tellProgress(of: run)
      let now = try options.now(store)
      for work in work {
        let job = work.job.map { "\($0)  " } ?? ""
        say(
          "\n\(job)\(work.doing) \(PersonNumber.bytes(work.bytes)); begun \(ReaderTime.relative(work.since, to: now))"
        )
      }
      if let report { tell(report) }
      for approval in try reading({ try store.approvals(id) }) {
        say(
          "approved by \(ShownText(approval.actor).text), \(ReaderTime.system.text(approval.at)): \(ShownText(approval.because).text)"
        )
      }
      if let reason = run.reason { say("\n\(run.state.rawValue): \(ShownText(reason).text)") }
    }
  }

  private func tell(_ run: Run) {
    let terminal = Terminal.standardOutput
    let time = ReaderTime.system
    let state = terminal.styled(run.state.rawValue, run.state.style)
    say("\(terminal.styled(run.id.description, .bold))  \(state)")
    say(
      "opened     \(time.text(run.openedAt)) by \(ShownText(run.trigger.opener).text): \(ShownText(run.because).text)"
    )
    let start = run.interval.start.map { time.text($0) } ?? "the beginning"
    say("interval   \(start) to \(time.text(run.interval.end)), known at \(time.text(run.knownAt))")
    if let holdout = run.holdout { say("holdout    \(holdout.short)") }
    if let candidate = run.candidate {
      say("candidate  \(VersionID(model: run.id.model, number: candidate))")
    }
    if let endedAt = run.endedAt { say("ended      \(time.text(endedAt))") }
  }

  private func tell(_ attempts: [AttemptRecord], of run: Run) {
    guard !attempts.isEmpty else { return }
    let terminal = Terminal.standardOutput
    var table = TextTable([
      .init("job"), .init("of"), .init("attempt", .right), .init("state"), .init("CPU", .right),
      .init("memory", .right), .init("took", .right), .init("sandbox"), .init("why"),
    ])
    for record in attempts {
      let attempt = record.attempt
      table.append([
        .init(attempt.job.text), .init(attempt.version.map { "\(attempt.subject.rawValue) @\($0)" } ?? ""),
        .init("\(attempt.number)"), .init(attempt.state.rawValue, attempt.state.style),
        .init(record.exit.map { PersonDuration.text(seconds: $0.cpuSeconds) } ?? ""),
        .init(record.exit.map { PersonNumber.bytes($0.peakMemoryBytes) } ?? ""),
        .init(record.exit.map { PersonDuration.text(seconds: $0.wallSeconds) } ?? ""),
        .init(record.exit.map { $0.guarantee == .namespace ? "yes" : "no" } ?? ""),
        .init(attempt.reason ?? ""),
      ])
    }
    say("\n" + table.rendered(for: terminal), terminator: "")
  }

  /// A bar and the course of each metric for every job that runs and says how far it is.
  private func tellProgress(of run: Run) throws {
    let project = try options.directory()
    let terminal = Terminal.standardOutput
    for attempt in run.attempts where attempt.state.isLive {
      guard let progress = JobProgress.read("\(project.attempt(attempt.key, of: run.id))/progress") else {
        continue
      }
      var line = "\n\(attempt.job)  "
      if let total = progress.total, total > 0 {
        line += Sparkline.bar(progress.done / total, width: 20, on: terminal)
        line += " \(PersonNumber.text(progress.done)) of \(PersonNumber.text(total))"
      } else {
        line += PersonNumber.text(progress.done)
      }
      if let note = progress.note { line += "  \(ShownText(note).text)" }
      for (name, values) in progress.metrics.sorted(by: { $0.key < $1.key }) {
        let course = Sparkline.text(values.suffix(30).map(Optional.some), on: terminal)
        line += "  \(ShownText(name).text) \(PersonNumber.text(values.last, on: terminal)) \(course)"
      }
      say(line)
    }
  }

  private func tell(_ record: GateReportRecord) {
    let terminal = Terminal.standardOutput
    let report = record.report
    let style = report.verdict.mark.style
    let opponent = report.champion.map { " against champion @\($0)" } ?? ""
    say(
      "\ngates      \(terminal.styled(report.verdict.rawValue, style)): candidate @\(report.candidate)\(opponent) on "
        + "\(PersonNumber.count(report.rows, "row")), look \(report.looks), labels blind \(report.blind)")
    for result in report.results {
      say("  \(terminal.mark(result.verdict.mark)) \(ShownText(result.sentence).text)")
    }
  }

  private struct Answer: Encodable {
    var run: String
    var state: Run.State
    var trigger: String
    var because: String
    var openedAt: Instant
    var endedAt: Instant?
    var interval: DataInterval
    var knownAt: Instant
    var configuration: Digest
    var holdout: Digest?
    var candidate: Int?
    var reason: String?
    var attempts: [JobAnswer]
    var gates: GateReport?
    var gateReport: Digest?
    var work: [WorkUnderWay]

    init(_ run: Run, _ attempts: [AttemptRecord], _ report: GateReportRecord?, _ work: [WorkUnderWay]) {
      self.work = work
      self.run = run.id.description
      state = run.state
      trigger = run.trigger.opener
      because = run.because
      openedAt = run.openedAt
      endedAt = run.endedAt
      interval = run.interval
      knownAt = run.knownAt
      configuration = run.configuration
      holdout = run.holdout
      candidate = run.candidate
      reason = run.reason
      self.attempts = attempts.map(JobAnswer.init)
      gates = report?.report
      gateReport = report?.digest
    }

    private enum CodingKeys: String, CodingKey {
      case run, state, trigger, because, interval, configuration, holdout, candidate, reason, attempts, gates,
        work
      case openedAt = "opened_at"
      case endedAt = "ended_at"
      case knownAt = "known_at"
      case gateReport = "gate_report"
    }
  }
}

extension Attempt.State {
  var style: TextStyle {
    switch self {
    case .launching, .running: .plain
    case .succeeded: .good
    case .failed, .timedOut, .outOfMemory, .lost, .unkillable: .bad
    case .cancelled: .warning
    }
  }
}

extension Verdict {
  var mark: Mark {
    switch self {
    case .pass: .yes
    case .fail: .no
    case .inconclusive: .unknown
    }
  }
}
