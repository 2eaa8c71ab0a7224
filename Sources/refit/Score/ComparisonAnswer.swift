import RefitEngine
import RefitStatistics

/// The comparison with a champion, for programs.
struct ComparisonAnswer: Encodable {
  struct Metric: Encodable {
    let metric: MetricComparison
    let adjusted: Double?
    let margin: Double?

    func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: NameKey.self)
      try container.encode(metric.candidate, under: "candidate")
      try container.encode(metric.champion, under: "champion")
      try container.encode(metric.difference, under: "difference")
      try container.encode(metric.standardError, under: "standard_error")
      let unknown = Statistic.undefined(metric.difference.reason ?? "the rows don't tell how precise it is")
      try container.encode(metric.bounds.map { .defined($0.lower) } ?? unknown, under: "lower")
      try container.encode(metric.bounds.map { .defined($0.upper) } ?? unknown, under: "upper")
      try container.encode(metric.pValue, under: "p_value")
      try container.encode(
        adjusted.map { .defined($0) } ?? .undefined(metric.pValue.reason ?? ""), under: "p_value_holm")
      try container.encode(metric.method, forKey: NameKey("method"))
      try container.encode(metric.rows, forKey: NameKey("rows"))
      try container.encode(metric.better, forKey: NameKey("better"))
      guard let margin, let verdict = metric.verdict(margin: margin) else { return }
      try container.encode(verdict, forKey: NameKey("verdict"))
      guard verdict == .inconclusive else { return }
      try container.encode(metric.rowsToSettle(margin: margin), under: "rows_needed")
    }
  }

  struct McNemarTest: Encodable {
    let test: McNemar

    func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: NameKey.self)
      try container.encode(test.onlyCandidate, forKey: NameKey("only_candidate"))
      try container.encode(test.onlyChampion, forKey: NameKey("only_champion"))
      try container.encode(test.exactPValue, forKey: NameKey("p_value_exact"))
      try container.encode(test.midPValue, forKey: NameKey("p_value_mid"))
      try container.encode(test.chiSquare(.uncorrected), under: "chi2")
      try container.encode(test.chiSquarePValue(.uncorrected), under: "chi2_p_value")
      try container.encode(test.chiSquare(.corrected), under: "chi2_corrected")
      try container.encode(test.chiSquarePValue(.corrected), under: "chi2_corrected_p_value")
    }
  }

  var rows: Int
  var onlyHere: Int
  var onlyThere: Int
  var champion: String
  var bounds = "one-sided"
  var confidence: Double
  var metrics: Named<Metric>
  var mcnemar: McNemarTest?
  var margin: Double?
  var metric: String?
  var verdict: NonInferiority.Verdict?

  enum CodingKeys: String, CodingKey {
    case rows, champion, bounds, confidence, metrics, mcnemar, margin, metric, verdict
    case onlyHere = "only_here"
    case onlyThere = "only_there"
  }

  init(_ comparison: ScoreComparison, _ request: ScoreRequest, _ verdict: ScoreVerdict?) {
    rows = comparison.rows
    onlyHere = comparison.onlyHere
    onlyThere = comparison.onlyThere
    champion = request.champion.map(\.name) ?? ""
    confidence = request.confidence
    let margin = request.margin
    metrics = Named(
      values: comparison.metrics.map { metric in
        (metric.name, Metric(metric: metric, adjusted: comparison.adjusted[metric.name], margin: margin))
      })
    mcnemar = comparison.discordance.map(McNemarTest.init)
    self.margin = margin
    metric = verdict?.metric.name
    self.verdict = verdict?.verdict
  }
}

extension ScoreRequest.Champion {
  /// What it is called: a path, a pattern, or a column.
  var name: String {
    switch self {
    case .files(let files): files.name
    case .column(let column): column
    }
  }
}
