import RefitConfiguration
import RefitCore
import RefitExecution
import RefitStore

/// The whole of Refit over one project: what commands, ticks and the daemon call.
public final class Orchestrator {
  public let project: ProjectDirectory
  public let world: World
  public let vault: ArtifactVault
  public let timeZones: TimeZoneDatabase
  /// Whether this process has started a supervisor.
  var hasLaunched = false
  /// Commands whose supervisor is gone and of which something is still there, as the newest tick found.
  var unswept = 0
  var wakeWatch: WakeWatch?
  /// While this process watches for wakes it is kept open from one tick to the next: SQLite's own locks guard it
  /// when the writer lock is not held.
  let openStore: OpenStore
  let codeState: RecentCodeState
  /// Work with a larger input is left to a process of its own.
  public var longWork = ByteCount(bytes: 16 << 20)
  /// Long work, by name: what the tick has asked for, and what processes are at.
  var workAsked: Set<String> = []
  var workUnderWay: Set<String> = []
  let driveMark: DriveMark
  /// As the newest session found it.
  var projectName = Name("project")!

  /// - Parameter timeZones: where the rules of schedules' zones are read.
  public init(project: ProjectDirectory, world: World, timeZones: TimeZoneDatabase = .system) {
    self.project = project
    self.timeZones = timeZones
    let mark = DriveMark(project)
    driveMark = mark
    var marked = world
    marked.reach = { point in
      mark.reach(point)
      try world.reach(point)
    }
    self.world = marked
    vault = ArtifactVault(directory: project.vault)
    openStore = OpenStore(reach: marked.reach)
    codeState = RecentCodeState(project: project, vault: vault)
  }

  /// The version of Refit, which is part of what a decision rests on.
  public static let version = "0.1.0"

  /// Which time a writer acts at.
  enum Time {
    /// The wall clock; where the project's clock is simulated, the newest tick's time.
    case current
    /// The time that `refit tick --now` was given.
    case simulated(Instant)
    /// A tick without `--now`.
    case tick
  }

  /// What a writer works with while it holds the lock.
  struct Session {
    let store: Store
    let now: Instant
    let concurrency: Int
    let clock: Project.Clock
    let pace: Pace
    /// Why `refit.yaml` as it is now is not in force, and the last good one is.
    var trouble: ConfigurationError?
  }

  /// Takes the writer lock, opens the store, applies the configuration where it has changed, and runs the body.
  /// Where `refit.yaml` is wrong the last good configuration stays in force: what runs is attended, what is due is
  /// decided, and a rollback stays possible.
  ///
  /// - Throws: `busy` when another writer holds the lock for longer than `patience`.
  func write<Value>(
    at time: Time, patience: Duration, _ manner: WriterLock.Manner = .inTurn,
    _ body: (Session) throws -> Value
  ) throws(EngineError) -> Value {
    do {
      let configuration = Result { try AppliedConfiguration.read(project) }
      if !FileBytes.exists(project.database) { _ = try configuration.get() }
      try makeState()
      let (result, hadToWait) = try holdingLock(patience, manner) { pace in
        let session = try open(configuration, at: time, pace)
        let result = try body(session)
        if wakeWatch == nil { try openStore.close() } else { try openStore.checkpointIfLarge() }
        return result
      }
      // A writer that had to wait has held up a tick: let the next one start at once.
      if hadToWait { try FileBytes.touch(project.wake) }
      return result
    } catch {
      if !(error is EngineError) { openStore.forget() }
      throw EngineError(error)
    }
  }

  /// Closes the store under the lock. Where another writer is at work it is left as it is: the file is whole.
  func closeStore() throws(EngineError) {
    do {
      _ = try holdingLock(.zero, .inTurn) { _ in try openStore.close() }
    } catch EngineError.busy {
      openStore.forget()
    } catch {
      throw EngineError(error)
    }
  }

  private func holdingLock<Result>(
    _ patience: Duration, _ manner: WriterLock.Manner, _ body: (Pace) throws -> Result
  ) throws -> (Result, hadToWait: Bool) {
    let seconds = Double(patience.components.seconds)
    switch try WriterLock.acquire(path: project.writerLock, waitUpTo: seconds, manner) {
    case .busy:
      throw EngineError.busy("another refit is at work on this project")
    case .acquired(let lock):
      let hadToWait = lock.hadToWait
      let result = try body(Pace(began: world.elapsed(), elapsed: world.elapsed, queue: lock.queue))
      _ = consume lock
      return (result, hadToWait)
    }
  }

