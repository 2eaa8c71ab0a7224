import RefitSimulation
import RefitTesting
import Testing

@Suite("The real engine through simulated years of schedules and faults")
struct SeedTests {
  @Test("every invariant holds in a world of its own", arguments: 1...10)
  func world(seed: Int) throws {
    let plan = Plan(seed: UInt64(seed), days: 25)
    let outcome = try Simulation(plan).run()
    if let violation = outcome.violation {
      Issue.record("\(Campaign().report(of: violation, plan, at: outcome.at)) --years \(25 / 365.25)")
    }
    #expect(outcome.figures.ticks > 5)
  }

  @Test("what once made an invariant fail does so no more", arguments: KeptPlans.files)
  func kept(name: String) throws {
    let kept = try KeptPlan(path: KeptPlans.path(name))
    let outcome = try Simulation(kept.plan).run()
    #expect(outcome.violation == nil, "\(name), which found on \(kept.date): \(kept.found)")
  }
}
