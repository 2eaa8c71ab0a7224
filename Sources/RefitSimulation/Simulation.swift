import RefitCore
import RefitEngine
import RefitStore

/// The real engine, its real database and its real vault on a simulated machine, through one plan.
public final class Simulation {
  /// How it ended.
  public struct Outcome: Sendable {
    public var violation: Violation?
    /// The wall time at which it ended.
    public var at: Instant
    public var figures: Figures
  }

  let plan: Plan
  let scratch: ScratchProject
  let world: SimulatedWorld
  let oracle: Oracle
  let trace: ((String) -> Void)?
  let without: Guard?
  var settings: ProjectSettings
  /// Models that were taken out of the configuration.
  var parked: [String: ModelSettings] = [:]
  var isSpoilt = false
  /// The daemon; nil while it is dead, and from one tick to the next where cron starts it.
  var process: Orchestrator?
  var figures = Figures()
  /// Whether the last tick left something undone: it was killed, or told of trouble.
  var needsAttention = true
  /// Whether processes of Refit's own were at work when the last tick ended.
  var isAtWork = false
  /// Whether the last tick said that the clock can't be gone by.
  var isClockBehind = false
  var lastTick: Int64 = 0
  /// Ticks in a row of which nothing has come.
  var vainTicks: Int64 = 0
  var calls = 0
  var swaps = Swaps()
  /// Swaps that were asked for while there was no candidate to swap.
  var pendingSwaps = 0
  /// Of a process that was killed a moment ago.
  var lastDeath: SimulatedWorld.Death?
  private var isGuardOut = false

  /// - Parameter trace: is given a line for each thing that happens; the same lines for the same plan.
  public init(_ plan: Plan, without: Guard? = nil, trace: ((String) -> Void)? = nil) throws {
    self.plan = plan
    self.without = without
    self.trace = trace
    settings = plan.settings
    scratch = try ScratchProject()
    world = SimulatedWorld(
      seed: plan.seed, start: plan.start, project: scratch.directory, claims: without != .claim)
    oracle = Oracle(project: scratch, launcher: world.launcher, seed: plan.seed)
    for model in settings.models {
      try SimulatedData.write(model.name, before: plan.start, in: scratch)
    }
    try scratch.write("trains\n", to: "jobs/train.py")
    try scratch.write("scores\n", to: "jobs/score.py")
    try scratch.write("looks\n", to: "jobs/landed")
    try configure()
    let directory = scratch.directory
    world.launcher.machine { $0.worker = { try Worker.work(in: $0, of: directory) } }
    letIntrudersIn()
  }

  /// Plays the plan to its end, then without faults until the system has come to rest.
  public func run() throws -> Outcome {
    trace?(plan.title)
    var violation: Violation?
    do {
      for happening in plan.happenings {
        try advance(to: happening.at)
        try perform(happening.what)
      }
      try advance(to: plan.seconds)
      try converge()
    } catch let found as Violation {
      violation = found
      say("VIOLATED \(found)")
    }
    process = nil
    figures.seconds = world.time.elapsed
    figures.reached = world.reached
    (figures.jobs, figures.promotions) = (world.launcher.machine(\.started), oracle.promotionCount)
    (figures.occurrences, figures.runs) = (oracle.occurrences.count, Int(oracle.seenRun))
    return Outcome(violation: violation, at: world.time.wall, figures: figures)
  }

  func say(_ line: @autoclosure () -> String) {
    trace?("\(world.time.wall) \(scratch.anonymous(line()))")
  }

  /// Writes `refit.yaml` as the settings say.
  func configure() throws {
    let text = settings.text(without: without)
    oracle.settings[text] = settings
    try scratch.write(isSpoilt ? "version: 1\nproject: [\n" : text, to: "refit.yaml")
  }

  // MARK: - Time

  /// Lets time pass, with the ticks that fall due on the way.
  private func advance(to end: Int64) throws {
    while let next = try nextTick(), next <= end {
      world.launcher.machine { $0.advance(to: max(next, $0.time.elapsed)) }
      try tick()
    }
    world.launcher.machine { $0.advance(to: max(end, $0.time.elapsed)) }
  }

  /// When the next tick is worth its while: something ends or comes due, or it is long ago that one was made.
  func nextTick() throws -> Int64? {
    let now = world.time.elapsed
    let patience: Int64 = 24 * 3600
    var times = [lastTick + patience]
    if needsAttention { times.append(now + longer(1, longest: 900)) }
    if let event = world.launcher.machine(\.nextEvent) { times.append(event + 1) }
    times += try waits()
    return onGrid(max(times.min() ?? now, now + 1))
  }

  /// Twice as long after each tick of which nothing has come.
  private func longer(_ seconds: Int64, longest: Int64) -> Int64 {
    min(longest, seconds << min(vainTicks, 20))
  }

  /// What the database says to wait for.
  private func waits() throws -> [Int64] {
    guard let records = try oracle.records() else { return [] }
    var times: [Int64] = []
    if !isClockBehind, let due = try records.number("SELECT min(next_due) FROM schedule WHERE active = 1") {
      times.append(world.time.elapsed(at: Instant(microseconds: due)))
    }
    if !isClockBehind {
      let now = world.time.wall.microseconds
      let next = try records.number(
        "SELECT min(attend_at) FROM occurrence_pending WHERE attend_at > ?", [now])
      if let next { times.append(world.time.elapsed(at: Instant(microseconds: next))) }
      // What could be looked after already is waiting for something else, such as another check.
      if try records.number("SELECT 1 FROM occurrence_pending WHERE attend_at <= ? LIMIT 1", [now]) != nil {
        times.append(world.time.elapsed + longer(30, longest: 900))
      }
    }
    // A run whose jobs are all over waits for a backoff.
    let waiting = try records.number(
      """
      SELECT count(*) FROM run WHERE ended_at IS NULL AND state <> 'awaiting-approval'
        AND NOT EXISTS (SELECT 1 FROM attempt WHERE run = run.id AND ended_at IS NULL AND state = 'running')
      """)
    if waiting ?? 0 > 0 { times.append(world.time.elapsed + longer(30, longest: 3600)) }
    return times
  }

  private func onGrid(_ time: Int64) -> Int64 {
    guard case .cron(let period) = plan.style else { return time }
    let wall = time + world.time.offset
    return (wall + period - 1) / period * period - world.time.offset
  }

  // MARK: - Guards

  /// Takes a guard that the database has out of force, as soon as there is one.
  func takeGuardOut() throws {
    guard let sabotage = without?.sabotage, !isGuardOut else { return }
    isGuardOut = try Records.execute(sabotage, path: scratch.directory.database)
  }
}
