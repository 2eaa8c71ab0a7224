import RefitCore
import Testing

@testable import RefitStore

@Suite struct LifeOfARunTests {
  @Test func everyFactOfARunIsReadBackAsItWasWritten() throws {
    let place = try Workplace()
    let store = try place.configured()
    var driver = try RunDriver(store)
    try driver.reachGates(number: 1)
    try driver.judge()
    try driver.promote(from: nil)
    let run = try #require(try store.run(driver.run.id))
    #expect(run == driver.run)
    #expect(run.state == .promoted)
    #expect(
      try store.version(VersionID(model: "credit-risk", number: 1))?.score == Model.sample().pipeline.score)
    #expect(try store.holdout(run.id) == .sample("holdout"))
    #expect(try store.champion("credit-risk")?.promotion.version == 1)
    let attempts = try store.attempts(run.id)
    #expect(attempts.map(\.attempt) == run.attempts)
    #expect(attempts[0].facts == .sample(run.id, run.attempts[0].key))
    #expect(attempts[0].exit == ExitRecord(reason: .exited, exitCode: 0, cpuSeconds: 1.5))
    #expect(attempts[0].uses.map(\.name) == ["data", "credit-risk@1", "code", "training-1"])
    let verification = try store.verify()
    #expect(verification.findings == [])
    #expect(verification.head == (try store.ledgerHead()))
  }
}
