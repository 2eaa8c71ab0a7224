import GRDB
import RefitCore
import Testing

@testable import RefitStore

@Suite struct LedgerTests {
  static func filled(_ place: Workplace) throws -> Store {
    let store = try place.configured()
    _ = try store.record(.sample(coalesced: [.day(0)]))
    _ = try RunDriver.publish(1, after: nil, in: store, at: .day(2))
    return store
  }

  @Test func everyChangeIsToldInOrder() throws {
    let place = try Workplace()
    let store = try Self.filled(place)
    let events = try store.events(limit: 99)
    #expect(
      events.map(\.kind) == [
        .projectCreated, .configurationApplied, .occurrenceCoalesced, .occurrenceDecided, .runOpened,
        .holdoutFrozen, .attemptPlanned, .attemptEnded, .candidateSealed, .attemptPlanned, .attemptEnded,
        .gatesJudged, .promoted, .runEnded, .published,
      ])
    #expect(events.map(\.sequence) == Array(1...15))
    #expect(try store.newestEventTime() == events.last?.at)
  }

  @Test func eventsAreFound() throws {
    let place = try Workplace()
    let store = try Self.filled(place)
    #expect(try store.events(LedgerFilter(model: "credit-risk", run: 1), limit: 99).count == 11)
    #expect(
      try store.events(LedgerFilter(actor: "alice"), limit: 99).map(\.kind) == [
        .configurationApplied, .runOpened,
      ])
    #expect(try store.events(LedgerFilter(kind: .attemptEnded), limit: 1).map(\.sequence) == [11])
    #expect(try store.events(LedgerFilter(since: .day(2)), limit: 99).first?.kind == .runOpened)
    #expect(try store.events(LedgerFilter(model: "other"), limit: 99).isEmpty)
  }

  /// What the database keeps must be the tree of RFC 6962 over the events, as the core computes it.
  @Test func theRootIsThatOfTheEventsLeaves() throws {
    let place = try Workplace()
    let store = try Self.filled(place)
    var frontier = MerkleFrontier()
    for event in try store.events(limit: 99) {
      #expect(event.payload.map(CanonicalJSON.digest) == event.payloadDigest)
      frontier.append(
        leaf: MerkleFrontier.leaf(event.leafBytes, hash: SHA256Hash.hash), hash: SHA256Hash.hash)
    }
    #expect(try store.ledgerHead() == LedgerHead(size: 15, root: frontier.root(hash: SHA256Hash.hash)))
    #expect(try store.verify() == LedgerVerification(head: store.ledgerHead(), findings: []))
  }

  @Test(arguments: [
    "at = at + 1", "actor = 'mallory'", "actor = actor || ' '", "kind = 'alert'", "model = 'other'",
    "model = NULL",
    "run = 2", "run = NULL", "payload = replace(payload, 'alice', 'bob') || ' '", "payload = '{}'",
    "payload_digest = zeroblob(32)", "leaf = zeroblob(32)",
  ])
  func anEventThatWasChangedIsNamed(_ change: String) throws {
    let place = try Workplace()
    try Self.filled(place).close()
    try place.tamperWithoutTriggers("UPDATE ledger SET \(change) WHERE seq = 8")
    let verification = try place.open().verify()
    #expect(verification.firstBadEvent?.sequence == 8)
    #expect(!verification.isIntact)
  }

  @Test func aChangeWithAllItsHashesMadeAnewShowsInTheTree() throws {
    let place = try Workplace()
    let store = try Self.filled(place)
    var event = try store.events(limit: 99)[7]
    try store.close()
    event.actor = "mallory"
    let leaf = MerkleFrontier.leaf(event.leafBytes, hash: SHA256Hash.hash)
    try place.tamperWithoutTriggers("UPDATE ledger SET actor = 'mallory', leaf = ? WHERE seq = 8", [leaf])
    let verification = try place.open().verify()
    #expect(verification.findings.map(\.sentence) == ["The tree that is kept is not that of the events."])
  }

  @Test(arguments: [
    ("DELETE FROM ledger WHERE seq = 5", 5), ("DELETE FROM ledger WHERE seq > 11", 12),
    ("DELETE FROM ledger WHERE seq = 15", 15),
    ("DELETE FROM ledger", 1),
    ("UPDATE ledger SET seq = 99 WHERE seq = 15", 15),
  ])
  func anEventThatIsMissingIsNamed(_ sql: String, first: Int64) throws {
    let place = try Workplace()
    try Self.filled(place).close()
    try place.tamperWithoutTriggers(sql)
    #expect(try place.open().verify().firstBadEvent?.sequence == first)
  }

  @Test(arguments: [
    "UPDATE champion SET version = 1", "DELETE FROM champion",
    "UPDATE run SET state = 'refused' WHERE number = 1",
    "DELETE FROM run WHERE number = 3; UPDATE run SET state = 'running', ended_at = NULL, reason = NULL WHERE number = 1",
    "UPDATE version SET sealed = code", "UPDATE version SET number = 7 WHERE number = 1",
    "UPDATE decision SET decision = replace(decision, 'hold', 'fold')",
    "UPDATE decision SET situation = replace(situation, 'evaluate', 'retrain')", "DELETE FROM decision",
    "UPDATE occurrence SET nominal = nominal + 1 WHERE state = 'decided'",
    "UPDATE gate_report SET json = replace(json, 'pass', 'fail')",
    "UPDATE gate_report SET digest = zeroblob(32)", "UPDATE gate_report SET champion = 1",
    "DELETE FROM gate_report", "UPDATE promotion SET actor = 'mallory'", "UPDATE promotion SET because = 'x'",
    "UPDATE promotion SET at = at + 1", "UPDATE promotion SET published_at = 1",
    "UPDATE promotion SET published_at = NULL", "UPDATE promotion SET previous = NULL",
    "DELETE FROM promotion",
    "UPDATE holdout SET rows = 1", "UPDATE holdout SET digest = withheld",
    "UPDATE holdout SET blinded = withheld", "UPDATE holdout SET withheld = digest",
    "UPDATE holdout SET origin = 'elsewhere'", "DELETE FROM holdout",
    "UPDATE artifact_use SET name = 'evil.csv'",
    "UPDATE artifact_use SET artifact = 1 WHERE direction = 'output'",
    "DELETE FROM artifact_use WHERE direction = 'output'",
    "UPDATE attempt SET state = 'failed'", "UPDATE attempt SET reason = 'so'", "DELETE FROM attempt",
    "UPDATE approval SET actor = 'mallory'", "UPDATE approval SET because = 'x'",
    "UPDATE approval SET artifact = (SELECT digest FROM artifact ORDER BY id LIMIT 1)",
    "UPDATE approval SET gate_report = zeroblob(32)", "UPDATE approval SET configuration = zeroblob(32)",
    "DELETE FROM approval",
    "UPDATE run SET because = 'no reason'", "UPDATE run SET interval_end = interval_end + 1",
    "UPDATE run SET trigger_person = 'mallory'", "UPDATE run SET known_at = known_at - 1 WHERE number = 3",
    "UPDATE model_configuration SET json = replace(json, 'promote', 'train')",
    "UPDATE attempt_exit SET cpu_seconds = 0", "UPDATE attempt_exit SET exit_code = 1",
    "UPDATE attempt_exit SET guarantee = 'cgroup'", "DELETE FROM attempt_exit",
    "UPDATE attempt_launch SET seed = 1", "UPDATE attempt_launch SET arguments = '[\"true\"]'",
    "UPDATE attempt_launch SET \"commit\" = 'def'", "UPDATE attempt_launch SET variables = '[]'",
    "UPDATE attempt SET version = 1 WHERE job = 'score'", "UPDATE attempt SET created_at = 1",
    "UPDATE artifact_use SET role = 'reference' WHERE direction = 'input'",
    "UPDATE artifact_use SET name = 'better.csv' WHERE direction = 'input' AND attempt IS NULL",
    "UPDATE artifact_use SET name = 'better.csv' WHERE direction = 'input' AND attempt IS NOT NULL",
    "DELETE FROM artifact_use WHERE direction = 'input' AND attempt IS NULL",
    "DELETE FROM artifact_use WHERE direction = 'input' AND attempt IS NOT NULL",
    "INSERT INTO artifact_use SELECT 900, run, attempt, artifact, 'input', role, 'more.csv' FROM artifact_use LIMIT 1",
    "UPDATE artifact SET bytes = 11", "UPDATE version SET metrics = '{\"auc\":1}'",
    "UPDATE version SET training = NULL", "UPDATE version SET code_path = 'elsewhere'", "DELETE FROM look",
  ])
  func aRowThatDisagreesWithItsEventIsFound(_ sql: String) throws {
    let place = try Workplace()
    let store = try Self.filled(place)
    _ = try RunDriver.publish(2, after: 1, in: store, at: .day(3))
    try Self.approve(in: store)
    try #require(try store.verify().findings == [])
    try store.close()
    try place.tamperWithoutTriggers(sql)
    let verification = try place.open().verify()
    #expect(!verification.isIntact)
    #expect(verification.findings.allSatisfy { $0.sentence.hasSuffix(".") })
  }

  /// A run that awaits approval, and a person's yes to it.
  private static func approve(in store: Store) throws {
    var driver = try RunDriver(store, at: .day(4))
    try driver.reachGates(number: 3, holdout: "holdout-3")
    try driver.judge(champion: 2)
    try driver.apply(.approvalAwaited)
    let report = try #require(try store.gateReport(driver.run.id))
    try driver.apply(
      .approved(
        Approval(
          actor: "bob", at: driver.now, because: "fine", artifact: .of("credit-risk@3"),
          gateReport: report.digest, configuration: driver.run.configuration)))
  }

  @Test func prunedPayloadsStillVerify() throws {
    let place = try Workplace()
    try Self.filled(place).close()
    try place.tamper("UPDATE ledger SET payload = NULL WHERE seq < 10")
    let store = try place.open()
    #expect(try store.verify().isIntact)
    #expect(try store.events(limit: 99).count { $0.payload == nil } == 9)
    try place.tamperWithoutTriggers("UPDATE run SET state = 'refused'")
    #expect(try !store.verify().isIntact)
  }

  @Test func aLedgerLongerThanOnePortionVerifies() throws {
    let place = try Workplace()
    let store = try place.open()
    let entry = LedgerEntry(
      kind: .alert, model: nil, run: nil, actor: "refit", at: .day(1), payload: ["sentence": "look"])
    try store.append(Array(repeating: entry, count: 20_005))
    let verification = try store.verify()
    #expect(verification.isIntact)
    #expect(verification.head == (try store.ledgerHead()))
    #expect(verification.head.size == 20_006)
  }

  @Test func theLeafOfTheFastWalkIsThatOfTheCore() {
    let event = LedgerEvent(
      sequence: .max, at: Instant(microseconds: .min), actor: "äöü \u{1F600}", kind: .alert, model: nil,
      run: 0,
      payloadDigest: .of("x"), payload: nil)
    var buffer = LeafBuffer()
    for _ in 0..<2 {
      buffer.clear()
      buffer.append(number: event.sequence)
      buffer.append(number: event.at.microseconds)
      for text in [event.actor, event.kind.rawValue] {
        Array(text.utf8).withUnsafeBytes { buffer.append(field: $0) }
      }
      buffer.appendMissing()
      buffer.append(number: 0)
      event.payloadDigest.bytes.withUnsafeBytes { buffer.append(hexOf: $0) }
    }
    #expect(buffer.bytes == [0] + event.leafBytes)
  }
}
