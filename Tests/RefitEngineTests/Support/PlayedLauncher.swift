import RefitCore
import Synchronization

/// A launcher that starts no process: each attempt is played in the test, and ends when and as the test says.
final class PlayedLauncher: Launcher {
  private struct Attempt {
    var order: LaunchOrder
    var probe: AttemptProbe
  }

  private struct State {
    /// Claimed attempts, by directory.
    var attempts: [String: Attempt] = [:]
    /// The directories of attempts that were given up before they started.
    var voided: Set<String> = []
    /// The directories of all calls of `launch`, claimed or not.
    var calls: [String] = []
    /// The orders whose command was started.
    var started: [LaunchOrder] = []
    var isHolding = false
    /// Beside a second for each launch.
    var elapsed = Duration.zero
    var isDeaf = false
    var isBroken = false
    /// Directories of attempts that can't be killed.
    var held: Set<String> = []
    /// So many sweeps find something that is not gone yet.
    var survivals = 0
    /// A project's random bytes: never the same twice, and always the same in a test.
    var random: UInt64 = 42
    var play: @Sendable (LaunchOrder) -> ExitRecord = PlayedJobs.play
  }

  private let state = Mutex(State())

  /// What each job does when it is started; it leaves its outputs and says how it ended.
  func play(_ job: @escaping @Sendable (LaunchOrder) -> ExitRecord) {
    state.withLock { $0.play = job }
  }

  /// While it holds, a started job runs until `finishAll`.
  func hold(_ isHolding: Bool = true) { state.withLock { $0.isHolding = isHolding } }

  /// Lets time pass by the clock that nobody sets.
  func pass(_ duration: Duration) { state.withLock { $0.elapsed += duration } }

  var elapsed: Duration { state.withLock { .seconds($0.calls.count) + $0.elapsed } }

  /// While it is deaf, a supervisor is gone before it claims anything.
  func goDeaf(_ isDeaf: Bool = true) { state.withLock { $0.isDeaf = isDeaf } }

  /// While it is broken, no supervisor can be started.
  func breakDown(_ isBroken: Bool = true) { state.withLock { $0.isBroken = isBroken } }

  /// Lets all running jobs do what they do, and end.
  func finishAll() {
    state.withLock { state in
      for (directory, attempt) in state.attempts where attempt.probe == .running {
        state.attempts[directory]?.probe = .ended(state.play(attempt.order))
      }
    }
  }

  /// All running jobs should end and can't; they are there until `letGo`.
  func holdOnAll() {
    state.withLock { state in
      for (directory, attempt) in state.attempts where attempt.probe == .running {
        state.attempts[directory]?.probe = .ended(ExitRecord(reason: .unkillable))
        state.held.insert(directory)
      }
    }
  }

  /// What could not be killed is gone.
  func letGo() { state.withLock { $0.held = [] } }

  /// The supervisors of what could not be killed are gone, and so many sweeps find processes that are not.
  func loseHeld(sweeps: Int) {
    state.withLock { state in
      for directory in state.held {
        let token = state.attempts[directory]?.order.token ?? ""
        state.attempts[directory]?.probe = .lost(sameBoot: true, token: token)
      }
      state.held = []
      state.survivals = sweeps
    }
  }

  /// The supervisors of all running jobs are gone without a record.
  func loseAll(sameBoot: Bool) {
    state.withLock { state in
      for (directory, attempt) in state.attempts where attempt.probe == .running {
        state.attempts[directory]?.probe = .lost(sameBoot: sameBoot, token: attempt.order.token)
      }
    }
  }

  func randomBytes(_ count: Int) -> [UInt8] {
    state.withLock { state in
      (0..<count).map { _ in
        state.random = state.random &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return UInt8(truncatingIfNeeded: state.random >> 33)
      }
    }
  }

  /// The orders whose command was started, in order.
  var orders: [LaunchOrder] { state.withLock(\.started) }

  /// How often each attempt's command was started, by directory; of Refit's own work, which may come again under the
  /// same name, by directory and order.
  var starts: [String: Int] {
    orders.reduce(into: [:]) { starts, order in
      let isJob = order.environment["REFIT_JOB"] != nil
      starts[isJob ? order.directory : "\(order.directory)#\(order.token)", default: 0] += 1
    }
  }

  var calls: [String] { state.withLock(\.calls) }

  // MARK: - Launcher

  func launch(_ order: LaunchOrder) throws(LaunchError) {
    let failure: LaunchError? = state.withLock { state in
      state.calls.append(order.directory)
      if state.isBroken { return LaunchError("refit-supervisor can't be started") }
      // What was claimed lies in the directory; one that was removed and made anew has another order.
      let isClaimed = state.attempts[order.directory].map { $0.order.token == order.token } ?? false
      if state.isDeaf || isClaimed || state.voided.contains(order.directory) { return nil }
      state.started.append(order)
      let probe: AttemptProbe = state.isHolding ? .running : .ended(state.play(order))
      state.attempts[order.directory] = Attempt(order: order, probe: probe)
      return nil
    }
    if let failure { throw failure }
  }

  func probe(directory: String) throws(LaunchError) -> AttemptProbe {
    state.withLock { $0.voided.contains(directory) ? .void : $0.attempts[directory]?.probe ?? .notStarted }
  }

  func isHeld(directory: String) throws(LaunchError) -> Bool {
    state.withLock { $0.held.contains(directory) }
  }

  func void(directory: String) throws(LaunchError) -> Bool {
    state.withLock { state in
      guard state.attempts[directory] == nil else { return false }
      state.voided.insert(directory)
      return true
    }
  }

  func cancel(directory: String) throws(LaunchError) {
    state.withLock { state in
      if state.attempts[directory]?.probe == .running {
        state.attempts[directory]?.probe = .ended(ExitRecord(reason: .cancelled))
      }
    }
  }

  func sweep(directory: String, token: String) throws(LaunchError) -> Bool {
    state.withLock { state in
      state.survivals -= 1
      return state.survivals < 0
    }
  }
}
