import RefitTesting
import Testing

@testable import RefitStatistics

@Suite struct BootstrapComparisonTests {
  struct Case: Encodable {
    var labels: [Bool]
    var candidate: [Double]
    var champion: [Double]
    var seed: UInt64
    var resamples: Int

    var targets: [Double] { labels.map { $0 ? 1 : 0 } }
    func errors(_ scores: [Double]) -> [Double] { zip(targets, scores).map { $0 - $1 } }
    func squares(_ scores: [Double]) -> [Double] { errors(scores).map { $0 * $0 } }

    /// With the models exchanged.
    var turned: Case {
      Case(labels: labels, candidate: champion, champion: candidate, seed: seed, resamples: resamples)
    }
  }

  static func cases(rows: Range<Int> = 2..<60, count: Int = 20, resamples: Int = 15) -> [Case] {
    var random = SeededGenerator(seed: 96)
    return (0..<count).map { index in
      let rows = Int.random(in: rows, using: &random)
      let labels = [true, false] + (2..<rows).map { _ in random.chance(0.4) }
      let grid = [5.0, 1e6][index % 2]
      func scores() -> [Double] {
        labels.map { min(1, ((random.unit() * 0.8 + ($0 ? 0.2 : 0)) * grid).rounded() / grid) }
      }
      return Case(
        labels: labels, candidate: scores(), champion: scores(), seed: UInt64(index), resamples: resamples)
    }
  }

  private func all(_ given: Case, threads: Int = 1) -> [String: BootstrapComparison] {
    let plan = ResamplingPlan(resamples: given.resamples, seed: given.seed, threads: threads)
    let (own, other) = (given.errors(given.candidate), given.errors(given.champion))
    return [
      "roc_auc": Self.areas(given, plan),
      "brier": PairedSums.meanLosses(
        candidate: given.squares(given.candidate), champion: given.squares(given.champion)
      )
      .bootstrap(plan),
      "rmse": PairedSums.rootMeanSquares(candidateErrors: own, championErrors: other).bootstrap(plan),
      "r2": PairedSums.explainedShares(targets: given.targets, candidateErrors: own, championErrors: other)
        .bootstrap(plan),
      "general": Self.general(given, plan) { weights, scores in Self.brier(given, scores, weights) },
    ]
  }

  private static func areas(_ given: Case, _ plan: ResamplingPlan) -> BootstrapComparison {
    let models = [given.candidate, given.champion].map {
      BinaryOutcomes(labels: given.labels, scores: $0, predictions: nil)
    }
    let values = models.map { [$0.measure(.rocAUC)] }
    return PairedRows(candidate: models[0], champion: models[1]).rowBootstraps(
      [.named(.rocAUC)], PairedValues(candidate: values[0], champion: values[1]), plan)[0]
  }

  /// Any metric of both models, by its definition, on rows that are drawn each alone.
  private static func general(
    _ given: Case, _ plan: ResamplingPlan, _ metric: @escaping @Sendable ([UInt8], [Double]) -> Statistic
  ) -> BootstrapComparison {
    let ones = given.labels.map { _ in UInt8(1) }
    let (own, other) = (metric(ones, given.candidate), metric(ones, given.champion))
    return MetricResamples(rows: ones.count, whole: [own.less(other).value], plan) { drawn in
      let drawn = [UInt8](drawn)
      return [metric(drawn, given.candidate).less(metric(drawn, given.champion)).value]
    }.comparison(0, candidate: own, champion: other, modelsAgree: false)
  }

  private static func brier(_ given: Case, _ scores: [Double], _ weights: [UInt8]) -> Statistic {
    let total = weights.reduce(0) { $0 + Double($1) }
    if total == 0 { return .undefined("there are no rows") }
    return .defined(zip(weights, given.squares(scores)).reduce(0) { $0 + Double($1.0) * $1.1 } / total)
  }

