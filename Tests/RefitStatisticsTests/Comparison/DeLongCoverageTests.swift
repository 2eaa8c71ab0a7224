import RefitStatistics
import RefitTesting
import Testing

@Suite struct DeLongCoverageTests {
  /// Two models of known, equal quality: each one-sided bound at 90 % errs in about 10 % of samples.
  @Test func boundsErrAsOftenAsTheySay() {
    var random = SeededGenerator(seed: 61)
    let samples = 1_500
    var lowerErrs = 0
    var upperErrs = 0
    for _ in 0..<samples {
      let labels = (0..<150).map { $0 % 3 == 0 }
      let truth = labels.map { label in (label ? 1.0 : 0) + random.bell() }
      let comparison = DeLong.compare(
        labels: labels, candidate: truth.map { $0 + random.bell() },
        champion: truth.map { $0 + random.bell() })
      let bounds = comparison.bounds(confidence: 0.9)
      lowerErrs += bounds.lower > 0 ? 1 : 0
      upperErrs += bounds.upper < 0 ? 1 : 0
    }
    for errs in [lowerErrs, upperErrs] {
      #expect(abs(Double(errs) / Double(samples) - 0.1) < 0.03)
    }
  }
}
