import Foundation
import RefitSimulation
import RefitTesting
import Testing

@Suite("A failure that is shrunk and kept")
struct ShrinkingTests {
  @Test("fewer happenings bring about the same failure, and what is kept plays the same")
  func shrunk() throws {
    let plans = (1...8).map { Plan.hazardous(for: .claim, seed: $0) }
    let plan = try #require(try plans.first { try Simulation($0, without: .claim).run().violation != nil })
    let outcome = try Simulation(plan, without: .claim).run()
    let violation = try #require(outcome.violation)
    let small = try plan.shrunk(
      keeping: violation.invariant, until: outcome.figures.seconds, without: .claim, most: 60)
    #expect(small.happenings.count < plan.happenings.count / 2)
    #expect(try Simulation(small, without: .claim).run().violation?.invariant == violation.invariant)

    let scratch = try ScratchDirectory("refit-kept")
    try KeptPlan(found: violation.description, date: "2026-11-23", plan: small).write(
      to: scratch.path("kept.json"))
    #expect(try KeptPlan(path: scratch.path("kept.json")).plan == small)
  }
}