  @Test func `each replicate is the metric's weighted definition`() throws {
    let cases = Self.cases()
    for (given, answer) in zip(cases, try Oracle.comparison("resampled", cases, as: [String: [Double?]].self))
    {
      let compared = all(given)
      for (name, replicates) in answer {
        let distribution = try #require(compared[name]?.distribution)
        let expected = replicates.compactMap { $0 }.sorted()
        #expect(distribution.resamples == replicates.count && distribution.replicates.count == expected.count)
        let pairs = zip(distribution.replicates, expected)
        #expect(pairs.allSatisfy { abs($0 - $1) < 1e-9 * max(1, abs($1)) }, "\(name)")
      }
      let (general, sums) = (compared["general"]?.distribution, compared["brier"]?.distribution)
      #expect(
        zip(general?.replicates ?? [], sums?.replicates ?? [1]).allSatisfy { agree($0, $1, absolute: 1e-12) })
    }
  }

  @Test func `a seed gives the same bytes on any number of threads`() {
    for given in Self.cases(rows: 600..<700, count: 1, resamples: 30) {
      let one = all(given)
      for threads in [2, 8] { #expect(all(given, threads: threads) == one) }
      let confusion = Self.confusion(given)
      let counted = confusion.bootstrap(ResamplingPlan(seed: 5, threads: 1), .f1)
      #expect(confusion.bootstrap(ResamplingPlan(seed: 5, threads: 8), .f1) == counted)
    }
  }

  static func confusion(_ given: Case) -> PairedConfusion {
    PairedConfusion(
      labels: given.labels, candidate: given.candidate.map { $0 >= 0.5 },
      champion: given.champion.map { $0 >= 0.5 })
  }

  @Test func `exchanging the models turns the sign`() throws {
    for given in Self.cases(rows: 40..<100, count: 3, resamples: 60) {
      let (one, other) = (all(given), all(given.turned))
      let plan = ResamplingPlan(resamples: 200, seed: 3)
      let pairs =
        one.keys.map { (one[$0]!, other[$0]!) } + [
          (
            Self.confusion(given).bootstrap(plan, .accuracy),
            Self.confusion(given.turned).bootstrap(plan, .accuracy)
          )
        ]
      for (left, right) in pairs {
        #expect(left.difference.value == right.difference.value.map { -$0 })
        let replicates = try #require(left.distribution?.replicates)
        #expect(replicates == right.distribution?.replicates.reversed().map { -$0 })
        let bounds = try #require(left.bounds(confidence: 0.95))
        let turned = try #require(right.bounds(confidence: 0.95))
        #expect(
          agree(bounds.lower, -turned.upper, absolute: 1e-12)
            && agree(bounds.upper, -turned.lower, absolute: 1e-12))
        #expect(agree(left.pValue, right.pValue.value))
      }
    }
  }

  /// Against the theory: DeLong's and the paired Wald's standard errors and the t-test's.
  @Test func `standard errors are those of theory`() throws {
    let given = try #require(Self.cases(rows: 500..<501, count: 2, resamples: 600).last)
    let compared = all(given)
    let area = DeLong.compare(labels: given.labels, candidate: given.candidate, champion: given.champion)
    let losses = PairedT(candidate: given.squares(given.candidate), champion: given.squares(given.champion))
    let correct = [given.candidate, given.champion].map { zip($0, given.labels).map { ($0 >= 0.5) == $1 } }
    let wald = PairedWald.accuracy(candidateCorrect: correct[0], championCorrect: correct[1])
    let counted = Self.confusion(given).bootstrap(ResamplingPlan(resamples: 600, seed: 9), .accuracy)
    #expect(counted.candidate == wald.candidate && counted.champion == wald.champion)
    for (bootstrap, theory, confidence) in [
      (compared["roc_auc"], area.standardError, area.bounds(confidence: 0.95)),
      (compared["brier"], losses.standardError, losses.bounds(confidence: 0.95)),
      (counted, wald.standardError, wald.bounds(confidence: 0.95)),
    ] {
      let error = try #require(theory.value)
      #expect(abs(try #require(bootstrap?.standardError.value) / error - 1) < 0.12)
      let bounds = try #require(bootstrap?.bounds(confidence: 0.95))
      #expect(abs(bounds.lower - (confidence?.lower ?? 1)) < 0.3 * error)
      #expect(abs(bounds.upper - (confidence?.upper ?? 1)) < 0.3 * error)
      #expect(bootstrap?.method == "bootstrap-bca")
    }
  }

  /// The counts' acceleration is that of leaving out each row.
  @Test func `counts are jackknifed as their rows are`() throws {
    let given = Self.cases(rows: 150..<151, count: 1)[0]
    let counted = Self.confusion(given).bootstrap(ResamplingPlan(seed: 1), .accuracy)
    let general = Self.general(given, ResamplingPlan(seed: 1)) { weights, scores in
      let right = given.labels.indices.reduce(0.0) {
        $0 + ((scores[$1] >= 0.5) == given.labels[$1] ? Double(weights[$1]) : 0)
      }
      return .defined(right / weights.reduce(0.0) { $0 + Double($1) })
    }
    #expect(agree(try #require(counted.acceleration), try #require(general.acceleration)))
  }

  @Test func `there is no interval where there is no metric`() {
    let plan = ResamplingPlan(resamples: 10, seed: 1)
    let empty = PairedSums.meanLosses(candidate: [], champion: []).bootstrap(plan)
    #expect(empty.difference == .undefined("there are no rows") && empty.bounds(confidence: 0.95) == nil)
    let few = Self.areas(
      Case(
        labels: [true, false, false], candidate: [1, 2, 3], champion: [2, 1, 3], seed: 1, resamples: 10),
      plan)
    #expect(few.difference == .defined(-0.5) && few.bounds(confidence: 0.95) == nil)
    let none = PairedConfusion(labels: [], candidate: [], champion: []).bootstrap(plan, .accuracy)
    #expect(none.difference == .undefined("there are no rows"))
    let infinite = PairedSums.meanLosses(candidate: [.infinity], champion: [1]).bootstrap(plan)
    #expect(infinite.difference == .undefined("1 of 1 losses are not finite numbers"))
  }

  @Test func `models without a discordant row differ exactly by nothing`() {
    let labels = (0..<40).map { $0 % 3 == 0 }
    let confusion = PairedConfusion(labels: labels, candidate: labels, champion: labels)
    let compared = confusion.bootstrap(ResamplingPlan(resamples: 50, seed: 1), .accuracy)
    #expect(compared.bounds(confidence: 0.95) == ConfidenceBounds(lower: 0, upper: 0))
    #expect(compared.pValue == .defined(1) && confusion.discordance.discordant == 0)
    let ties = [Double](repeating: 0.5, count: 40)
    let area = Self.areas(
      Case(labels: labels, candidate: ties, champion: ties, seed: 1, resamples: 50),
      ResamplingPlan(resamples: 50, seed: 1))
    #expect(
      area.candidate == .defined(0.5) && area.bounds(confidence: 0.95) == ConfidenceBounds(lower: 0, upper: 0)
    )
  }
}
