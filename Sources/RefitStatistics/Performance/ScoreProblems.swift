/// Why the scores can't be used for ranks, or as probabilities; nil where they can, and where nobody asks.
struct ScoreProblems: Sendable {
  enum Problem: Sendable {
    case absent
    case unusable(String)

    func reason(_ metric: BinaryMetric) -> String {
      switch self {
      case .absent: "there are no scores, which \(metric.name) reads"
      case .unusable(let reason): reason
      }
    }
  }

  let forRanks: Problem?
  let forProbabilities: Problem?

  init(_ scores: [Double]?, _ needs: MetricNeeds) {
    guard let scores else {
      (forRanks, forProbabilities) = (.absent, .absent)
      return
    }
    forRanks = needs.ranks ? reasonNotFinite(scores, called: "scores").map { .unusable($0) } : nil
    forProbabilities = needs.probabilities ? ProbabilityLoss.reasonNot(scores).map { .unusable($0) } : nil
  }
}
