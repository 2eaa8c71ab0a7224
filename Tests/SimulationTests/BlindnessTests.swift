import RefitSimulation
import Testing

@Suite("A simulation that is not blind")
struct BlindnessTests {
  /// Each guard is missed within so many seeds.
  private static let budget: ClosedRange<UInt64> = 1...40

  @Test("without a guard the invariant that it guards is found broken", arguments: Guard.allCases)
  func without(guard missing: Guard) throws {
    for seed in Self.budget {
      let plan = Plan(seed: seed, days: 30)
      guard let violation = try Simulation(plan, without: missing).run().violation else { continue }
      #expect(missing.invariants.contains(violation.invariant), "\(violation)")
      return
    }
    Issue.record("nothing was found in \(Self.budget.count) seeds without \(missing.rawValue)")
  }
}
