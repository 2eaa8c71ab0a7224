import RefitStatistics

/// Evidence as the criteria read it: the metrics of both versions, and hard decisions made once.
struct JudgedRows {
  let evidence: Evidence
  let candidate: JudgedPredictions
  let opponent: Opponent

  init(_ evidence: Evidence, model: Name) {
    self.evidence = evidence
    opponent = Opponent(evidence, model: model)
    candidate = JudgedPredictions(evidence.candidate, of: evidence)
    for (column, groups) in evidence.groups {
      precondition(groups.codes.count == evidence.labels.count, "one group a row in column \(column)")
    }
  }

  var rows: Int { evidence.labels.count }

  /// What the noise of a metric goes by: a trillionth of 1, but for errors in the target's unit some units in the last
  /// place of the largest target (`isNoise`).
  func size(of metric: PerformanceMetric) -> Double {
    switch (evidence.labels, metric) {
    case (.numbers(let targets), .mae), (.numbers(let targets), .rmse):
      1e-3 * targets.reduce(0) { max($0, abs($1)) }
    default: 1
    }
  }

  /// The version to compare with, as sentences name it.
  enum Opponent {
    case never
    case unusable(String, reason: String)
    case ready(String, JudgedPredictions)
  }
}

extension JudgedRows.Opponent {
  fileprivate init(_ evidence: Evidence, model: Name) {
    switch evidence.champion {
    case .never:
      self = .never
    case .unavailable(let version, let reason):
      let name = version.map { "champion \(VersionID(model: model, number: $0))" }
      self = .unusable(name ?? "the champion", reason: reason)
    case .scored(let version, let predictions):
      let name = "champion \(VersionID(model: model, number: version))"
      if case .overlap(let rows, let all, let examples)? = evidence.championTraining, rows > 0 {
        let share = "\(Figure.count(rows)) of the \(Figure.count(all, "holdout row"))"
        let ids = LeakageCriterion.examples(examples)
        self = .unusable(name, reason: "it was trained on \(share)\(ids)")
      } else {
        self = .ready(name, JudgedPredictions(predictions, of: evidence))
      }
    }
  }
}
