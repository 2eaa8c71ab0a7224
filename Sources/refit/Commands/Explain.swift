import ArgumentParser
import RefitCore
import RefitEngine
import RefitStore

struct Explain: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Say why the last decision was what it was, and what would have changed it.",
    discussion: """
        refit explain credit-risk
        refit explain credit-risk --run 4     # the decision that opened credit-risk#4
        refit explain credit-risk --last 7    # the last seven, a line each
      """)

  @OptionGroup var options: ProjectOptions
  @Argument(help: "The model.", transform: Arguments.model) var model: Name
  @Option(name: .customLong("run"), help: "The number of a run: explain the decision that opened it.")
  var number: Int?
  @Option(help: "So many of the newest decisions, a line each.") var last: Int?

  func run() throws {
    try answering {
      let store = try options.reader()
      _ = try store.header(model)
      if let number { _ = try store.existing(RunID(model: model, number: number)) }
      if let last {
        guard last > 0 else { throw Failure(.usage, "--last takes a positive number") }
        try tell(try reading { try store.decisions(model, limit: last) })
        return
      }
      let record = try reading {
        try number.map { try store.decision(for: RunID(model: model, number: $0)) }
          ?? store.latestDecision(model)
      }
      let waiting = try number == nil ? store.waiting(of: model) : []
      if !options.json {
        for waiting in waiting { say(ShownText(waiting.sentence).text) }
      }
      guard let record else {
        throw Failure(
          .unknown,
          number.map { "\(model)#\($0) was opened by a person, not by a decision" }
            ?? "nothing has been decided for \(model) yet")
      }
      try tell(record, waiting, store)
    }
  }

  private func tell(
    _ record: DecisionRecord, _ waiting: [WaitingOccurrence], _ store: StoreReader
  ) throws {
    let policy = try reading { try store.model(model)?.model.retrain }
    let obstacles = policy?.obstacles(in: record.situation) ?? []
    let pause = try currentPause(store)
    if options.json {
      try sayJSON(Answer(record, obstacles, pause.map(PauseAnswer.init), waiting))
      return
    }
    for line in record.decision.explanation(model: model, at: record.nominal, obstacles: obstacles) {
      say(ShownText(line).text)
    }
    if let run = record.run { say("  opened \(run)") }
    if let held = try reading({ try options.heldAttempts().first(of: model, in: store) }) {
      say("  held up now: \(held.sentence); no new run of \(model) until they are gone")
    }
    if let pause { say("  now \(ShownText(PauseAnswer(pause).line).text)") }
  }

  private func currentPause(_ store: StoreReader) throws -> Pause? {
    let (project, now) = (try options.directory(), try options.now(store))
    return try reading { try ProjectPauses.read(project, store) }.decisive(for: model, at: now)
  }

  private func tell(_ records: [DecisionRecord]) throws {
    if options.json {
      try sayJSON(["decisions": records.map { Answer($0, []) }])
      return
    }
    var table = TextTable([.init("at"), .init("schedule"), .init("verdict"), .init("run"), .init("why")])
    let terminal = Terminal.standardOutput
    for record in records {
      table.append([
        .init(ReaderTime.system.text(record.nominal)), .init(record.schedule.text),
        .init(record.decision.verdict.rawValue, record.decision.verdict.style),
        .init(record.run.map(\.description) ?? terminal.nothing), .init(record.decision.sentence),
      ])
    }
    say(table.rendered(for: terminal), terminator: "")
  }

  private struct Answer: Encodable {
    var model: Name
    var schedule: Name
    var nominal: Instant
    var decidedAt: Instant
    var run: String?
    var policy: Digest
    var decision: Decision
    var obstacles: [String]
    /// What keeps the model still now, whatever was decided then.
    var pause: PauseAnswer?
    /// Occurrences of the model that wait.
    var waiting: [WaitingOccurrence]?

    init(
      _ record: DecisionRecord, _ obstacles: [String], _ pause: PauseAnswer? = nil,
      _ waiting: [WaitingOccurrence]? = nil
    ) {
      self.pause = pause
      model = record.model
      schedule = record.schedule
      nominal = record.nominal
      decidedAt = record.decidedAt
      run = record.run?.description
      policy = record.policyDigest
      decision = record.decision
      self.obstacles = obstacles
      self.waiting = waiting
    }

    private enum CodingKeys: String, CodingKey {
      case model, schedule, nominal, run, policy, decision, obstacles, pause, waiting
      case decidedAt = "decided_at"
    }
  }
}
