import RefitCore
import Testing

@Suite struct LedgerEventTests {
  static let event = LedgerEvent(
    sequence: 7, at: Instant(microseconds: -5), actor: "alice", kind: .promoted, model: Name("credit-risk"),
    run: 42, payloadDigest: Digest(bytes: [UInt8](repeating: 0xab, count: 32)), payload: "{}")

  /// The bytes as a person would write them down from the rule: each field behind its length in four bytes.
  @Test func theLeafIsEachFieldBehindItsLength() {
    let fields = ["7", "-5", "alice", "promoted", "credit-risk", "42", String(repeating: "ab", count: 32)]
    var expected: [UInt8] = []
    for field in fields {
      expected += [0, 0, 0, UInt8(field.utf8.count)] + Array(field.utf8)
    }
    #expect(Self.event.leafBytes == expected)
  }

  @Test func aFieldThatIsMissingHasTheLengthZero() {
    var event = Self.event
    event.model = nil
    event.run = nil
    let expected = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 64] as [UInt8]
    #expect(Array(event.leafBytes.suffix(64 + 12).prefix(12)) == expected)
  }

  @Test func everyFieldButThePayloadIsInTheLeaf() {
    var changed: [LedgerEvent] = Array(repeating: Self.event, count: 7)
    changed[0].sequence = 8
    changed[1].at = Instant(microseconds: -4)
    changed[2].actor = "alicf"
    changed[3].kind = .rolledBack
    changed[4].model = Name("credit-risl")
    changed[5].run = 43
    changed[6].payloadDigest = Digest(bytes: [UInt8](repeating: 0xac, count: 32))
    let leaves = Set((changed + [Self.event]).map(\.leafBytes))
    #expect(leaves.count == 8)
    var pruned = Self.event
    pruned.payload = nil
    #expect(pruned.leafBytes == Self.event.leafBytes)
  }

  /// Without the lengths, both would read `alicebob…`.
  @Test func textCanNotMoveFromOneFieldToTheNext() {
    var one = Self.event
    var other = Self.event
    one.actor = "alice"
    one.model = Name("bob")
    other.actor = "aliceb"
    other.model = Name("ob")
    #expect(one.leafBytes != other.leafBytes)
  }
}
