import Foundation
import RefitTesting

/// Looks at a project from outside, after it has come to rest, and says what is not as it was promised.
final class Inspection {
  let project: TorturedProject
  let rows: StateRows
  let witness: Witness
  private(set) var findings: [String] = []

  /// How much is asked of the command afterwards.
  enum Questions { case all, few }

  private let questions: Questions

  /// - Parameter now: the time of the last tick.
  init(of project: TorturedProject, at now: Date, questions: Questions = .all) throws {
    self.project = project
    self.questions = questions
    rows = try StateRows(of: project)
    witness = Witness(of: project)
    checkDatabase()
    checkOccurrences(until: now)
    checkRuns()
    checkAttempts()
    checkChampions()
    checkProcesses()
    checkFiles()
    try checkAnswers()
  }

  func expect(_ holds: Bool, _ finding: @autoclosure () -> String) {
    if !holds { findings.append(finding()) }
  }

  private func checkDatabase() {
    expect(rows.integrity == ["ok"], "SQLite finds: \(rows.integrity.joined(separator: "; "))")
    expect(rows.dangling == 0, "\(rows.dangling) rows refer to nothing")
  }

  /// Each occurrence that the clock has passed is recorded once; each decision to retrain opened one run.
  private func checkOccurrences(until now: Date) {
    guard let applied = rows.applied.first ?? nil else {
      expect(false, "no configuration was ever applied")
      return
    }
    for schedule in project.schedules {
      let recorded = rows.occurrences.filter { $0.model == schedule.model && $0.schedule == schedule.name }
      let times = recorded.map { Int($0.nominal / 1_000_000) }
      let begin = Double(applied) / 1e6
      let expected = schedule.occurrences(after: begin, through: now.timeIntervalSince1970)
      // The wall clock has gone on since the last tick began.
      let latest = project.clock == .wall ? Date() : now
      let possible = schedule.occurrences(after: begin, through: latest.timeIntervalSince1970)
      let missing = Set(expected).subtracting(times).sorted()
      let surplus = Set(times).subtracting(possible).sorted()
      expect(missing.isEmpty, "\(schedule.name) of \(schedule.model): never acted on: \(Self.times(missing))")
      expect(surplus.isEmpty, "\(schedule.name) of \(schedule.model): not due: \(Self.times(surplus))")
      expect(times.count == Set(times).count, "\(schedule.name) of \(schedule.model): recorded twice")
    }
    let decided = rows.occurrences.count { $0.state == "decided" }
    expect(decided == rows.decisions.count, "\(decided) occurrences are decided by \(rows.decisions.count)")
    for decision in rows.decisions {
      let (wanted, when) = (decision.verdict == "retrain" ? 1 : 0, decision.nominal / 1_000_000)
      expect(
        decision.runs == wanted,
        "the decision '\(decision.verdict)' of \(decision.model) at \(when) opened \(decision.runs) runs")
    }
    let told = rows.events.count { $0.kind == "occurrence-decided" || $0.kind == "occurrence-coalesced" }
    expect(told == rows.occurrences.count, "\(told) events tell of \(rows.occurrences.count) occurrences")
  }

  private static func times(_ seconds: [Int]) -> String {
    seconds.map { TorturedProject.text(Date(timeIntervalSince1970: Double($0))) }.joined(separator: ", ")
  }

  /// Every run has ended with a reason or waits for a person.
  private func checkRuns() {
    for run in rows.runs {
      expect(!run.isLive || run.state == "awaiting-approval", "\(run.name) is still \(run.state)")
      expect(run.isLive || run.reason?.isEmpty == false, "\(run.name) is \(run.state) without a reason")
    }
    for (model, runs) in Dictionary(grouping: rows.runs, by: \.model) {
      expect(runs.count(where: \.isLive) <= 1, "\(model) has more than one live run")
      expect(runs.map(\.number) == Array(1...runs.count), "the runs of \(model) are not numbered in order")
    }
  }

