import Glibc
import RefitCore
import RefitExecution
import Synchronization

/// Supervisors and jobs on virtual time. What they agree on with the engine lies in the attempt's folder, as with
/// real ones: whoever creates `claim` decides.
final class SimulatedLauncher: Launcher {
  struct State {
    var time: VirtualTime
    let seed: UInt64
    /// Whether a supervisor that finds the attempt claimed leaves it alone. Without that guard two may start it.
    let claims: Bool
    var trees: [Int: ProcessTree] = [:]
    /// Supervisors that were spawned and have not claimed yet: when they will, and what.
    var pending: [(at: Int64, order: LaunchOrder)] = []
    var refusals = 0
    /// Launches that were refused so far.
    var refused = 0
    var deaths = 0
    var delays: [Int64] = []
    /// What the next jobs of a kind do.
    var orders: [JobKind: [Behaviour]] = [:]
    var witness = Witness()
    var started = 0
    /// By model, when processes of it were last swept.
    var sweptAt: [String: Int64] = [:]
    /// Does long work that was ordered in a folder.
    var worker: @Sendable (String) throws -> Void = { _ in }
  }

  private let state: Mutex<State>
  static let void = "void\n"

  init(seed: UInt64, start: Instant, claims: Bool) {
    state = Mutex(State(time: VirtualTime(start: start), seed: seed, claims: claims))
  }

  /// Looks at the machine, or changes it.
  func machine<Value: Sendable>(_ body: (inout State) -> Value) -> Value { state.withLock { body(&$0) } }

  // MARK: - Launcher

  func launch(_ order: LaunchOrder) throws(LaunchError) {
    let isRefused = state.withLock { state in
      if state.refusals > 0 {
        state.refusals -= 1
        state.refused += 1
        return true
      }
      if state.deaths > 0 {
        state.deaths -= 1
      } else if state.delays.isEmpty {
        state.claim(order)
      } else {
        state.pending.append((state.time.elapsed + state.delays.removeFirst(), order))
      }
      return false
    }
    if isRefused { throw LaunchError("refit-supervisor can't be started") }
  }

  func probe(directory: String) throws(LaunchError) -> AttemptProbe {
    guard let claim = ScratchProject.read("\(directory)/claim") else { return .notStarted }
    if claim == Self.void { return .void }
    return state.withLock { state in
      guard let tree = Int(claim.dropLast()).flatMap({ state.trees[$0] }) else { return .notStarted }
      switch tree.supervisor {
      case .alive: return .running
      case .ended(let record): return .ended(record)
      case .gone(let boot): return .lost(sameBoot: boot == state.time.boot, token: tree.order.token)
      }
    }
  }

  func age(directory: String) throws(LaunchError) -> Timespan? {
    guard let claim = ScratchProject.read("\(directory)/claim"), let id = Int(claim.dropLast()) else {
      return nil
    }
    return state.withLock { state in
      guard let tree = state.trees[id], tree.boot == state.time.boot else { return nil }
      return Timespan(seconds: state.time.elapsed - tree.startedAt)
    }
  }

  func isHeld(directory: String) throws(LaunchError) -> Bool {
    guard let claim = ScratchProject.read("\(directory)/claim"), let id = Int(claim.dropLast()) else {
      return false
    }
    return state.withLock { $0.trees[id]?.isHeld ?? false }
  }

  func void(directory: String) throws(LaunchError) -> Bool {
    if Self.create("\(directory)/claim", Self.void) { return true }
    guard FileBytes.isDirectory(directory) else { throw LaunchError("\(directory)/claim can't be created") }
    return ScratchProject.read("\(directory)/claim") == Self.void
  }

  func cancel(directory: String) throws(LaunchError) {
    guard let claim = ScratchProject.read("\(directory)/claim"), let id = Int(claim.dropLast()) else {
      return
    }
    state.withLock { $0.cancel(id) }
  }

  func sweep(directory: String, token: String) throws(LaunchError) -> Bool {
    state.withLock { $0.sweep(token, directory) }
  }

  /// Whether the file was not there and is now.
  fileprivate static func create(_ path: String, _ text: String) -> Bool {
    let file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
    guard file >= 0 else { return false }
    let bytes = Array(text.utf8)
    let written = Glibc.write(file, bytes, bytes.count)
    close(file)
    return written == bytes.count
  }
}

extension SimulatedLauncher.State {
  /// A supervisor's first act, and the start of the command where the claim is its own.
  mutating func claim(_ order: LaunchOrder) {
    let id = trees.count + 1
    if !SimulatedLauncher.create("\(order.directory)/claim", "\(id)\n"), claims { return }
    guard FileBytes.isDirectory(order.directory) else { return }
    start(order, id)
  }

