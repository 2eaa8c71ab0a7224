import Foundation
import RefitCore
import RefitTesting

/// What is done to a command while it is at work. Delays are in microseconds since its start.
enum Attack: CustomStringConvertible {
  case none
  case signal(Int32, after: UInt32)
  /// The whole process group, as a shell does that is closed.
  case group(Int32, after: UInt32)
  /// Stopped for a while, then killed or let go on.
  case pause(after: UInt32, length: UInt32, thenKilled: Bool)
  /// Killed where it reaches this for the nth time.
  case failPoint(FailPoint, time: Int)

  static func drawn(_ random: inout SeededGenerator, longest: Double) -> Attack {
    let after = delay(&random, longest: longest)
    switch random.unit() {
    case ..<0.40: return .signal(SIGKILL, after: after)
    case ..<0.70: return .failPoint(.drawn(&random), time: Int.random(in: 1...3, using: &random))
    case ..<0.76: return .group(SIGKILL, after: after)
    case ..<0.80: return .signal(SIGTERM, after: after)
    case ..<0.83: return .signal(SIGHUP, after: after)
    case ..<0.89:
      let length = UInt32.random(in: 1000...60_000, using: &random)
      return .pause(after: after, length: length, thenKilled: random.chance(0.5))
    default: return .none
    }
  }

  /// Evenly over the time that a command is at work, and now and then while it is just being started.
  static func delay(_ random: inout SeededGenerator, longest: Double) -> UInt32 {
    random.chance(0.15)
      ? UInt32.random(in: 100...10_000, using: &random) : UInt32(10_000 + random.unit() * longest)
  }

  var environment: [String: String] {
    guard case .failPoint(let point, let time) = self else { return [:] }
    return ["REFIT_KILL_AT": "\(point)#\(time)"]
  }

  /// Does it to a command that was just started; false when the command had ended before.
  func strike(_ command: Subprocess) -> Bool {
    switch self {
    case .none, .failPoint:
      return false
    case .signal(let signal, let after):
      usleep(after)
      return command.kill(signal)
    case .group(let signal, let after):
      usleep(after)
      return command.kill(signal, group: true)
    case .pause(let after, let length, let thenKilled):
      usleep(after)
      guard command.kill(SIGSTOP) else { return false }
      usleep(length)
      if thenKilled { return command.kill(SIGKILL) }
      command.kill(SIGCONT)
      return false
    }
  }

  /// Whether the command may end in this way after the attack.
  func allows(_ ending: Subprocess.Ending) -> Bool {
    switch (self, ending) {
    case (_, .exited(let status)): [0, 1, 2, 75].contains(status)
    case (.none, _): false
    case (.signal(let sent, _), .killed(let signal)), (.group(let sent, _), .killed(let signal)):
      signal == sent
    case (.pause, .killed(let signal)), (.failPoint, .killed(let signal)): signal == SIGKILL
    }
  }

  var description: String {
    switch self {
    case .none: "left alone"
    case .signal(let signal, let after): "signal \(signal) after \(after) µs"
    case .group(let signal, let after): "signal \(signal) to its group after \(after) µs"
    case .pause(let after, let length, let killed):
      "stopped for \(length) µs after \(after) µs\(killed ? ", then killed" : "")"
    case .failPoint(let point, let time): "killed at \(point)#\(time)"
    }
  }
}

extension FailPoint {
  /// Any, and more often those that most commands reach.
  fileprivate static func drawn(_ random: inout SeededGenerator) -> FailPoint {
    let frequent: [Deed] = [
      .commitTransition, .commitTransition, .launch, .prepareAttempt, .sealOutputs, .recordEvaluation,
      .freezeHoldout,
      .publish, .recordPublication, .cancel, .setSimulatedClock, .openRun,
    ]
    let deed =
      random.chance(0.8)
      ? frequent.randomElement(using: &random)! : Deed.allCases.randomElement(using: &random)!
    return FailPoint(random.chance(0.5) ? .before : .after, deed)
  }
}
