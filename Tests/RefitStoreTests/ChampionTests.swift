import RefitCore
import Testing

@testable import RefitStore

@Suite struct ChampionTests {
  @Test func whatServedWhenFollowsThePublications() throws {
    let place = try Workplace()
    let store = try place.configured()
    #expect(try store.champion("credit-risk") == nil)
    #expect(try store.servingSince("credit-risk") == nil)
    let first = try RunDriver.publish(1, after: nil, in: store, at: .day(2))
    _ = try RunDriver.publish(2, after: 1, in: store, at: .day(5))
    let back = Promotion(
      kind: .rollback, version: 1, previous: 2, run: nil, at: .day(7), actor: "alice", because: "it is worse")
    try store.rollback("credit-risk", to: back)
    #expect(try store.unpublished().map(\.version) == [VersionID("credit-risk@1")!])
    #expect(try store.served("credit-risk", at: .day(8))?.promotion.version == 2)
    #expect(try store.servingSince("credit-risk") == .day(7))
    try store.recordPublished("credit-risk", version: 1, at: .day(7, hour: 1))
    try store.recordPublished("credit-risk", version: 1, at: .day(9))
    #expect(try store.unpublished().isEmpty)
    #expect(try store.servingSince("credit-risk") == .day(7, hour: 1))
    #expect(try store.served("credit-risk", at: .day(8))?.promotion == back)
    #expect(try store.served("credit-risk", at: .day(6))?.promotion.version == 2)
    #expect(try store.served("credit-risk", at: .day(3))?.promotion.run == first.id.number)
    #expect(try store.served("credit-risk", at: .day(1)) == nil)
    #expect(try #require(try store.firstPublished(VersionID("credit-risk@1")!)) < .day(3))
    #expect(try store.firstPublished(VersionID("credit-risk@9")!) == nil)
    #expect(try store.promotions("credit-risk").map(\.promotion.version) == [1, 2, 1])
    #expect(try store.events(limit: 2).map(\.kind) == [.rolledBack, .published])
    #expect(try store.verify().isIntact)
  }

  @Test func aRollbackTakesOverFromTheChampionThatItNamesOnly() throws {
    let place = try Workplace()
    let store = try place.configured()
    _ = try RunDriver.publish(1, after: nil, in: store, at: .day(2))
    _ = try RunDriver.publish(2, after: 1, in: store, at: .day(5))
    func rollback(to version: Int, from previous: Int?, kind: Promotion.Kind = .rollback) throws {
      let promotion = Promotion(
        kind: kind, version: version, previous: previous, run: nil, at: .day(7), actor: "alice", because: "so"
      )
      try store.rollback("credit-risk", to: promotion)
    }
    #expect(throws: StoreError.championChanged(model: "credit-risk", expected: 3, found: 2)) {
      try rollback(to: 1, from: 3)
    }
    #expect(throws: StoreError.self) { try rollback(to: 7, from: 2) }
    #expect(throws: StoreError.self) { try rollback(to: 2, from: 2) }
    #expect(throws: StoreError.self) { try rollback(to: 1, from: 2, kind: .promotion) }
    #expect(try store.champion("credit-risk")?.promotion.version == 2)
    #expect(throws: StoreError.championChanged(model: "credit-risk", expected: 1, found: 2)) {
      try store.recordPublished("credit-risk", version: 1, at: .day(8))
    }
  }

  @Test func aVersionThatNeverServedIsNothingToRollBackTo() throws {
    let place = try Workplace()
    let store = try place.configured()
    _ = try RunDriver.publish(1, after: nil, in: store, at: .day(2))
    var driver = try RunDriver(store, at: .day(5))
    try driver.reachGates(number: 2)
    let promotion = Promotion(
      kind: .rollback, version: 2, previous: 1, run: nil, at: .day(7), actor: "alice", because: "so")
    #expect(throws: StoreError.refused("version 2 of credit-risk has never served")) {
      try store.rollback("credit-risk", to: promotion)
    }
  }

  @Test func versionsAreNumberedPerModel() throws {
    let place = try Workplace()
    let store = try place.configured([.sample(), .sample("churn")])
    #expect(try store.nextVersionNumber("credit-risk") == 1)
    _ = try RunDriver.publish(1, after: nil, in: store, at: .day(2))
    #expect(try store.nextVersionNumber("credit-risk") == 2)
    #expect(try store.nextVersionNumber("churn") == 1)
    #expect(try store.versions("credit-risk").map(\.id.number) == [1])
  }
}
