/// What all gates said of one candidate. The same evidence gives the same report, byte for byte.
public struct GateReport: Hashable, Sendable, Codable {
  public var candidate: Int
  /// The champion that it was compared with; nil where there was none.
  public var champion: Int?
  public var holdout: Digest?
  public var rows: Int
  /// Candidates that have been judged on this holdout, this one included.
  public var looks: Int
  /// What kept labels from the jobs.
  public var blind: String
  public var verdict: Verdict
  public var results: [GateResult]

  public init(
    candidate: Int, champion: Int?, holdout: Digest?, rows: Int, looks: Int, blind: String,
    results: [GateResult]
  ) {
    self.candidate = candidate
    self.champion = champion
    self.holdout = holdout
    self.rows = rows
    self.looks = looks
    self.blind = blind
    self.results = results
    self.verdict = Verdict.combined(results.map(\.verdict))
  }

  /// The estimates of `metric` gates and of the candidate's side of `champion` gates, by metric.
  public var metrics: [String: Double] {
    var values: [String: Double] = [:]
    for result in results {
      if let metric = result.metric, let value = result.candidateValue { values[metric] = value }
    }
    return values
  }

  /// The sentences of the gates that did not pass, the failed ones first.
  public var objections: [String] {
    let failed = results.filter { $0.verdict == .fail }
    let inconclusive = results.filter { $0.verdict == .inconclusive }
    return (failed + inconclusive).map(\.sentence)
  }
}

/// What one gate said.
public struct GateResult: Hashable, Sendable, Codable {
  /// `metric`, `champion`, `fairness` or `leakage`.
  public var gate: String
  /// The metric or measure that was judged; nil for leakage.
  public var metric: String?
  /// The group column, for fairness.
  public var column: String?
  public var verdict: Verdict
  /// What was held against the bound: the metric, the difference candidate − champion (oriented so that
  /// positive is better), or the measure.
  public var estimate: Double?
  public var candidateValue: Double?
  public var championValue: Double?
  /// One-sided bounds at `confidence`.
  public var lower: Double?
  public var upper: Double?
  public var confidence: Double?
  public var bound: Double?
  public var rows: Int?
  /// How many rows in all would settle an inconclusive verdict, if the estimate stayed.
  public var rowsToSettle: Int?
  /// Groups that were too small, with the reason.
  public var leftOut: [String]
  /// The verdict in one sentence, with its numbers.
  public var sentence: String

  public init(gate: String, metric: String? = nil, column: String? = nil, verdict: Verdict, sentence: String)
  {
    self.gate = gate
    self.metric = metric
    self.column = column
    self.verdict = verdict
    self.sentence = sentence
    self.leftOut = []
  }

  private enum CodingKeys: String, CodingKey {
    case gate, metric, column, verdict, estimate, lower, upper, confidence, bound, rows, sentence
    case candidateValue = "candidate_value"
    case championValue = "champion_value"
    case rowsToSettle = "rows_to_settle"
    case leftOut = "left_out"
  }
}
