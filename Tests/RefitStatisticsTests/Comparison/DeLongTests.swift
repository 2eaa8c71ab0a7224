import RefitStatistics
import RefitTesting
import Testing

@Suite struct DeLongTests {
  /// The ovarian cancer patients of DeLong, DeLong and Clarke-Pearson (1988): albumin, total protein, K-G score,
  /// and whether surgery did not help. As printed in the SAS/STAT User's Guide, PROC LOGISTIC, "Comparing
  /// Receiver Operating Characteristic Curves".
  private static let patients: [(albumin: Double, protein: Double, score: Double, label: Bool)] = [
    (3.0, 5.8, 10, false), (3.2, 6.3, 5, true), (3.9, 6.8, 3, true), (2.8, 4.8, 6, false),
    (3.2, 5.8, 3, true), (0.9, 4.0, 5, false), (2.5, 5.7, 8, false), (1.6, 5.6, 5, true),
    (3.8, 5.7, 5, true), (3.7, 6.7, 6, true), (3.2, 5.4, 4, true), (3.8, 6.6, 6, true),
    (4.1, 6.6, 5, true), (3.6, 5.7, 5, true), (4.3, 7.0, 4, true), (3.6, 6.7, 4, false),
    (2.3, 4.4, 6, true), (4.2, 7.6, 4, false), (4.0, 6.6, 6, false), (3.5, 5.8, 6, true),
    (3.8, 6.8, 7, true), (3.0, 4.7, 8, false), (4.5, 7.4, 5, true), (3.7, 7.4, 5, true),
    (3.1, 6.6, 6, true), (4.1, 8.2, 6, true), (4.3, 7.0, 5, true), (4.3, 6.5, 4, true),
    (3.2, 5.1, 5, true), (2.6, 4.7, 6, true), (3.3, 6.8, 6, false), (1.7, 4.0, 7, false),
    (3.7, 6.1, 5, true), (3.3, 6.3, 7, true), (4.2, 7.7, 6, true), (3.5, 6.2, 5, true),
    (2.9, 5.7, 9, false), (2.1, 4.8, 7, true), (2.8, 6.2, 8, false), (4.0, 7.0, 7, true),
    (3.3, 5.7, 6, true), (3.7, 6.9, 5, true), (3.6, 6.6, 5, true),
  ]

  /// Areas, standard errors and contrasts against the K-G score to the four digits that SAS prints.
  @Test func publishedExample() throws {
    let labels = Self.patients.map(\.label)
    let score = Self.patients.map { 10 - $0.score }
    let published = [
      (Self.patients.map(\.albumin), 0.7366, 0.0927, 0.0108, 0.0953),
      (Self.patients.map(\.protein), 0.6478, 0.1000, -0.0780, 0.1046),
      (score, 0.7258, 0.1028, 0, 0),
    ]
    for (scores, area, error, difference, differenceError) in published {
      let estimate = DeLong.estimate(labels: labels, scores: scores)
      #expect(abs(try #require(estimate.area.value) - area) < 5e-5)
      #expect(abs(try #require(estimate.standardError.value) - error) < 5e-5)
      let contrast = DeLong.compare(labels: labels, candidate: scores, champion: score)
      #expect(abs(try #require(contrast.difference.value) - difference) < 5e-5)
      #expect(abs(try #require(contrast.standardError.value) - differenceError) < 5e-5)
    }
  }

  @Test func modelsThatOrderTheRowsAlikeDifferExactlyByNothing() {
    let labels = Self.patients.map(\.label)
    let scores = Self.patients.map(\.albumin)
    let comparison = DeLong.compare(
      labels: labels, candidate: scores.map { 1e300 * $0 * $0 }, champion: scores)
    #expect(comparison.difference == .defined(0))
    #expect(comparison.standardError == .defined(0))
    #expect(comparison.bounds(confidence: 0.999) == ConfidenceBounds(lower: 0, upper: 0))
    #expect(comparison.discordant == nil && comparison.method == "delong")
  }

  @Test func exchangingTheModelsTurnsTheSign() throws {
    for given in DeLongOracleTests.smallCases(300, seed: 54) {
      let one = DeLong.compare(labels: given.labels, candidate: given.candidate, champion: given.champion)
      let other = DeLong.compare(labels: given.labels, candidate: given.champion, champion: given.candidate)
      #expect(try #require(one.difference.value) == -(try #require(other.difference.value)))
      #expect(one.standardError == other.standardError)
      let (left, right) = (one.bounds(confidence: 0.95), other.bounds(confidence: 0.95))
      #expect(agree(left.lower, -right.upper) && agree(left.upper, -right.lower))
    }
  }

