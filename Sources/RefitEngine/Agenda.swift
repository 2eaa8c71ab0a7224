import RefitCore
import RefitStore

/// How long a writer has held the lock, and whether others wait for it.
struct Pace {
  let began: Duration
  let elapsed: @Sendable () -> Duration
  let queue: WriterLock.Queue

  /// Whether it is time to let others have their turn: a second has passed, and somebody waits.
  var isOver: Bool { elapsed() - began >= .seconds(1) && queue.isWaiting }
}

/// What a tick has taken up so far, unit by unit, over all the times that it holds the lock: a unit is finished once
/// it is begun, and none is begun twice.
struct Agenda {
  enum Unit: Hashable {
    case schedule(DueSchedule)
    case run(RunID)
  }

  private var begun: Set<Unit> = []
  private var hasBegunInTurn = false
  /// Whether others are to have their turn before this goes on.
  private(set) var isInterrupted = false

  /// Whether anything was taken up, or there was nothing to be.
  var hasBegun: Bool { !begun.isEmpty }

  /// Whether the unit is to be done now. At least one is done each time that the lock is held.
  mutating func takes(_ unit: Unit, _ pace: Pace) -> Bool {
    guard !isInterrupted, !begun.contains(unit) else { return false }
    if hasBegunInTurn, pace.isOver {
      isInterrupted = true
      return false
    }
    begun.insert(unit)
    hasBegunInTurn = true
    return true
  }

  /// Goes on, with the lock held anew.
  mutating func goOn() {
    isInterrupted = false
    hasBegunInTurn = false
  }
}
