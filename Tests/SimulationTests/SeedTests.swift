import RefitSimulation
import Testing

@Suite("Seeds")
struct SeedTests {
  @Test func one() throws {
    #expect(try Simulation(Plan(seed: 1, days: 60)).run().violation == nil)
  }
}
