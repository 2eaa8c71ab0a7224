import Glibc
import RefitCore
import RefitExecution
import RefitStore
import RefitTesting
import Synchronization

/// A machine on virtual time, with the faults that are armed for it: what the engine gets as its `World`.
final class SimulatedWorld: Sendable {
  let launcher: SimulatedLauncher
  private let project: ProjectDirectory
  private let state: Mutex<State>

  /// What happens when the engine next comes to a point.
  enum Trap: Sendable {
    case crash
    case fault(Happening.StorageFault)
    case intrude
  }

  private struct State {
    var random: SeededGenerator
    var traps: [(point: FailPoint, trap: Trap)] = []
    var reached: [FailPoint: Int] = [:]
    var sprung = 0
    /// How many points are left before each of the deaths that come wherever the process is.
    var countdowns: [Int] = []
    /// Where the process was killed, and what the database was then.
    var death: Death?
    var intruder: (@Sendable () -> Void)?
    var deaths = 0

    /// Counts one point down; whether one of the deaths is due with it.
    var isTimeToDie: Bool {
      mutating get {
        guard let due = countdowns.firstIndex(of: 0) else {
          countdowns = countdowns.map { $0 - 1 }
          return false
        }
        countdowns.remove(at: due)
        return true
      }
    }
  }

  /// The files of the database at the moment at which a process was killed.
  struct Death: Sendable {
    /// Nil: between two ticks.
    let point: FailPoint?
    /// Copies of them, by what their names end with; those that are left as they are aside.
    fileprivate let copies: [String: String]
  }

  init(seed: UInt64, start: Instant, project: ProjectDirectory, claims: Bool) {
    launcher = SimulatedLauncher(seed: seed, start: start, claims: claims)
    self.project = project
    state = Mutex(State(random: SeededGenerator(seed: Chance.bits(seed, "random bytes"))))
  }

  var time: VirtualTime { launcher.machine(\.time) }

  /// The world as the engine knows it.
  ///
  /// - Parameter program: what does long work; nil: the tick itself does.
  func world(actor: String, program: String?) -> World {
    World(
      now: { self.time.wall }, elapsed: { .seconds(self.time.elapsed) },
      randomBytes: { count in
        self.state.withLock { state in (0..<count).map { _ in UInt8(truncatingIfNeeded: state.random.next()) }
        }
      },
      launcher: launcher, actor: actor, host: World.Host(name: "simulated", system: "Simulation"),
      program: program,
      reach: { try self.reach($0) })
  }

  // MARK: - Faults

  func arm(_ trap: Trap, at point: FailPoint, times: Int = 1) {
    state.withLock { $0.traps += Array(repeating: (point, trap), count: times) }
  }

  /// Who comes in at a point where an intruder was armed.
  func onIntrusion(_ body: (@Sendable () -> Void)?) { state.withLock { $0.intruder = body } }

  /// Lets the process die at the point that it comes to after so many others.
  func crash(after count: Int) { state.withLock { $0.countdowns.append(count) } }

  func disarm() {
    state.withLock { state in
      state.traps = []
      state.countdowns = []
    }
  }

  /// How often each fail point was reached.
  var reached: [FailPoint: Int] { state.withLock(\.reached) }

  /// How many of the armed faults, and of the launcher's, have struck.
  var sprung: Int { state.withLock(\.sprung) + launcher.machine(\.refused) }

  /// The process dies where it is, between two ticks.
  func killNow() throws -> Death { Death(point: nil, copies: try keepDatabase()) }

  /// The death since the last time that this was asked.
  func takeDeath() -> Death? {
    state.withLock { state in
      defer { state.death = nil }
      return state.death
    }
  }

  private func reach(_ point: FailPoint) throws {
    let (trap, intruder, isDead) = state.withLock { state in
      if state.death != nil { return (Trap?.none, state.intruder, true) }
      state.reached[point, default: 0] += 1
      if state.isTimeToDie {
        state.sprung += 1
        return (.crash, state.intruder, false)
      }
      guard let index = state.traps.firstIndex(where: { $0.point == point }) else {
        return (nil, state.intruder, false)
      }
      state.sprung += 1
      return (state.traps.remove(at: index).trap, state.intruder, false)
    }
    if isDead {
      launcher.machine {
        $0.witness.violated(.deathIsFinal, "the process that was killed came to \(point)")
      }
      throw Interruption(at: point)
    }
    switch trap {
    case .crash:
      let copies = try keepDatabase()
      state.withLock { $0.death = Death(point: point, copies: copies) }
      throw Interruption(at: point)
    case .fault(let fault): throw error(of: fault, at: point)
    case .intrude: intruder?()
    case nil: break
    }
  }

  /// A wrong turn of storage, as the engine meets it there.
  private func error(of fault: Happening.StorageFault, at point: FailPoint) -> any Error {
    if point.deed.isCommit {
      return fault == .diskFull
        ? StoreError.diskFull(path: "state/refit.db")
        : StoreError.storage(path: "state/refit.db", detail: "input/output error")
    }
    return FileBytes.Failure(
      path: "state", code: fault == .diskFull ? ENOSPC : EIO, doing: "can't be written")
  }

  // MARK: - What a killed process leaves

  private static let endings = ["", "-wal"]
  /// Larger files are copied at some deaths only.
  private static let small = 512 << 10

  /// Copies what the unwinding of a process that is dead by now might still change.
  ///
  /// It can commit nothing: each transaction comes to a fail point, and the dead find out there. All else that SQLite does
  /// as it closes leaves the same rows: it moves what is committed from the log into the database. So a large database
  /// may stay as it is, with the log put back beside it; and only where both are copied may the older database return.
  private func keepDatabase() throws -> [String: String] {
    let deaths = state.withLock { state in
      state.deaths += 1
      return state.deaths
    }
    let isWhole =
      deaths % 16 == 0 || Self.endings.allSatisfy { FileCopy.size($0, of: project.database) <= Self.small }
    let isLogSmall = FileCopy.size("-wal", of: project.database) <= Self.small
    var copies: [String: String] = [:]
    for ending in Self.endings where isWhole || (ending == "-wal" && isLogSmall) {
      let copy = "\(project.root)/killed\(ending).\(deaths)"
      if try FileCopy.make(of: project.database + ending, at: copy) { copies[ending] = copy }
    }
    return copies
  }

  /// Forgets what was copied at a death that could change nothing, since another process has the database open.
  func forget(_ death: Death) { for copy in death.copies.values { unlink(copy) } }

  /// Undoes whatever the unwinding of the killed process did to the database: a real one does nothing more.
  func leave(_ death: Death) throws {
    unlink(project.database + "-shm")
    for (ending, copy) in death.copies {
      guard rename(copy, project.database + ending) == 0 else {
        throw SupportFailure("\(copy) can't be put back: \(String(cString: strerror(errno)))")
      }
    }
    // Where there was no log then, there is none now.
    if death.copies[""] != nil, death.copies["-wal"] == nil { unlink(project.database + "-wal") }
  }
}

extension FailPoint.Deed {
  /// Whether it is a transaction of the database that the simulation knows.
  var isCommit: Bool {
    switch self {
    case .createProject, .migrate, .applyConfiguration, .recordEvaluation, .appendObservations, .appendEvents,
      .recordDataFile, .keepDrawKey, .openRun, .commitTransition, .recordPublication, .rollBack, .pause,
      .resume,
      .appendBackfill:
      true
    default: false
    }
  }
}
