import Foundation
import RefitTesting

/// `refit serve` beside the commands, where the project goes by the wall clock.
extension Campaign {
  /// Starts the daemon where none runs, and attacks one that does.
  func attendService() throws {
    guard let serving else {
      guard random.chance(0.8) else { return }
      let attack = Attack.drawn(&random, longest: 1000)
      self.serving = try project.start(["serve"], environment: attack.environment)
      note("serve\(attack.environment.isEmpty ? "" : ": \(attack)")")
      return
    }
    guard serving.isRunning else {
      let ending = try serving.wait()
      guard ending == .killed(by: SIGKILL) else {
        throw SupportFailure("serve \(ending) by itself:\n\(serving.printed)")
      }
      countKill(of: "serve at a fail point")
      self.serving = nil
      return
    }
    usleep(Attack.delay(&random, longest: 300_000))
    switch random.unit() {
    case ..<0.5:
      if serving.kill(SIGKILL) { countKill(of: "serve") }
      _ = try serving.wait()
      self.serving = nil
      note("serve was killed")
    case ..<0.65:
      try endService()
    case ..<0.8:
      serving.kill(SIGSTOP)
      usleep(UInt32.random(in: 1000...100_000, using: &random))
      serving.kill(SIGCONT)
      note("serve was stopped for a while")
    default:
      break
    }
  }

  /// Asks the daemon to stop, which it does after its turn.
  func endService() throws {
    guard let serving else { return }
    self.serving = nil
    serving.kill(SIGTERM)
    let ending = try serving.wait(within: 20)
    note("serve was asked to stop, and \(ending)")
    guard ending == .exited(0) || ending == .killed(by: SIGKILL) || ending == .killed(by: SIGTERM) else {
      throw SupportFailure("serve was asked to stop, and \(ending):\n\(serving.printed)")
    }
    if ending != .exited(0) { countKill(of: "serve by signal") }
  }
}
