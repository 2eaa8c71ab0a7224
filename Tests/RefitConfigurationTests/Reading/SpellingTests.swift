import RefitTesting
import Testing

@testable import RefitConfiguration

@Suite struct SpellingTests {
  @Test(
    "Distances are the textbook's",
    arguments: [
      ("", "", 0), ("", "abc", 3), ("kitten", "sitting", 3), ("flaw", "lawn", 2), ("ab", "ba", 1),
      ("ca", "abc", 3),
      ("above", "above", 0), ("mesure", "measure", 1),
    ])
  func distance(left: String, right: String, expected: Int) {
    #expect(Spelling.distance(Array(left.utf8), Array(right.utf8)) == expected)
    #expect(Spelling.distance(Array(right.utf8), Array(left.utf8)) == expected)
  }

  @Test("The distance is that of the recursive definition", arguments: [UInt64](1...3))
  func bruteForce(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    for _ in 0..<200 {
      let words = (0..<2).map { _ in
        (0..<Int.random(in: 0...5, using: &random)).map { _ in UInt8.random(in: 97...99, using: &random) }
      }
      #expect(Spelling.distance(words[0], words[1]) == recursive(words[0][...], words[1][...]))
    }
  }

  private func recursive(_ left: ArraySlice<UInt8>, _ right: ArraySlice<UInt8>) -> Int {
    guard let a = left.last, let b = right.last else { return max(left.count, right.count) }
    var best = recursive(left.dropLast(), right.dropLast()) + (a == b ? 0 : 1)
    best = min(best, recursive(left.dropLast(), right) + 1, recursive(left, right.dropLast()) + 1)
    if left.count > 1, right.count > 1, a == right.dropLast().last, b == left.dropLast().last {
      best = min(best, recursive(left.dropLast(2), right.dropLast(2)) + 1)
    }
    return best
  }

  @Test(
    "The nearest name is one that somebody could have meant",
    arguments: [
      ("treshold", "threshold"), ("Window", "window"), ("colums", "columns"), ("windwo", "window"),
      ("xyz", nil),
      ("", nil), ("w", nil), ("thresholds-of-drift", nil),
    ])
  func nearest(word: String, expected: String?) {
    #expect(Spelling.nearest(to: word, among: ["threshold", "window", "columns", "for"]) == expected)
  }
}
