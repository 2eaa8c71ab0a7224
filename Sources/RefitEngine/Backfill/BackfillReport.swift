import RefitCore

/// What a model's evaluations would have come to in the past.
public struct BackfillReport: Sendable {
  /// One occurrence.
  public struct Evaluation: Sendable, Encodable {
    public var schedule: Name
    public var nominal: Instant
    /// The version that served then; nil: none, by the record.
    public var champion: Int?
    public var decision: Decision
    /// What was decided when it came due; nil when nothing was.
    public var recorded: Decision.Verdict?
    public var observations: [Observation]
  }

  public var model: Name
  public var from: Instant
  public var to: Instant
  /// Oldest first.
  public var evaluations: [Evaluation] = []
  /// How many observations were new.
  public var added = 0

  /// What a reader has to know to read it rightly, a sentence each.
  public var notes: [String] {
    [withoutChampion, withoutRun].compactMap(\.self)
  }

  private var withoutChampion: String? {
    let without = evaluations.filter { $0.champion == nil }
    guard let first = without.first, let last = without.last else { return nil }
    let when =
      without.count == evaluations.count
      ? "By the record no version of \(model) served at that time"
      : "By the record no version of \(model) served at \(without.count) of \(evaluations.count) occurrences, from "
        + "\(first.nominal) to \(last.nominal)"
    return when
      + ": what needs a champion is unknown there. Computed are drift from the model's own reference, and the "
      + "performance of the versions that the log names."
  }

  private var withoutRun: String? {
    let retrainings = evaluations.count { $0.decision.verdict == .retrain }
    guard retrainings > 0 else { return nil }
    let subject = retrainings == 1 ? "1 decision to retrain" : "\(retrainings) decisions to retrain"
    return
      "\(subject) opened no run. Champions, runs and cooldowns are those of the record, so a condition that stays "
      + "true says the same at the next occurrence."
  }
}
