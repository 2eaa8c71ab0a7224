import Foundation
import RefitCore
import RefitTesting

/// One project, tortured by the turns of one seed until so many kills have hit: commands are killed at random moments
/// and at fail points, and so are supervisors and jobs. Now and then it is left alone, and must be whole again.
final class Campaign {
  let seed: UInt64
  let project: TorturedProject
  let tally: Tally
  var random: SeededGenerator
  private(set) var kills = 0
  private(set) var now: Date
  private var leaves: [String] = []
  var serving: Subprocess?

  init(seed: UInt64, tally: Tally) throws {
    self.seed = seed
    self.tally = tally
    random = SeededGenerator(seed: seed)
    project = try TorturedProject(
      random.chance(0.65) ? .simulated : .wall, .wild, sandbox: random.chance(0.5) ? .auto : .none)
    now = project.begin
  }

  /// - Throws: a failure that says what is not as it was promised, where the project lies, and how to do it again.
  func run(kills wanted: Int) throws {
    do {
      while kills < wanted {
        let pause = min(wanted, kills + Int.random(in: 6...16, using: &random))
        // Most attacks hit; when none does, something else is wrong.
        var turns = 0
        while kills < pause, turns < 100 {
          try turn()
          turns += 1
        }
        try recover()
      }
    } catch {
      project.keep()
      throw SupportFailure(
        """
        \(error)
        seed \(seed): again by 'make torture SEED=\(seed) N=\(wanted)'; the project and its diary are kept in \
        \(project.path)
        """)
    }
  }

  /// Tells the diary, for whoever looks into a failure.
  func note(_ line: String) {
    guard let diary = fopen("\(project.path)/diary", "ae") else { return }
    fputs(
      "\(Date().ISO8601Format(.iso8601(timeZone: .gmt, includingFractionalSeconds: true))) \(line)\n", diary)
    fclose(diary)
  }

  func countKill(of target: String) {
    kills += 1
    tally.add("killed \(target)")
  }

  // MARK: - A turn

  private func turn() throws {
    if project.clock == .wall { try attendService() }
    advanceTime()
    if random.chance(0.1) { try project.observe(random.chance(0.7) ? "" : "no number", at: now) }
    if random.chance(0.3) { attackAttempts() }
    let (arguments, usesTime) = drawCommand()
    let isLong = arguments.contains("--wait")
    let attack = Attack.drawn(&random, longest: isLong ? 900_000 : 150_000)
    let bystander = random.chance(0.15) ? try project.start(["tick"], at: now) : nil
    let command = try project.start(arguments, at: usesTime ? now : nil, environment: attack.environment)
    note("\(arguments.joined(separator: " ")) at \(TorturedProject.text(now)): \(attack)")
    let struck = attack.strike(command)
    if random.chance(0.35) { attackAttempts() }
    let ending = try command.wait()
    try check(command, ending, attack)
    if ending == .killed(by: SIGKILL) || (struck && ending != .exited(0)) {
      countKill(of: "\(arguments[0]) by \(attack.kind)")
    }
    if let bystander { try check(bystander, bystander.wait(), .none) }
  }

  func check(_ command: Subprocess, _ ending: Subprocess.Ending, _ attack: Attack) throws {
    // A run may not be there yet of which the turn was to be.
    let isAboutNothing = ending == .exited(64) && command.printed.contains("there is no run")
    guard !attack.allows(ending), !isAboutNothing else { return }
    throw SupportFailure(
      "'\(command.arguments.joined(separator: " "))' (\(attack)) \(ending):\n\(command.printed.suffix(1500))")
  }

  private func advanceTime() {
    guard project.clock == .simulated else {
      now = Date()
      return
    }
    switch random.unit() {
    case ..<0.3: break
    case ..<0.6: now += 20
    case ..<0.9: now += Double(Int.random(in: 60...1500, using: &random))
    default: now += Double(Int.random(in: 3600...10_000, using: &random))
    }
  }

