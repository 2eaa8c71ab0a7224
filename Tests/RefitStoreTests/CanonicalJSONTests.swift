import Foundation
import RefitCore
import RefitTesting
import Testing

@testable import RefitStore

@Suite struct CanonicalJSONTests {
  @Test func keysAreSortedAndNothingIsPutBetween() throws {
    let text = try CanonicalJSON.encode(["b": 1, "a10": 2, "a2": 3, "A": 4, "ä": 5, "a/": 6])
    #expect(text == #"{"A":4,"a/":6,"a10":2,"a2":3,"b":1,"ä":5}"#)
  }

  @Test(arguments: [
    (0.1, "0.1"), (1.0, "1"), (-0.0, "-0"), (1e21, "1e+21"), (0.1 + 0.2, "0.30000000000000004"),
    (.leastNonzeroMagnitude, "5e-324"),
  ])
  func numbersAreWrittenInTheFewestDigits(number: Double, text: String) throws {
    #expect(try CanonicalJSON.encode([number]) == "[\(text)]")
    let back = try CanonicalJSON.decode([Double].self, from: "[\(text)]")
    #expect(back[0].bitPattern == number.bitPattern)
  }

  @Test func everyNumberReadsBackAsItself() throws {
    var random = SeededGenerator(seed: 1)
    let numbers = (0..<2000).map { _ in Double(bitPattern: random.next()) }.filter(\.isFinite)
    let back = try CanonicalJSON.decode([Double].self, from: CanonicalJSON.encode(numbers))
    #expect(back.map(\.bitPattern) == numbers.map(\.bitPattern))
  }

  @Test(arguments: [Double.nan, .infinity])
  func aNumberThatJSONCanNotSayIsRefused(number: Double) {
    #expect(throws: StoreError.self) { try CanonicalJSON.encode([number]) }
  }

  @Test func aDictionaryHasOneTextWhateverItsOrder() throws {
    let keys = (0..<200).map { "key \($0)" }
    let texts = try Set(
      (0..<10 as Range<UInt64>).map { seed in
        var random = SeededGenerator(seed: seed)
        return try CanonicalJSON.encode(
          Dictionary(uniqueKeysWithValues: keys.shuffled(using: &random).map { ($0, $0.count) }))
      })
    #expect(texts.count == 1)
  }

  @Test func aSituationReadsBackAsItself() throws {
    let situation = try EvaluationRecord.sample(observations: [
      .sample(), .sample(value: nil, undefined: "none"),
    ]).situation
    #expect(try CanonicalJSON.decode(Situation.self, from: CanonicalJSON.encode(situation)) == situation)
  }

  @Test func textThatIsNotOfTheTypeIsRefused() {
    #expect(throws: StoreError.self) { try CanonicalJSON.decode(Decision.self, from: "{}") }
    #expect(throws: StoreError.self) { try CanonicalJSON.decode([Int].self, from: "[1") }
  }

  @Test func theDigestIsTheSHA256OfTheBytes() {
    // FIPS 180-2, appendix B.1.
    let abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    #expect(CanonicalJSON.digest(of: "abc").hex == abc)
  }
}