  @Test func rowsMayComeInAnyOrder() {
    var random = SeededGenerator(seed: 55)
    for given in DeLongOracleTests.smallCases(300, seed: 56) {
      let order = given.labels.indices.shuffled(using: &random)
      let one = DeLong.compare(labels: given.labels, candidate: given.candidate, champion: given.champion)
      let other = DeLong.compare(
        labels: order.map { given.labels[$0] }, candidate: order.map { given.candidate[$0] },
        champion: order.map { given.champion[$0] })
      #expect(one.difference == other.difference)
      #expect(agree(one.standardError, other.standardError.value))
    }
  }

  @Test(arguments: [[], [true], [false], [true, true]])
  func oneClassIsUndefinedAndBoundsSayNothing(labels: [Bool]) {
    let scores = labels.indices.map(Double.init)
    let comparison = DeLong.compare(labels: labels, candidate: scores, champion: scores)
    #expect(comparison.difference.value == nil && comparison.difference.reason?.isEmpty == false)
    #expect(comparison.bounds(confidence: 0.95) == ConfidenceBounds(lower: -1, upper: 1))
    let estimate = DeLong.estimate(labels: labels, scores: scores)
    #expect(estimate.area.value == nil && estimate.variance.value == nil)
    #expect(estimate.bounds(confidence: 0.95) == ConfidenceBounds(lower: 0, upper: 1))
  }

  @Test func oneRowOfAClassHasAnAreaAndNoVariance() {
    let estimate = DeLong.estimate(labels: [true, false, false], scores: [2, 1, 3])
    #expect(estimate.area == .defined(0.5))
    #expect(estimate.standardError == .undefined("one positive row has no variance"))
    #expect(estimate.bounds(confidence: 0.95) == ConfidenceBounds(lower: 0, upper: 1))
    let comparison = DeLong.compare(labels: [true, false, true], candidate: [2, 1, 3], champion: [1, 2, 3])
    #expect(comparison.difference == .defined(0.5))
    #expect(comparison.standardError == .undefined("one negative row has no variance"))
    #expect(comparison.bounds(confidence: 0.95) == ConfidenceBounds(lower: -1, upper: 1))
  }

  @Test(arguments: [Double.nan, .infinity])
  func scoresThatAreNotFiniteAreRefused(score: Double) {
    let labels = [true, true, false, false]
    let comparison = DeLong.compare(labels: labels, candidate: [1, 2, 3, score], champion: [1, 2, 3, 4])
    #expect(comparison.difference == .undefined("1 of 4 candidate scores are not finite numbers"))
    #expect(DeLong.estimate(labels: labels, scores: [1, 2, 3, score]).variance.value == nil)
  }

  /// Two models that tell the same few rows apart in orders of their own: their placements are equal, and they are not.
  @Test func `two perfect models are as alike as their rows can tell`() throws {
    for rows in [3, 40] {
      let labels = (0..<2 * rows).map { $0 < rows }
      let candidate = labels.enumerated().map { ($1 ? 10 : 0) + Double($0) / 100 }
      let champion = labels.enumerated().map { ($1 ? 10 : 0) - Double($0) / 100 }
      let comparison = DeLong.compare(labels: labels, candidate: candidate, champion: champion)
      #expect(comparison.difference == .defined(0) && comparison.standardError == .defined(0))
      let bounds = comparison.bounds(confidence: 0.95)
      // Clopper and Pearson: a share of rows that is like these is at least so large, and the rest may be anything.
      #expect(bounds.lower == -bounds.upper)
      var power = 1.0
      for _ in 0..<rows { power *= 1 - bounds.upper }
      #expect(agree(power, 0.05))
      #expect(NonInferiority.verdict(bounds: bounds, margin: 0.05) == .inconclusive)
    }
  }

  /// Perfect separation has an estimated variance of 0; a handful of rows is no certainty all the same.
  @Test func perfectSeparationIsAsSureAsItsRows() throws {
    for rows in [2, 10, 1_000] {
      let labels = (0..<2 * rows).map { $0 < rows }
      let perfect = labels.map { $0 ? 1.0 : 0 }
      let estimate = DeLong.estimate(labels: labels, scores: perfect)
      #expect(estimate.area == .defined(1) && estimate.variance == .defined(0))
      let lower = estimate.bounds(confidence: 0.95).lower
      // Clopper and Pearson's bound of n successes in n trials.
      var power = 1.0
      for _ in 0..<rows { power *= lower }
      #expect(agree(power, 0.05))
      let constant = [Double](repeating: 0.5, count: labels.count)
      let comparison = DeLong.compare(labels: labels, candidate: perfect, champion: constant)
      let verdict = NonInferiority.verdict(bounds: comparison.bounds(confidence: 0.95), margin: 0.01)
      #expect(verdict == (rows == 2 ? .inconclusive : .superior))
    }
  }
}
