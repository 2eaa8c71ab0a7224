internal import GRDB
import RefitCore

extension Store {
  /// Writes a run's transition in one transaction: its row, its changed and new attempts, what comes into being
  /// with it, and the ledger events; or nothing of it.
  ///
  /// Throws `championChanged` for a promotion that takes over from a version which no longer serves, and `refused`
  /// for a transition that leaves something out: the event that tells a new end, version or promotion, or the
  /// artifacts of a new version.
  public func commit(_ transition: Transition) throws(StoreError) {
    try write(.commitTransition) { db in
      guard let row = try db.runRow(transition.run.id) else {
        throw StoreError.unknown("run \(transition.run.id)")
      }
      var writer = TransitionWriter(db: db, transition: transition, row: row)
      try writer.checkEntries()
      try writer.writeAttempts()
      for addition in transition.additions {
        try writer.write(addition)
      }
      try writer.writeRun()
      try writer.checkArtifacts()
      try db.appendToLedger(transition.entries)
    }
  }
}

/// The writing of one transition, within its transaction.
private struct TransitionWriter {
  let db: Database
  let transition: Transition
  let row: RunRow
  private var attempts: [Attempt.Key: Int64] = [:]
  private var holdout: Digest?

  init(db: Database, transition: Transition, row: RunRow) {
    self.db = db
    self.transition = transition
    self.row = row
    holdout = row.holdout
  }

  private var run: Run { transition.run }

  mutating func writeAttempts() throws {
    var former: [Attempt.Key: AttemptRow] = [:]
    for attempt in try db.attemptRows(run: row.id) {
      former[attempt.attempt.key] = attempt
    }
    for attempt in run.attempts {
      if let known = former.removeValue(forKey: attempt.key) {
        attempts[attempt.key] = known.id
        guard known.attempt != attempt else { continue }
        guard known.attempt.version == attempt.version, known.attempt.createdAt == attempt.createdAt else {
          throw StoreError.refused("transition \(transition.name) changes what attempt \(attempt.key) is")
        }
        try db.updateAttempt(attempt, id: known.id)
      } else {
        attempts[attempt.key] = try db.insertAttempt(attempt, run: row.id)
      }
    }
    guard former.isEmpty else {
      throw StoreError.refused("transition \(transition.name) of \(run.id) loses attempts")
    }
  }

  mutating func write(_ addition: Addition) throws {
    switch addition {
    case .launch(let key, let facts): try db.writeLaunch(facts, attempt: try attempt(key))
    case .ended(let key, let record): try db.writeExit(record, attempt: try attempt(key))
    case .use(let use): try db.writeUse(use, run: row.id, attempt: try use.attempt.map(attempt))
    case .holdout(let frozen): try writeHoldout(frozen)
    case .version(let version): try writeVersion(version)
    case .gateReport(let report, let json, let digest): try writeReport(report, json: json, digest: digest)
    case .approval(let approval): try writeApproval(approval)
    case .promotion(let promotion): try db.promote(promotion, model: run.id.model, run: row.id)
    }
  }

  func writeRun() throws {
    guard run.holdout == holdout else {
      throw StoreError.refused(
        "transition \(transition.name) of \(run.id) names a holdout that it does not record")
    }
    guard
      run.state != row.state || run.candidate != row.candidate || run.endedAt != row.endedAt
        || run.reason != row.reason || run.cancelRequested != row.cancelRequested
    else { return }
    try db.cachedStatement(
      sql: """
        UPDATE run SET state = ?, candidate = ?, ended_at = ?, reason = ?, cancel_requested = ? WHERE id = ?
        """
    ).execute(arguments: [run.state, run.candidate, run.endedAt, run.reason, run.cancelRequested, row.id])
  }

  private func attempt(_ key: Attempt.Key) throws -> Int64 {
    guard let id = attempts[key] else {
      throw StoreError.refused("transition \(transition.name) of \(run.id) has no attempt \(key)")
    }
    return id
  }

