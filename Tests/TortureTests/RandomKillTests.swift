import Foundation
import RefitTesting
import Synchronization
import Testing

/// `make torture N=5000 SEED=7` says how many kills and from which seed; without, it is some hundreds.
@Suite struct RandomKillTests {
  private static let killsOfAProject = 40

  private static func setting(_ name: String) -> Int? {
    ProcessInfo.processInfo.environment[name].flatMap { Int($0) }
  }

  @Test func `whatever is killed, and whenever, nothing is lost and nothing is done twice`() throws {
    let wanted = Self.setting("REFIT_TORTURE_KILLS") ?? 400
    let seed = Self.setting("REFIT_TORTURE_SEED").map { UInt64($0) } ?? 1
    let projects = max(1, (wanted + Self.killsOfAProject - 1) / Self.killsOfAProject)
    let kills = wanted / projects
    let tally = Tally()
    let failures = Mutex<[String]>([])
    let started = Date()
    let next = Atomic(0)
    // More projects than processors: most of the time they wait for jobs.
    let lanes = min(projects, 2 * ProcessInfo.processInfo.activeProcessorCount)
    DispatchQueue.concurrentPerform(iterations: lanes) { _ in
      while true {
        let number = next.add(1, ordering: .relaxed).oldValue
        guard number < projects else { return }
        do {
          try Campaign(seed: seed + UInt64(number), tally: tally).run(kills: kills)
        } catch {
          failures.withLock { $0.append("\(error)") }
        }
      }
    }
    for failure in failures.withLock({ $0 }) { Issue.record(Comment(rawValue: failure)) }
    let seconds = Int(Date().timeIntervalSince(started))
    print("\(tally.sum("killed")) kills in \(projects) projects from seed \(seed), \(seconds) s")
    for line in tally.lines { print("  \(line)") }
    #expect(tally.sum("killed") >= wanted - projects || !failures.withLock({ $0.isEmpty }))
  }
}