  /// The witness against the rows.
  private func checkAttempts() {
    expect(witness.garbled.isEmpty, "the witness has half a line: \(witness.garbled)")
    let attempts = Dictionary(rows.attempts.map { ($0.name, $0) }) { first, _ in first }
    expect(attempts.count == rows.attempts.count, "an attempt is recorded twice")
    for name in witness.attempts.sorted() {
      let starts = witness.count(.start, name)
      expect(starts == 1, "the command of \(name) was started \(starts) times")
      expect(witness.count(.overlap, name) == 0, "\(name) was started while an earlier one was alive")
      expect(attempts[name] != nil, "\(name) was started, and no row knows of it")
    }
    for attempt in rows.attempts {
      let (starts, ends) = (witness.count(.start, attempt.name), witness.count(.end, attempt.name))
      expect(
        !["launching", "running"].contains(attempt.state), "\(attempt.name) is still \(attempt.state)")
      if attempt.state == "succeeded" {
        expect(starts == 1 && ends == 1, "\(attempt.name) succeeded; it began \(starts), ended \(ends) times")
      }
      expect(attempt.state != "unkillable", "\(attempt.name) is called unkillable: \(attempt.reason ?? "")")
      checkLog(of: attempt, starts: starts)
    }
  }

  /// The log has the job's lines in order, and all of them where it was not killed.
  private func checkLog(of attempt: StateRows.Attempt, starts: Int) {
    let path = "\(project.path)/state/runs/\(attempt.name)/log"
    guard let data = FileManager.default.contents(atPath: path) else {
      expect(starts == 0, "\(attempt.name) was started and has no log")
      return
    }
    let lines = String(decoding: data, as: UTF8.self).split(separator: "\n").map(String.init)
    let told = lines.filter { $0.hasPrefix("line ") }
    expect(
      told == Array((1...4).map { "line \($0)" }.prefix(told.count)), "the log of \(attempt.name): \(told)")
    expect(attempt.state != "succeeded" || told.count == 4, "the log of \(attempt.name) lacks lines: \(told)")
  }

  /// Each champion serves: its link names it and leads to the bytes that were sealed.
  private func checkChampions() {
    for champion in rows.champions {
      let (model, link) = (champion.model, rows.links[champion.model] ?? nil)
      expect(
        link?.names == "versions/\(champion.version)",
        "\(model)@\(champion.version) serves, and the link says \(link?.names ?? "nothing")")
      expect(link?.digest == champion.sealed, "what the link of \(model) leads to is not what was sealed")
      expect(champion.published != nil, "that \(model)@\(champion.version) is published is not recorded")
    }
    for (model, link) in rows.links where !rows.champions.contains(where: { $0.model == model }) {
      expect(link == nil, "\(model) has no champion, and a link that says \(link?.names ?? "")")
    }
    let promoted = Set(rows.promotions.map { "\($0.model)@\($0.version)" })
    for run in rows.runs where run.state == "promoted" {
      let candidate = rows.promotions.count { $0.model == run.model && $0.kind == "promotion" }
      expect(candidate > 0, "\(run.name) says promoted, and \(promoted) is all that was")
    }
  }

  private func checkProcesses() {
    let left = ProcessTable.attempts(of: project.path)
    expect(left.isEmpty, "left behind: \(left.map { "\($0.part) \($0.pid)" }.joined(separator: ", "))")
    let commands = ProcessTable.commands(on: project.path)
    expect(commands.isEmpty, "a refit still runs: \(commands)")
  }

  /// Every question is answered.
  private func checkAnswers() throws {
    var asked = [["status"], ["audit", "verify"]]
    if questions == .all {
      asked += [["status", "--json"], ["runs"], ["audit", "log"]]
      let decided = Set(rows.decisions.map(\.model))
      asked += decided.sorted().map { ["explain", $0] }
      for run in rows.runs.suffix(3) {
        asked.append(["show", run.name])
        // Of each job the newest attempt is shown; one that was lost before it started has no log.
        let newest = Dictionary(
          rows.attempts.filter { $0.model == run.model && $0.run == run.number }.map {
            ("\($0.job) \($0.subject)", $0.name)
          },
          uniquingKeysWith: { _, last in last })
        if !witness.attempts.isDisjoint(with: newest.values) { asked.append(["logs", run.name]) }
      }
    }
    for question in asked {
      let (command, told) = (try project.start(question), question.joined(separator: " "))
      let ending = try command.wait()
      expect(ending == .exited(0), "'refit \(told)' \(ending): \(command.printed.suffix(400))")
    }
  }
}