  private mutating func writeHoldout(_ frozen: FrozenHoldout) throws {
    try db.cachedStatement(
      sql: "INSERT INTO holdout (run, digest, blinded, withheld, rows, origin) VALUES (?, ?, ?, ?, ?, ?)"
    ).execute(arguments: [
      row.id, frozen.digest, frozen.blinded, frozen.withheld, frozen.rows, frozen.origin,
    ])
    holdout = frozen.digest
  }

  private func writeVersion(_ version: Version) throws {
    guard version.run == run.id, version.id.model == run.id.model, version.id.number == run.candidate else {
      throw StoreError.refused("version \(version.id) is not the candidate of \(run.id)")
    }
    try db.insertVersion(version, run: row.id)
  }

  private func writeReport(_ report: GateReport, json: String, digest: Digest) throws {
    guard CanonicalJSON.digest(of: json) == digest else {
      throw StoreError.refused("the digest of the gate report of \(run.id) is not that of its JSON")
    }
    let judgedAt = try entry(.gatesJudged).at
    try db.cachedStatement(
      sql: """
        INSERT INTO gate_report (run, model, candidate, champion, holdout, verdict, digest, json, judged_at)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
        """
    ).execute(arguments: [
      row.id, run.id.model, report.candidate, report.champion, report.holdout, report.verdict, digest, json,
      judgedAt,
    ])
    guard let holdout = report.holdout else { return }
    try db.cachedStatement(
      sql: """
        INSERT INTO look (holdout, artifact, run)
        SELECT ?, sealed, ? FROM version WHERE model = ? AND number = ?
        ON CONFLICT (holdout, artifact) DO NOTHING
        """
    ).execute(arguments: [holdout, row.id, run.id.model, report.candidate])
  }

  private func writeApproval(_ approval: Approval) throws {
    try db.cachedStatement(
      sql: """
        INSERT INTO approval (run, actor, at, because, artifact, gate_report, configuration)
        VALUES (?, ?, ?, ?, ?, ?, ?)
        """
    ).execute(arguments: [
      row.id, approval.actor, approval.at, approval.because, approval.artifact, approval.gateReport,
      approval.configuration,
    ])
  }

  /// The artifacts of a version must be edges by now, or its lineage would lead nowhere.
  func checkArtifacts() throws {
    for case .version(let version) in transition.additions {
      let known = try db.cachedStatement(sql: "SELECT 1 FROM artifact WHERE digest = ?")
      for digest in [version.model, version.code, version.training].compactMap({ $0 })
      where try Int.fetchOne(known, arguments: [digest]) == nil {
        throw StoreError.refused(
          "version \(version.id) names artifact \(digest.short), of which no use is recorded")
      }
    }
  }

  private func entry(_ kind: LedgerEvent.Kind) throws -> LedgerEntry {
    let entry = transition.entries.first {
      $0.kind == kind && $0.model == run.id.model && $0.run == run.id.number
    }
    guard let entry else {
      throw StoreError.refused(
        "transition \(transition.name) of \(run.id) lacks the event '\(kind.rawValue)'")
    }
    return entry
  }

  /// What changes here and what the ledger says of it must agree, or `verify` would report this transition.
  func checkEntries() throws {
    if !run.state.isLive, row.state.isLive {
      try demand(.runEnded, "state", .text(run.state.rawValue))
    }
    for addition in transition.additions {
      switch addition {
      case .version(let version):
        try demand(.candidateSealed, "version", .whole(Int64(version.id.number)))
        try demand(.candidateSealed, "model", .text(version.model.hex))
      case .promotion(let promotion):
        let kind: LedgerEvent.Kind = promotion.kind == .promotion ? .promoted : .rolledBack
        try demand(kind, "version", .whole(Int64(promotion.version)))
      case .gateReport, .launch, .ended, .use, .holdout, .approval: break
      }
    }
  }

  private func demand(_ kind: LedgerEvent.Kind, _ key: String, _ value: Payload) throws {
    guard case .object(let fields) = try entry(kind).payload, fields[key] == value else {
      throw StoreError.refused(
        "transition \(transition.name) of \(run.id): its event '\(kind.rawValue)' must have \(key) \(value.json)"
      )
    }
  }
}
