import GRDB
import RefitCore

extension Simulation {
  /// So many ticks must be enough once nothing goes wrong any more.
  private static let patience = 1000
  /// What processes of Refit's own observe is decided within so many seconds.
  private static let delay: Int64 = 8 * 3600

  /// Ends all faults, and demands that everything comes to rest: each due occurrence is accounted for, no run is
  /// stuck, links lead to champions, and a further tick changes nothing.
  func converge() throws {
    say("· faults stop")
    world.disarm()
    world.launcher.machine { $0.calm() }
    pendingSwaps = 0
    isSpoilt = false
    try configure()
    try tick()
    if isClockBehind { try perform(.person(.acceptClock)) }
    try tick()
    try endPauses()
    let live = try unfinished()
    let awaiting = oracle.awaitingData
    // Where processes of Refit's own observe, what is due takes a few ticks, and the next one is due before the last
    // one is decided: after so long all that was due when faults stopped is.
    let earliest = world.time.elapsed + (settings.leavesWork ? Self.delay : 0)
    for _ in 0..<Self.patience {
      let isQuiet = try !needsAttention && Set(unfinished()).isDisjoint(with: live)
      let isAtRest =
        isQuiet && oracle.awaitingData.isDisjoint(with: awaiting) && (settings.leavesWork || !isAtWork)
        && world.time.elapsed >= earliest
      if isAtRest { return try checkRest() }
      guard let next = try nextTick() else { break }
      world.launcher.machine { $0.advance(to: max(next, $0.time.elapsed)) }
      try tick()
    }
    let names = try
      (unfinished().filter(live.contains)
      + oracle.awaitingData.intersection(awaiting).map(\.description).sorted())
      .joined(separator: ", ")
    throw Violation(
      .convergence,
      "\(Self.patience) ticks after the last fault "
        + (names.isEmpty ? "ticks still have trouble" : "\(names) has not ended and waits for nobody"))
  }

  private func endPauses() throws {
    try perform(.pauseFile(false))
    guard let records = try oracle.records() else { return }
    let rows = try records.rows(
      "SELECT model FROM pause WHERE ended_at IS NULL AND origin = 'command' ORDER BY id")
    for row in rows { try perform(.person(.resume(row["model"]))) }
    try tick()
  }

  /// Live runs that wait for no person.
  private func unfinished() throws -> [String] {
    guard let records = try oracle.records() else { return [] }
    let rows = try records.rows(
      "SELECT model, number FROM run WHERE ended_at IS NULL AND state <> 'awaiting-approval' ORDER BY id")
    return rows.map { "\($0["model"] as String)#\($0["number"] as Int)" }
  }

  private func checkRest() throws {
    try oracle.checkWhole()
    if let records = try oracle.records() { try oracle.checkNoneIsLeftBehind(records) }
    if settings.leavesWork {
      // What is observed beside the tick is decided a few ticks later.
      return try oracle.check(after: .cleanTick(now: world.time.wall.seconds - Self.delay))
    }
    let before = oracle.ledger.size
    try tickAside()
    guard oracle.ledger.size == before else {
      throw Violation(
        .convergence, "a second tick at the same instant wrote \(oracle.ledger.size - before) events")
    }
    guard let records = try oracle.records() else { return }
    let overdue = try records.rows(
      "SELECT model, name, next_due FROM schedule WHERE active = 1 AND next_due <= ?",
      [world.time.wall.microseconds])
    guard overdue.isEmpty else {
      let names = overdue.map { "\($0["model"] as String)/\($0["name"] as String)" }
      throw Violation(.convergence, "after a tick \(names.joined(separator: ", ")) is still due")
    }
  }
}