  private func open(
    _ configuration: Result<AppliedConfiguration, any Error>, at time: Time, _ pace: Pace
  ) throws -> Session {
    try refuseToForget()
    guard FileBytes.exists(project.database) else {
      return try apply(configuration.get(), to: nil, at: time, pace)
    }
    let store = try openStore.store(at: project.database, now: world.now())
    do {
      let configuration = try configuration.get()
      if try store.appliedConfiguration() == configuration.digest,
        let session = try session(store, at: time, pace)
      {
        return session
      }
      return try apply(configuration, to: store, at: time, pace)
    } catch let error as ConfigurationError {
      guard var session = try session(store, at: time, pace) else { throw error }
      session.trouble = error
      return session
    }
  }

  /// A session under the configuration that was applied last; nil before the first.
  private func session(_ store: Store, at time: Time, _ pace: Pace) throws -> Session? {
    guard let header = try store.project() else { return nil }
    projectName = header.name
    let now = try self.now(time, clock: header.clock, recordedUntil: store.newestEventTime())
    return Session(store: store, now: now, concurrency: header.concurrency, clock: header.clock, pace: pace)
  }

  private func apply(
    _ configuration: AppliedConfiguration, to open: Store?, at time: Time, _ pace: Pace
  ) throws -> Session {
    let parsed = try configuration.parse()
    projectName = parsed.name
    let now = try self.now(time, clock: parsed.clock, recordedUntil: open?.newestEventTime())
    let store = try open ?? openStore.store(at: project.database, now: now)
    try store.begin(parsed.name, at: now)
    try store.apply(
      configuration: configuration.digest, text: configuration.source, project: parsed,
      models: try parsed.models.map { ($0, CanonicalJSON.digest(of: try CanonicalJSON.encode($0))) },
      schedules: try configuration.schedules(of: parsed, after: now, in: timeZones),
      overdue: store.overdue(at: now, in: timeZones),
      at: now,
      actor: world.actor)
    return Session(store: store, now: now, concurrency: parsed.concurrency, clock: parsed.clock, pace: pace)
  }

  // MARK: - Time

  /// - Parameter recorded: the time of the newest event: simulated time does not go back behind it, either.
  private func now(
    _ time: Time, clock: Project.Clock, recordedUntil recorded: Instant?
  ) throws(EngineError) -> Instant {
    switch (clock, time) {
    case (.wall, .current), (.wall, .tick):
      return world.now()
    case (.wall, .simulated):
      throw .usage("--now is for projects that say 'clock: simulated'; this one goes by the wall clock")
    case (.simulated, .simulated(let instant)):
      if let last = try [simulatedNow(), recorded].compactMap(\.self).max(), instant < last {
        throw .refused(
          "--now \(instant) is before \(last), which the record has reached: time may not go back")
      }
      return instant
    case (.simulated, .tick):
      throw .usage("this project says 'clock: simulated': say what time it is with --now")
    case (.simulated, .current):
      guard let last = try simulatedNow() else {
        throw .refused(
          "this project says 'clock: simulated' and has had no tick: begin with 'refit tick --now TIME'")
      }
      return last
    }
  }

  /// The time of the newest tick of a project with a simulated clock; nil before the first.
  func simulatedNow() throws(EngineError) -> Instant? {
    guard FileBytes.exists(project.simulatedClock) else { return nil }
    do {
      let text = String(decoding: try FileBytes.read(project.simulatedClock, limit: 64), as: UTF8.self)
      guard let instant = Instant(text) else {
        throw EngineError.system("\(project.simulatedClock): '\(text)' is not a time")
      }
      return instant
    } catch {
      throw EngineError(error)
    }
  }

  /// A new key for the draws of a model. Where time is simulated it follows from the names, so that a project that
  /// is played again takes the same turns.
  func newDrawKey(of model: Name, clock: Project.Clock) -> [UInt8] {
    switch clock {
    case .wall: world.randomBytes(32)
    case .simulated: FileDigest.digest(of: "\(projectName)/\(model)/draw".utf8).bytes
    }
  }
}
