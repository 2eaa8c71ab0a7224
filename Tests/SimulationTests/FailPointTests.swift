import RefitCore
import RefitSimulation
import Testing

@Suite("A process that is killed at every fail point")
struct FailPointTests {
  /// Points that these plans don't come to, each with the reason.
  static let unreachable = Dictionary(
    uniqueKeysWithValues: [
      (FailPoint.Deed.passOccurrences, "no schedule here passes over anything; programs are killed there"),
      (.noteClock, "the clock is right here; worlds of other seeds are killed there"),
      (.acceptClock, "the clock is right here; worlds of other seeds are killed there"),
    ].flatMap { deed, reason in FailPoint.Moment.allCases.map { (FailPoint($0, deed), reason) } })

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