  private mutating func start(_ order: LaunchOrder, _ id: Int) {
    let job = order.environment["REFIT_JOB"] ?? ""
    let run = order.environment["REFIT_RUN"] ?? ""
    let kind = order.environment["REFIT_CHECK"] != nil ? .check : JobKind(rawValue: job) ?? .work
    let behaviour = orders[kind, default: []].isEmpty ? .succeed : orders[kind]!.removeFirst()
    var tree = ProcessTree(
      order: order, kind: kind, behaviour: behaviour, startedAt: time.elapsed, boot: time.boot)
    tree.endsAt = end(of: tree)
    tree.toughness = Int(Chance.bits(seed, order.token) % 3)
    started += 1
    if kind == .check { beginCheck(&tree) }
    check(tree)
    witness.starts[order.token] = Witness.Start(
      run: run, job: job, directory: order.directory, token: order.token, at: time.elapsed,
      behaviour: behaviour)
    trees[id] = tree
  }

  /// Data land at once, after a while or never, as the seed and the occurrence say.
  private mutating func beginCheck(_ tree: inout ProcessTree) {
    let told = tree.order.environment
    guard let nominal = told["REFIT_NOMINAL"].flatMap({ Instant($0) }) else {
      return witness.violated(.ready, "a check was not told of which occurrence it is")
    }
    let key = OccurrenceKey(
      model: told["REFIT_MODEL"] ?? "", schedule: told["REFIT_SCHEDULE"] ?? "", nominal: nominal.microseconds)
    let luck = Chance.unit(seed, "\(key) lands")
    let delay: Int64? = luck < 0.4 ? 0 : luck < 0.8 ? Int64((luck - 0.4) * 5 * 3600) : nil
    tree.hasLanded = delay.map { time.wall.seconds >= key.seconds + $0 } ?? false
    witness.checks[tree.order.token] = Witness.Check(key: key)
  }

  private mutating func check(_ tree: ProcessTree) {
    if let former = witness.starts[tree.order.token] {
      witness.violated(
        .startedOnce,
        "the command of \(tree.place), attempt \(tree.order.environment["REFIT_ATTEMPT"] ?? "?"), was started "
          + "at \(former.at) s and again at \(time.elapsed) s")
    }
    let others = trees.values.filter(\.isAlive)
    if let other = others.first(where: { $0.place == tree.place }) {
      witness.violated(
        .startedOnce,
        "\(tree.place) was started again at \(time.elapsed) s while what started at \(other.startedAt) s lives"
      )
    }
    if let model = tree.model, let other = others.first(where: { $0.model == model && $0.run != tree.run }) {
      witness.violated(
        .oneLiveRun, "\(tree.place) was started while processes of \(other.place) are still there")
    }
  }

  private func end(of tree: ProcessTree) -> Int64? {
    let limit = tree.order.timeout.seconds + tree.order.grace.seconds
    let isQuick = tree.kind == .work || tree.kind == .check
    let minutes = (1 + Chance.unit(seed, tree.order.token + "/minutes") * 40) / (isQuick ? 30 : 1)
    let usual = min(Int64(minutes * 60), tree.order.timeout.seconds - 1)
    switch tree.behaviour {
    case .hang, .unkillable: return time.elapsed + limit
    case .stuck: return nil
    case .notStarted: return time.elapsed
    default: return time.elapsed + usual
    }
  }

  mutating func cancel(_ id: Int) {
    guard var tree = trees[id], case .alive = tree.supervisor, tree.behaviour != .stuck, !tree.isCancelled
    else { return }
    tree.isCancelled = true
    tree.endsAt = min(tree.endsAt ?? .max, time.elapsed + 1)
    witness.starts[tree.order.token]?.interruption = .cancelled
    trees[id] = tree
  }

  mutating func sweep(_ token: String, _ directory: String) -> Bool {
    guard let (id, tree) = trees.first(where: { $0.value.order.token == token && $0.value.isAlive }) else {
      if witness.starts[token] == nil {
        witness.violated(.foreignProcess, "a token that no attempt has was swept: \(token)")
      }
      return true
    }
    if case .alive = tree.supervisor {
      witness.violated(.foreignProcess, "\(tree.place) was swept while its supervisor lives")
    }
    if tree.order.directory != directory {
      witness.violated(.foreignProcess, "\(tree.place) was swept for another attempt, \(directory)")
    }
    if let model = tree.model { sweptAt[model] = time.elapsed }
    trees[id]!.toughness -= 1
    if tree.toughness > 0 { return false }
    trees[id]!.isAlive = false
    return true
  }
}
