import Foundation
import RefitConfiguration
import RefitCore
import RefitExecution
import RefitStore
import RefitTesting
import Synchronization

@testable import RefitEngine

/// A project of a test's own under the real engine, store and vault, on a simulated clock; only the jobs are
/// played. Day 0 is 2026-01-01.
final class EngineProject {
  let scratch: ScratchDirectory
  let directory: ProjectDirectory
  let launcher = PlayedLauncher()
  let wall = WallClock()
  /// Holds from the next restart.
  var timeZones = TimeZoneDatabase.system
  private(set) var orchestrator: Orchestrator
  /// What lies at the path of Refit's own program; it is played.
  var program = "/bin/sh"
  /// Work with a larger input is done by the launcher.
  var longWork = ByteCount(bytes: 16 << 20) {
    didSet { orchestrator.longWork = longWork }
  }

  /// - Parameter settings: what the file says instead of the defaults.
  init(_ settings: Settings = Settings()) throws {
    scratch = try ScratchDirectory("refit-engine")
    directory = ProjectDirectory(root: scratch.path)
    orchestrator = Orchestrator(project: directory, world: Self.world(launcher, wall))
    try configure(settings)
    try scratch.write("1\n", to: "weight")
    try scratch.write("the first code\n", to: "jobs/score.py")
    try scratch.write("trains\n", to: "jobs/train.py")
  }

  private static func world(
    _ launcher: PlayedLauncher, _ wall: WallClock, program: String = "/bin/sh",
    reach: @escaping @Sendable (FailPoint) throws -> Void = { _ in }
  ) -> World {
    World(
      now: { wall.now }, elapsed: { launcher.elapsed },
      randomBytes: { count in launcher.randomBytes(count) },
      launcher: launcher, actor: "ada", host: World.Host(name: "test", system: "Linux"), program: program,
      reach: reach)
  }

  /// All that one process remembers is gone.
  func restart(reach: @escaping @Sendable (FailPoint) throws -> Void = { _ in }) {
    orchestrator = Orchestrator(
      project: directory, world: Self.world(launcher, wall, program: program, reach: reach),
      timeZones: timeZones)
    orchestrator.longWork = longWork
  }

  /// Another process takes over, which is stopped dead when it reaches a fail point for the given time.
  func stop(at point: FailPoint, time: Int = 1) {
    let count = Mutex(0)
    restart { reached in
      guard reached == point else { return }
      let number = count.withLock { count in
        count += 1
        return count
      }
      if number == time { throw Interruption(at: reached) }
    }
  }

  /// The wall clock of a project that goes by it.
  final class WallClock: Sendable {
    private let instant = Mutex(Instant("2026-01-01T00:00:00Z")!)

    var now: Instant {
      get { instant.withLock { $0 } }
      set { instant.withLock { $0 = newValue } }
    }
  }

  func configure(_ settings: Settings) throws {
    try scratch.write(settings.text, to: "refit.yaml")
  }

  // MARK: - Time

  static func time(_ day: Int, hour: Int = 3) -> Instant {
    Instant(seconds: 1_767_225_600 + Int64(day * 86_400 + hour * 3600))
  }

  /// A tick that is not kept from its work.
  @discardableResult
  func tick(_ day: Int, hour: Int = 3) throws -> TickReport {
    while true {
      let report = try orchestrator.tick(at: Self.time(day, hour: hour))
      // A process that another test forks holds a copy of the lock until it has become its program.
      if !report.wasBusy { return report }
    }
  }

  /// A tick of a project that goes by the wall clock.
  @discardableResult
  func tick(wall now: Instant) throws -> TickReport {
    wall.now = now
    while true {
      let report = try orchestrator.tick()
      if !report.wasBusy { return report }
    }
  }

  // MARK: - Data

  /// Writes days of predictions of one version (nil: history), and labels that come 22 hours later.
  func live(_ days: ClosedRange<Int>, version: Int? = nil, model: String = "loans", flipped: Bool = false)
    throws
  {
    for day in days {
      var predictions = "id,at,x,score,version\n"
      var labels = "id,at,label\n"
      for row in 0..<40 {
        let x = Double((row * 37 + day * 11) % 40) / 40
        // One in eight labels is not what x says.
        let isPositive = ((x >= 0.5) != ((row + day) % 8 == 0)) != flipped
        let score = version.map { _ in "\(x)" } ?? ""
        predictions += "\(day)-\(row),\(Self.time(day, hour: 1)),\(x),\(score),"
        predictions += "\(version.map(String.init) ?? "")\n"
        labels += "\(day)-\(row),\(Self.time(day, hour: 23)),\(isPositive ? 1 : 0)\n"
      }
      try scratch.write(predictions, to: "data/\(model)/predictions/\(1000 + day).csv")
      try scratch.write(labels, to: "data/\(model)/labels/\(1000 + day).csv")
    }
  }

  // MARK: - What became of it

  var model: Name { Name("loans")! }

  var nightly: ScheduleKey { ScheduleKey(model: model, schedule: Name("nightly")!) }

  func reading<Value>(_ body: (StoreReader) throws -> Value) throws -> Value {
    let reader = try StoreReader(path: directory.database)
    let value = try body(reader)
    try reader.close()
    return value
  }

  func run(_ number: Int) throws -> Run {
    try orchestrator.run(RunID(model: model, number: number))
  }

  /// The states of all runs, the oldest first.
  func states() throws -> [Run.State] {
    try reading { try $0.runs(model, limit: 100).reversed().map(\.state) }
  }

  func events(_ kind: LedgerEvent.Kind) throws -> [LedgerEvent] {
    try reading { try $0.events(LedgerFilter(kind: kind), limit: 1000) }
  }

  /// Where the link leads, whatever it says; nil where there is none.
  func link(_ name: String = "champion") -> String? {
    try? FileManager.default.destinationOfSymbolicLink(
      atPath: "\(directory.published(model))/\(name)")
  }

  /// Puts one file or directory in the place of another.
  func replace(_ path: String, by other: String) throws {
    try FileManager.default.removeItem(atPath: path)
    try FileManager.default.moveItem(atPath: other, toPath: path)
  }

  /// The first version, asked for by a person and promoted.
  @discardableResult
  func trainFirst(on day: Int = 8) throws -> Run {
    try live(0...(day - 1))
    try tick(day, hour: 2)
    let run = try orchestrator.retrain(model, because: "the first version")
    return try orchestrator.run(run)
  }
}
