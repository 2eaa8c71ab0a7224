import RefitCore
import Testing

@testable import RefitStore

struct FailPointTests {
  /// Stops the store at one place, for ever.
  private static func stopping(at point: FailPoint) -> @Sendable (FailPoint) throws -> Void {
    { reached in if reached == point { throw Interruption(at: reached) } }
  }

  private static let entry = LedgerEntry(
    kind: .alert, model: nil, run: nil, actor: "refit", at: .day(3), payload: [:])

  @Test(arguments: [(FailPoint.Moment.before, 0), (.after, 1)])
  func aCommitIsWholeOrNotThere(_ moment: FailPoint.Moment, _ kept: Int) throws {
    let place = try Workplace()
    try place.configured().close()
    let point = FailPoint(moment, .appendEvents)
    let store = try Store(path: place.path, now: .day(3), project: "lending", reach: Self.stopping(at: point))
    #expect(throws: StoreError.interrupted(point)) { try store.append([Self.entry]) }
    // Who was stopped does nothing more.
    #expect(throws: StoreError.interrupted(point)) { try store.append([Self.entry]) }

    let later = try Store(path: place.path, now: .day(4), project: "lending")
    #expect(try later.events(LedgerFilter(kind: .alert), limit: 9).count == kept)
    #expect(try later.verify().isIntact)
  }

  @Test func aStopWhileTheDatabaseIsMadeLeavesNoHalfOfIt() throws {
    for point in [
      FailPoint(.before, .migrate), FailPoint(.after, .migrate), FailPoint(.before, .createProject),
    ] {
      let place = try Workplace()
      #expect(throws: StoreError.interrupted(point)) {
        try Store(path: place.path, now: .day(3), project: "lending", reach: Self.stopping(at: point))
      }
      let later = try Store(path: place.path, now: .day(4), project: "lending")
      #expect(try later.events(limit: 9).map(\.kind) == [.projectCreated])
    }
  }
}