  /// The command of a turn, and whether it is told the time.
  private func drawCommand() -> ([String], Bool) {
    let model = TorturedProject.models.randomElement(using: &random)!
    let run = "\(model)#\(newestRun(of: model))"
    let because = ["--because", "torture"]
    switch random.unit() {
    case ..<0.42: return (["tick"], true)
    case ..<0.62: return (["tick", "--wait"], true)
    case ..<0.72: return (["retrain", model] + because, false)
    case ..<0.78: return (["retrain", model, "--wait"] + because, false)
    case ..<0.84: return (["cancel", run] + because, false)
    case ..<0.91: return (["approve", "churn#\(newestRun(of: "churn"))"] + because, false)
    case ..<0.92: return (["reject", "churn#\(newestRun(of: "churn"))"] + because, false)
    case ..<0.94: return (["rollback", model] + because, false)
    case ..<0.96: return (["pause", model] + because, false)
    case ..<0.98: return (["resume", model] + because, false)
    case ..<0.985:
      return (["backfill", "loans", "--from", TorturedProject.text(project.begin - 86_400)], false)
    default: return (["status"], false)
    }
  }

  private func newestRun(of model: String) -> Int {
    let names =
      (try? FileManager.default.contentsOfDirectory(atPath: "\(project.path)/state/runs/\(model)")) ?? []
    return names.compactMap { Int($0) }.max() ?? 1
  }

  /// Something happens to a supervisor or to a job.
  private func attackAttempts() {
    let found = ProcessTable.attempts(of: project.path)
    guard let victim = found.randomElement(using: &random) else { return }
    let target = victim.part.rawValue
    switch random.unit() {
    case ..<0.7:
      if kill(victim.pid, SIGKILL) == 0 { countKill(of: target) }
      note("killed \(target) \(victim.pid)")
    case ..<0.85:
      kill(victim.pid, SIGSTOP)
      usleep(UInt32.random(in: 1000...50_000, using: &random))
      kill(victim.pid, SIGCONT)
      note("stopped \(target) \(victim.pid) for a while")
    default:
      if kill(victim.pid, SIGTERM) == 0 { countKill(of: "\(target) by SIGTERM") }
      note("terminated \(target) \(victim.pid)")
    }
  }

  // MARK: - Recovery

  /// Faults stop: within some ticks nothing is live any more, and everything is as it was promised.
  private func recover() throws {
    try endService()
    for model in TorturedProject.models {
      let resume = try project.start(["resume", model, "--because", "the end of it"])
      try check(resume, resume.wait(), .none)
    }
    var ticks = 0
    repeat {
      ticks += 1
      guard ticks <= 40 else {
        throw SupportFailure("after \(ticks) undisturbed ticks something is still live")
      }
      now = project.clock == .simulated ? now + 8 : Date()
      let tick = try project.start(["tick", "--wait"], at: now)
      try check(tick, tick.wait(), .none)
    } while try isAnythingLive()
    let inspection = try Inspection(of: project, at: now)
    tally.add("recovered")
    let leaves = inspection.rows.events.map(\.leaf)
    var findings = inspection.findings
    if !leaves.starts(with: self.leaves) { findings.append("the ledger does not extend what it was before") }
    self.leaves = leaves
    guard findings.isEmpty else { throw SupportFailure(findings.joined(separator: "\n")) }
    note("whole again after \(ticks) ticks")
  }

  private func isAnythingLive() throws -> Bool {
    try StateRows(of: project).runs.contains { $0.isLive && $0.state != "awaiting-approval" }
  }
}

extension Attack {
  /// For the count.
  var kind: String {
    switch self {
    case .none: "nothing"
    case .signal(SIGKILL, _): "SIGKILL"
    case .signal(let signal, _): "signal \(signal)"
    case .group: "SIGKILL of its group"
    case .pause: "SIGSTOP, then SIGKILL"
    case .failPoint(let point, _): "the fail point \(point)"
    }
  }
}
