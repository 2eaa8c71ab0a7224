import RefitCore
import RefitExecution
import RefitStore

extension Orchestrator {
  /// How often a process that ends without a result is followed by another.
  private static let times = 3

  /// What comes of the work. Where its input is small, or there is no program to do it, it is done here and now;
  /// else a process of its own does it, and later ticks ask again.
  ///
  /// - Returns: nil while a process is at it.
  /// - Throws: a `DataError` when it can't be done with what there is; another error when it could not be done now.
  func result<Value: Codable>(
    of work: LongWork, weighing bytes: Int64, at now: Instant, _ perform: () throws -> Value
  ) throws -> Value? {
    guard isLong(bytes) else { return try perform() }
    workAsked.insert(work.name)
    let place = WorkPlace(work.name, in: project)
    let order = WorkOrder(work: work, at: now, bytes: bytes, token: world.newToken())
    guard let result = try result(of: order, in: place) else {
      workUnderWay.insert(work.name)
      return nil
    }
    if let text = result.value { return try CanonicalJSON.decode(from: text) }
    if let refused = result.refused { throw DataError(refused) }
    // Either way the next tick begins anew: what kept it from being done may be over by then.
    try clear(work)
    guard result.isForeign == true else {
      throw EngineError.system("\(work.participle): \(result.failed ?? "no reason was given")")
    }
    return try perform()
  }

  /// Whether work of this weight is left to a process of its own.
  func isLong(_ bytes: Int64) -> Bool { bytes > longWork.bytes && world.program != nil }

  /// Removes what is left of work whose result is recorded.
  func clear(_ work: LongWork) throws {
    let place = WorkPlace(work.name, in: project)
    guard try place.times() > 0 else { return }
    try world.performing(.clearWork) { try place.remove() }
  }

  /// Nil while a process is at it. Where there is none it is begun.
  private func result(of order: WorkOrder, in place: WorkPlace) throws -> WorkResult? {
    let time = try place.times()
    guard time > 0, let former = try self.order(in: place.directory(time)) else {
      return try begin(order, max(time, 1), in: place)
    }
    let directory = place.directory(time)
    let isSame = former.work == order.work && former.engine == order.engine
    let command = Self.command(former, in: directory)
    let end: String
    switch try attend(command) {
    case .running:
      if !isSame, !order.work.follows(former.work) {
        try world.performing(.cancel) { try world.launcher.cancel(directory: directory) }
      }
      return nil
    case .startable:
      try launch(former, in: directory)
      return nil
    // Some of it is still there: nobody else may begin.
    case .pending, .over(.unrecorded(.stuck)): return nil
    case .over(.recorded(let record)) where record.reason == .unkillable: return nil
    case .over(.recorded(let record)):
      if isSame, let result = try self.result(in: directory) { return result }
      end = Self.sentence(of: record)
    case .over(.unrecorded(let unrecorded)): end = unrecorded.reason
    }
    guard isSame else {
      // Other work of the same name: whoever did that has ended.
      try clear(former.work)
      return try begin(order, 1, in: place)
    }
    guard time < Self.times else {
      let log = project.relative("\(directory)/log")
      throw DataError("\(Self.times) processes of Refit's own ended without a result (\(end)); see \(log)")
    }
    return try begin(order, time + 1, in: place)
  }

  private static func sentence(of record: ExitRecord) -> String {
    switch record.reason {
    case .exited: "the last with exit code \(record.exitCode.map(String.init) ?? "?")"
    case .signalled: "the last by signal \(record.signal.map(String.init) ?? "?")"
    default: "the last was \(record.reason.rawValue)"
    }
  }

  /// Where the program is gone nobody can be asked; nothing of this work runs, and the tick does it.
  private func begin(_ order: WorkOrder, _ time: Int, in place: WorkPlace) throws -> WorkResult? {
    guard let program = world.program, FileBytes.exists(program) else { return WorkResult(isForeign: true) }
    let json = try CanonicalJSON.encode(order)
    try world.performing(.beginWork) { try place.begin(time, order: Array(json.utf8)) }
    try launch(order, in: place.directory(time))
    return nil
  }

  /// Longer than any such work takes.
  private static let timeout = Timespan.hours(24)
  private static let grace = Timespan(seconds: 5)

  private static func command(_ order: WorkOrder, in directory: String) -> Supervised {
    Supervised(
      directory: directory, limit: Timespan(seconds: timeout.seconds + grace.seconds), token: { order.token })
  }

  private func launch(_ order: WorkOrder, in directory: String) throws {
    guard let program = world.program else { return }
    try launch(
      LaunchOrder(
        directory: directory, arguments: [program, "work", directory, "--project", project.root],
        workingDirectory: project.root, environment: ["REFIT_TOKEN": order.token, "TZ": "UTC"], secrets: [],
        token: order.token, timeout: Self.timeout, grace: Self.grace, memory: nil,
        log: ByteCount(bytes: 1 << 20), wake: project.wake))
  }

  /// Nil where a crash came before it was written.
  private func order(in directory: String) throws -> WorkOrder? {
    let path = WorkPlace.order(in: directory)
    guard FileBytes.exists(path) else { return nil }
    return try WorkOrder.read(path)
  }

  /// Nil where there is none, or it is not whole.
  private func result(in directory: String) throws -> WorkResult? {
    let path = WorkPlace.result(in: directory)
    guard FileBytes.exists(path) else { return nil }
    let bytes = try FileBytes.read(path, limit: WorkPlace.largestFile)
    do { return try CanonicalJSON.decode(from: String(decoding: bytes, as: UTF8.self)) } catch { return nil }
  }

  /// Removes, after a tick that has asked for all work that there is, what nobody asked for; a process that is still
  /// at such work is asked to end.
  func clearForgottenWork() throws {
    for place in try WorkPlace.all(in: project) where !workAsked.contains(place.name) {
      if try hasEnded(place) { try world.performing(.clearWork) { try place.remove() } }
    }
  }

  /// Whether nobody is at work in a place, nor will be; who is, is asked to end.
  private func hasEnded(_ place: WorkPlace) throws -> Bool {
    guard let directory = try place.newest(), let order = try order(in: directory) else { return true }
    var command = Self.command(order, in: directory)
    // A supervisor that comes late would find neither its order nor who gave it up.
    if case .wait = try supervision(of: command).step { return false }
    command.wish = .giveUp
    switch try attend(command) {
    case .running:
      try world.performing(.cancel) { try world.launcher.cancel(directory: directory) }
      return false
    case .pending, .startable: return false
    case .over: return try !world.launcher.isHeld(directory: directory)
    }
  }
}

extension WorkOrder {
  static func read(_ path: String) throws -> WorkOrder {
    let bytes = try FileBytes.read(path, limit: WorkPlace.largestFile)
    return try CanonicalJSON.decode(from: String(decoding: bytes, as: UTF8.self))
  }
}

extension World {
  /// Marks the processes of one attempt: 128 random bits in hexadecimal.
  func newToken() -> String {
    let digits = Array("0123456789abcdef".utf8)
    let bytes = randomBytes(16).flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }
    return String(decoding: bytes, as: UTF8.self)
  }
}
