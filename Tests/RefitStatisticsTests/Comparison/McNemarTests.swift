import RefitStatistics
import RefitTesting
import Testing

@Suite struct McNemarTests {
  struct Case: Encodable {
    var candidate: Int
    var champion: Int
  }

  struct Answer: Decodable {
    var exact: Double
    var mid: Double
    var corrected: [Double]?
    var uncorrected: [Double]?
  }

  @Test func `every p-value is the library's`() throws {
    var random = SeededGenerator(seed: 91)
    let drawn = (0..<300).map { index in
      let most = [5, 40, 1_000, 10_000_000][index % 4]
      let first = Int.random(in: 0...most, using: &random)
      let near = index % 3 == 0 ? Int.random(in: 0...most, using: &random) : first + first / 500 + index % 5
      return Case(candidate: first, champion: near)
    }
    let cases = [(0, 0), (1, 1), (0, 1), (0, 1_000), (5_000, 5_000), (100, 900)]
      .map { Case(candidate: $0, champion: $1) } + drawn
    for (given, answer) in zip(cases, try Oracle.comparison("mcnemar", cases, as: Answer.self)) {
      let test = McNemar(onlyCandidate: given.candidate, onlyChampion: given.champion)
      #expect(agree(test.exactPValue, answer.exact, relative: 1e-6, absolute: 1e-300), "\(given)")
      #expect(agree(test.midPValue, answer.mid, relative: 1e-6, absolute: 1e-300), "\(given)")
      for (continuity, expected) in [(McNemar.Continuity.corrected, answer.corrected), (.uncorrected, answer.uncorrected)] {
        #expect(agree(test.chiSquare(continuity), expected?[0]), "\(given)")
        let pValue = test.chiSquarePValue(continuity).value
        #expect((pValue == nil) == (expected == nil))
        if let pValue, let expected { #expect(agree(pValue, expected[1], relative: 1e-6, absolute: 1e-300)) }
      }
      #expect(McNemar(onlyCandidate: given.champion, onlyChampion: given.candidate).exactPValue == test.exactPValue)
    }
  }

  /// The approval ratings of the Prime Minister in Agresti, Categorical Data Analysis, table 10.1: 150 and 86.
  @Test func `published example`() {
    let test = McNemar(onlyCandidate: 86, onlyChampion: 150)
    #expect(abs((test.chiSquare(.corrected).value ?? 0) - 16.82) < 0.005)
    #expect(abs((test.chiSquare(.uncorrected).value ?? 0) - 17.36) < 0.005)
    #expect(test.exactPValue < 1e-4)
  }

  @Test func `rows are counted where exactly one is right`() {
    let test = McNemar(candidateCorrect: [true, true, false, false, true], championCorrect: [true, false, true, false, false])
    #expect((test.onlyCandidate, test.onlyChampion, test.discordant) == (2, 1, 3))
    let none = McNemar(candidateCorrect: [], championCorrect: [])
    #expect(none.exactPValue == 1 && none.midPValue == 1)
    #expect(none.chiSquarePValue(.corrected) == .undefined("no row is discordant"))
  }
}
