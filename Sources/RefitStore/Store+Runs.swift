internal import GRDB
import RefitCore

extension Store {
  /// Opens a run outside an evaluation: a person asked for it. Throws `liveRun` when the model has one.
  public func openRun(_ opening: RunOpening, at now: Instant, actor: String) throws(StoreError) -> RunID {
    try write(.openRun) { db in
      let run = try db.insertRun(opening, at: now, decision: nil)
      try db.appendToLedger([opening.entry(run: run, at: now, actor: actor)])
      return run
    }
  }
}

extension Database {
  /// Opens the run under the model's next number.
  func insertRun(_ opening: RunOpening, at now: Instant, decision: Int64?) throws -> RunID {
    let model = opening.model.name
    if let live = try liveRun(of: model) { throw StoreError.liveRun(live) }
    try recordModelConfiguration(opening.model, digest: opening.configuration)
    let next = try cachedStatement(sql: "SELECT ifnull(max(number), 0) + 1 FROM run WHERE model = ?")
    let number = try Int.fetchOne(next, arguments: [model])!
    let schedule: Name?
    let nominal: Instant?
    let person: String?
    switch opening.trigger {
    case .schedule(let name, let instant): (schedule, nominal, person) = (name, instant, nil)
    case .person(let name): (schedule, nominal, person) = (nil, nil, name)
    }
    try cachedStatement(
      sql: """
        INSERT INTO run (model, number, state, trigger_schedule, trigger_nominal, trigger_person, because,
          configuration, interval_start, interval_end, known_at, opened_at, cancel_requested, decision)
        VALUES (?, ?, 'queued', ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, ?)
        """
    ).execute(arguments: [
      model, number, schedule, nominal, person, opening.because, opening.configuration,
      opening.interval.start,
      opening.interval.end, opening.knownAt, now, decision,
    ])
    return RunID(model: model, number: number)
  }

  /// The live run of a model; nil when there is none.
  func liveRun(of model: Name) throws -> RunID? {
    let statement = try cachedStatement(
      sql: """
        SELECT number FROM run
        WHERE model = ? AND state IN ('queued', 'running', 'gating', 'awaiting-approval')
        """)
    return try Int.fetchOne(statement, arguments: [model]).map { RunID(model: model, number: $0) }
  }
}
