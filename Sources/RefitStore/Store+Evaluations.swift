internal import GRDB
import RefitCore

/// One occurrence, acted on: what was observed, what was decided of it, and the run that it opens.
public struct EvaluationRecord: Sendable {
  public var model: Name
  public var schedule: Name
  public var nominal: Instant
  /// The wall time of the decision.
  public var now: Instant
  /// Older occurrences in whose place this one runs.
  public var coalesced: [Instant]
  public var observations: [Observation]
  public var situation: Situation
  public var decision: Decision
  public var policyDigest: Digest
  public var opening: RunOpening?
  /// When the schedule comes due next; nil: never again.
  public var nextDue: Instant?
  public var actor: String
  /// Events that tell of no row, written with the decision: an alert.
  public var entries: [LedgerEntry]

  public init(
    model: Name, schedule: Name, nominal: Instant, now: Instant, coalesced: [Instant] = [],
    observations: [Observation] = [], situation: Situation, decision: Decision, policyDigest: Digest,
    opening: RunOpening? = nil, nextDue: Instant?, actor: String = "refit",
    entries: [LedgerEntry] = []
  ) {
    self.model = model
    self.schedule = schedule
    self.nominal = nominal
    self.now = now
    self.coalesced = coalesced
    self.observations = observations
    self.situation = situation
    self.decision = decision
    self.policyDigest = policyDigest
    self.opening = opening
    self.nextDue = nextDue
    self.actor = actor
    self.entries = entries
  }

  public enum Outcome: Hashable, Sendable {
    /// Written, with the run that it opened.
    case recorded(RunID?)
    /// The occurrence had been acted on before; nothing was written.
    case alreadyDecided
  }
}

extension Store {
  /// Writes an evaluation in one transaction: the occurrences, the observations, the decision, the run that it
  /// opens, when the schedule is due next, and the ledger events.
  ///
  /// Throws `liveRun` when it would open a run beside a live one; nothing is written then.
  public func record(_ evaluation: EvaluationRecord) throws(StoreError) -> EvaluationRecord.Outcome {
    try write(.recordEvaluation) { db in
      guard let occurrence = try db.claimOccurrence(of: evaluation) else { return .alreadyDecided }
      var entries: [LedgerEntry] = []
      for nominal in evaluation.coalesced
      where try db.coalesceOccurrence(at: nominal, into: evaluation) {
        entries.append(
          evaluation.entry(
            .occurrenceCoalesced,
            [
              "schedule": .text(evaluation.schedule.text), "nominal": .text(nominal.description),
              "into": .text(evaluation.nominal.description),
            ]))
      }
      try db.insertObservations(evaluation.observations, model: evaluation.model)
      let json = (
        decision: try CanonicalJSON.encode(evaluation.decision),
        situation: try CanonicalJSON.encode(evaluation.situation)
      )
      let decision = try db.insertDecision(evaluation, occurrence: occurrence, json: json)
      let run = try evaluation.opening.map { opening in
        try db.insertRun(opening, at: evaluation.now, decision: decision)
      }
      try db.cachedStatement(
        sql: "UPDATE schedule SET next_due = ? WHERE model = ? AND name = ? AND active = 1"
      )
      .execute(arguments: [evaluation.nextDue, evaluation.model, evaluation.schedule])
      entries.append(evaluation.decided(json: json, run: run))
      if let run, let opening = evaluation.opening {
        entries.append(opening.entry(run: run, at: evaluation.now, actor: evaluation.actor))
      }
      try db.appendToLedger(entries + evaluation.entries)
      return .recorded(run)
    }
  }
}

extension EvaluationRecord {
  fileprivate func decided(json: (decision: String, situation: String), run: RunID?) -> LedgerEntry {
    entry(
      .occurrenceDecided,
      [
        "schedule": .text(schedule.text), "nominal": .text(nominal.description),
        "verdict": .text(decision.verdict.rawValue), "sentence": .text(decision.sentence),
        "decision": .text(CanonicalJSON.digest(of: json.decision).hex),
        "situation": .text(CanonicalJSON.digest(of: json.situation).hex),
        "policy": .text(policyDigest.hex), "run": .optional(run?.number),
      ])
  }

  fileprivate func entry(_ kind: LedgerEvent.Kind, _ payload: Payload) -> LedgerEntry {
    LedgerEntry(kind: kind, model: model, run: nil, actor: actor, at: now, payload: payload)
  }
}

extension Database {
  /// The new occurrence's row; nil when it was there before.
  fileprivate func claimOccurrence(of evaluation: EvaluationRecord) throws -> Int64? {
    try insertOccurrence(evaluation, at: evaluation.nominal, state: "decided", reason: nil)
      ? lastInsertedRowID : nil
  }

  /// False when the occurrence had been recorded before.
  fileprivate func coalesceOccurrence(at nominal: Instant, into evaluation: EvaluationRecord) throws -> Bool {
    try insertOccurrence(
      evaluation, at: nominal, state: "coalesced",
      reason: "missed; the occurrence of \(evaluation.nominal) ran in its place")
  }

  private func insertOccurrence(
    _ evaluation: EvaluationRecord, at nominal: Instant, state: String, reason: String?
  ) throws -> Bool {
    try cachedStatement(
      sql: """
        INSERT INTO occurrence (model, schedule, nominal, state, recorded_at, reason) VALUES (?, ?, ?, ?, ?, ?)
        ON CONFLICT (model, schedule, nominal) DO NOTHING
        """
    ).execute(arguments: [evaluation.model, evaluation.schedule, nominal, state, evaluation.now, reason])
    return changesCount == 1
  }

  fileprivate func insertDecision(
    _ evaluation: EvaluationRecord, occurrence: Int64, json: (decision: String, situation: String)
  ) throws -> Int64 {
    try cachedStatement(
      sql: """
        INSERT INTO decision (occurrence, model, decided_at, verdict, policy, decision, situation)
        VALUES (?, ?, ?, ?, ?, ?, ?)
        """
    ).execute(arguments: [
      occurrence, evaluation.model, evaluation.now, evaluation.decision.verdict, evaluation.policyDigest,
      json.decision, json.situation,
    ])
    return lastInsertedRowID
  }
}
