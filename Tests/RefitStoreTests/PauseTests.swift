import GRDB
import RefitCore
import Testing

@testable import RefitStore

@Suite struct PauseTests {
  private static func pause(_ model: Name?, until: Instant? = nil, because: String = "freeze") -> Pause {
    Pause(model: model, origin: .command, since: .day(3), until: until, actor: "ada", because: because)
  }

  @Test func aPauseLastsUntilItIsEnded() throws {
    let place = try Workplace()
    let store = try place.configured()
    try store.pause(Self.pause("credit-risk", until: .day(5)), at: .day(3))
    #expect(try store.openPauses() == [Self.pause("credit-risk", until: .day(5))])
    let copy = try place.copied().open()
    #expect(try copy.openPauses().count == 1, "it is durable")
    #expect(try !store.resume(nil, origin: .command, at: .day(4), actor: "bob", because: "done"))
    #expect(try store.resume("credit-risk", origin: .command, at: .day(4), actor: "bob", because: "done"))
    #expect(try store.openPauses().isEmpty)
    let told = try store.events(limit: 2)
    #expect(told.map(\.kind) == [.paused, .resumed])
    #expect(told.map(\.actor) == ["ada", "bob"])
    #expect(told.map(\.model) == ["credit-risk", "credit-risk"])
    #expect(try store.verify().isIntact)
  }

  @Test func aSecondPauseOfTheSameModelTakesThePlaceOfTheFirst() throws {
    let store = try Workplace().configured()
    try store.pause(Self.pause("credit-risk", because: "first"), at: .day(3))
    try store.pause(Self.pause(nil, because: "all of it"), at: .day(3))
    try store.pause(Self.pause("credit-risk", because: "second"), at: .day(3))
    #expect(try store.openPauses().map(\.because) == ["all of it", "second"])
  }

  @Test func thePauseOfAFileAndThatOfACommandLastSideBySide() throws {
    let store = try Workplace().configured()
    try store.pause(Self.pause(nil), at: .day(3))
    try store.pause(
      Pause(model: nil, origin: .file, since: .day(3), actor: "bob", because: "a note"), at: .day(3))
    try store.resume(nil, origin: .file, at: .day(4), actor: "refit", because: "it is gone")
    #expect(try store.openPauses().map(\.origin) == [.command])
  }

  @Test func anImpossiblePauseIsRefused() throws {
    let place = try Workplace()
    let store = try place.configured()
    for (model, until, because): (Name?, Instant?, String) in [
      ("nobody", nil, "x"), ("credit-risk", .day(3), "x"), (nil, nil, ""),
    ] {
      #expect(throws: StoreError.self) {
        try store.pause(Self.pause(model, until: until, because: because), at: .day(3))
      }
    }
    #expect(try store.openPauses().isEmpty)
  }

  @Test func aPauseThatHasEndedStaysAsItEnded() throws {
    let place = try Workplace()
    let store = try place.configured()
    try store.pause(Self.pause(nil), at: .day(3))
    try store.resume(nil, origin: .command, at: .day(4), actor: "ada", because: "done")
    try store.close()
    #expect(throws: DatabaseError.self) { try place.tamper("UPDATE pause SET ended_at = NULL") }
  }
}
