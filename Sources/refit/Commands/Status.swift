import ArgumentParser
import RefitCore
import RefitEngine
import RefitStore

struct Status: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Show how all models are: what serves, what was decided, what runs, what needs a person.",
    discussion: """
        refit status
        refit status --json
      """)

  @OptionGroup var options: ProjectOptions

  func run() throws {
    try answering {
      let store = try options.reader()
      let now = try options.now(store)
      let held = try options.heldAttempts()
      let pauses = try pauses(store, at: now)
      let work = try WorkUnderWay.all(in: options.directory())
      let rows = try reading { try Self.rows(store, held, work) }
      let alarm = try Self.clockAlarm(store, now)
      if options.json {
        try sayJSON(Answer(models: rows, pauses: pauses.map(PauseAnswer.init), clock: alarm))
        return
      }
      let terminal = Terminal.standardOutput
      var table = TextTable([
        .init("model"), .init("mode"), .init("champion"), .init("since"), .init("last decision"),
        .init("run"),
        .init("next"),
      ])
      for row in rows { table.append(row.cells(now, terminal)) }
      say(table.rendered(for: terminal), terminator: "")
      let attention =
        [alarm].compactMap(\.self) + pauses.map { PauseAnswer($0).line } + rows.flatMap(\.attention)
      if !attention.isEmpty {
        say("")
        for sentence in attention { say("\(terminal.mark(.unknown)) \(ShownText(sentence).text)") }
      }
      let waiting = rows.flatMap(\.waiting)
      if !waiting.isEmpty { say("") }
      for waiting in waiting {
        say("\(terminal.mark(.waiting)) \(waiting.model): \(ShownText(waiting.sentence).text)")
      }
    }
  }

  /// What is to be said of a clock that is behind the record; nil where it is not.
  private static func clockAlarm(_ store: StoreReader, _ now: Instant) throws -> String? {
    try reading {
      guard try store.project()?.clock == .wall else { return nil }
      let clock = try store.clock()
      return clock.isBehind(now) ? clock.alarm : nil
    }
  }

  private struct Answer: Encodable {
    var models: [Row]
    var pauses: [PauseAnswer]
    /// What is wrong with the clock.
    var clock: String?
  }

  /// What keeps models still now.
  private func pauses(_ store: StoreReader, at now: Instant) throws -> [Pause] {
    let project = try options.directory()
    return try reading { try ProjectPauses.read(project, store) }.filter { $0.isInForce(at: now) }
  }

  /// The models of refit.yaml, and those that have gone from it but still serve or run.
  private static func rows(
    _ store: StoreReader, _ held: HeldAttempts, _ work: [WorkUnderWay]
  ) throws -> [Row] {
    let live = try store.liveRuns().map(\.id)
    return try store.models().compactMap { header in
      let leftBehind = header.leftBehind(liveRun: live.first { $0.model == header.name })
      guard header.isActive || leftBehind != nil else { return nil }
      var row = try Row(header, leftBehind: leftBehind, work.filter { $0.model == header.name }, store)
      if let held = try held.first(of: header.name, in: store) {
        row.attention.append("\(held.sentence): no new run of \(header.name) until they are gone.")
      }
      return row
    }
  }

  /// One model.
  private struct Row: Encodable {
    var model: Name
    var mode: Model.Mode
    /// Whether refit.yaml still has it.
    var isActive: Bool
    var champion: Int?
    var servingSince: Instant?
    var decision: Decision.Verdict?
    var decidedAt: Instant?
    var sentence: String?
    var run: String?
    var runState: Run.State?
    var nextDue: Instant?
    /// What processes of Refit's own are at.
    var work: [WorkUnderWay]
    /// What a person should look at.
    var attention: [String] = []
    /// Occurrences that wait.
    var waiting: [WaitingOccurrence]

    private enum CodingKeys: String, CodingKey {
      case model, mode, champion, decision, sentence, run, work, attention, waiting
      case isActive = "is_active"
      case servingSince = "serving_since"
      case decidedAt = "decided_at"
      case runState = "run_state"
      case nextDue = "next_due"
    }

    init(
      _ header: ModelHeader, leftBehind: String?, _ work: [WorkUnderWay], _ store: StoreReader
    ) throws {
      waiting = try store.waiting(of: header.name)
      model = header.name
      self.work = work
      mode = header.mode
      isActive = header.isActive
      if let leftBehind { attention.append(leftBehind + ".") }
      champion = header.champion
      servingSince = try store.servingSince(header.name)
      if let record = try store.latestDecision(header.name) {
        decision = record.decision.verdict
        decidedAt = record.nominal
        sentence = record.decision.sentence
        let policy = try store.model(header.name)?.model.retrain
        let obstacles = policy?.obstacles(in: record.situation) ?? []
        if record.decision.verdict == .unknown { attention.append("\(model): \(record.decision.sentence)") }
        attention += obstacles.map { "\(model): \($0)" }
      }
      if let newest = try store.runs(header.name, limit: 1).first {
        run = newest.id.description
        runState = newest.state
        switch newest.state {
        // Approved, and hashed again before it is promoted.
        case .awaitingApproval where work.contains { $0.run == newest.id }: break
        case .awaitingApproval: attention.append("\(newest.id) awaits approval: 'refit show \(newest.id)'.")
        case .failed, .refused:
          attention.append("\(newest.id) \(newest.state.phrase): \(newest.reason ?? "")")
        default: break
        }
      }
      let rejected = try store.events(LedgerFilter(model: header.name, kind: .observationsRejected), limit: 1)
        .last
      if let rejected, rejected.at >= decidedAt ?? rejected.at {
        attention.append(
          "\(model): some observations were rejected; 'refit audit log --model \(model) --kind observations-rejected'."
        )
      }
      nextDue = try store.schedules(of: header.name).compactMap(\.nextDue).min()
    }

    /// `, sealing 4.1 GB`; empty when nothing is being done.
    private func doing(_ work: [WorkUnderWay]) -> String {
      work.map { ", \($0.doing) \(PersonNumber.bytes($0.bytes))" }.joined()
    }

    func cells(_ now: Instant, _ terminal: Terminal) -> [TextTable.Cell] {
      let time = ReaderTime.system
      let nothing = terminal.nothing
      return [
        .init(model.text, .bold), .init(isActive ? mode.rawValue : "removed"),
        .init(champion.map { "@\($0)" } ?? nothing),
        .init(servingSince.map { ReaderTime.relative($0, to: now) } ?? nothing),
        .init(
          (decision.map { "\($0.rawValue), \(decidedAt.map { ReaderTime.relative($0, to: now) } ?? "")" }
            ?? nothing) + doing(work.filter { $0.run == nil }),
          decision?.style ?? .plain),
        .init(
          (run.map { "\($0) \(runState?.rawValue ?? "")" } ?? nothing) + doing(work.filter { $0.run != nil }),
          runState?.style ?? .plain),
        .init(nextDue.map { time.text($0) } ?? nothing),
      ]
    }
  }
}
