internal import GRDB
import RefitCore

/// One occurrence, acted on: what was observed, what was decided of it, and the run that it opens.
public struct EvaluationRecord: Sendable {
  public var model: Name
  public var schedule: Name
  public var nominal: Instant
  /// The wall time of the decision.
  public var now: Instant
  /// Older occurrences that nobody acts on, and what is recorded of them.
  public var passed: [PassedOccurrences]
  public var observations: [Observation]
  public var situation: Situation
  public var decision: Decision
  public var policyDigest: Digest
  public var opening: RunOpening?
  /// What the schedule's clock shows at the occurrence; nil: that is not told.
  public var localTime: LocalTime?
  /// When the schedule comes due next; nil: never again.
  public var nextDue: Instant?
  public var actor: String
  /// Events that tell of no row, written with the decision: an alert.
  public var entries: [LedgerEntry]

  public init(
    model: Name, schedule: Name, nominal: Instant, now: Instant, passed: [PassedOccurrences] = [],
    observations: [Observation] = [], situation: Situation, decision: Decision, policyDigest: Digest,
    opening: RunOpening? = nil, localTime: LocalTime? = nil, nextDue: Instant?, actor: String = "refit",
    entries: [LedgerEntry] = []
  ) {
    self.model = model
    self.schedule = schedule
    self.nominal = nominal
    self.now = now
    self.passed = passed
    self.observations = observations
    self.situation = situation
    self.decision = decision
    self.policyDigest = policyDigest
    self.opening = opening
    self.localTime = localTime
    self.nextDue = nextDue
    self.actor = actor
    self.entries = entries
  }

  public enum Outcome: Hashable, Sendable {
    /// Written, with the run that it opened.
    case recorded(RunID?)
    /// The occurrence had been recorded before; only what was passed over and the schedule's turn were written.
    case alreadyDecided
  }

  var key: ScheduleKey { ScheduleKey(model: model, schedule: schedule) }
}

extension Store {
  /// Writes an evaluation in one transaction: the occurrences, the observations, the decision, the run that it
  /// opens, when the schedule is due next, and the ledger events.
  ///
  /// Throws `liveRun` when it would open a run beside a live one; nothing is written then.
  public func record(_ evaluation: EvaluationRecord) throws(StoreError) -> EvaluationRecord.Outcome {
    try write(.recordEvaluation) { db in
      var entries = try evaluation.passed.compactMap {
        try db.pass($0, of: evaluation.key, at: evaluation.now)
      }
      try db.moveOn(evaluation.key, past: evaluation.nominal, evaluation.localTime, to: evaluation.nextDue)
      guard let occurrence = try db.claimOccurrence(of: evaluation) else {
        try db.appendToLedger(entries)
        return .alreadyDecided
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
    try insertOccurrence(
      of: evaluation.key, at: evaluation.nominal, state: "decided", reason: nil, now: evaluation.now)
      ? lastInsertedRowID : nil
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
