import RefitCore
import RefitSimulation
import Testing

@Suite("A process that is killed at every fail point")
struct FailPointTests {
  /// Points that the simulation can't come to, each with the reason.
  static let unreachable: [FailPoint: String] = [:]

  @Test("each is reached and killed at, and every invariant holds all the way")
  func everywhere() throws {
    var crashes: Set<FailPoint> = []
    for isClockSimulated in [false, true] {
      let outcome = try Simulation(.everywhere(isClockSimulated: isClockSimulated)).run()
      #expect(outcome.violation == nil)
      crashes.formUnion(outcome.figures.crashes.keys)
    }
    let missing = Set(FailPoint.all).subtracting(crashes).subtracting(Self.unreachable.keys)
    #expect(missing.isEmpty, "never killed at \(missing.map(\.description).sorted())")
  }
}
