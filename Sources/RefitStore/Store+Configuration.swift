internal import GRDB
import RefitCore

/// When a schedule would be due next if it started now.
public struct ScheduleStart: Hashable, Sendable {
  public var model: Name
  public var schedule: Name
  /// Nil: it never comes due again.
  public var nextDue: Instant?

  public init(model: Name, schedule: Name, nextDue: Instant?) {
    self.model = model
    self.schedule = schedule
    self.nextDue = nextDue
  }
}

/// What a newly applied configuration changed: names of models, in order.
public struct ConfigurationChange: Hashable, Sendable {
  public var added: [Name] = []
  public var changed: [Name] = []
  public var removed: [Name] = []
}

extension Store {
  /// Puts a configuration in force: its text, its models and its schedules, in one transaction.
  ///
  /// `configuration` is the digest of the bytes and the engine's version; `models` has each model of the project
  /// with the digest of its own configuration; `schedules` says for each schedule when it would be due if it
  /// started now. A schedule with the same cron expression, time zone and action keeps its next due time, every
  /// other one starts from now. A model that is no longer there is kept, but inactive, and its schedules are off;
  /// an alert tells of one that still serves or has a live run.
  ///
  /// Of a schedule that changes or goes, what is due by now is recorded as missed: what `overdue` says of it, else its
  /// next due time.
  @discardableResult
  public func apply(
    configuration: Digest, text: String, project: Project, models: [(model: Model, configuration: Digest)],
    schedules: [ScheduleStart], overdue: [ScheduleKey: PassedOccurrences] = [:], at now: Instant,
    actor: String
  ) throws(StoreError) -> ConfigurationChange {
    try write(.applyConfiguration) { db in
      try db.cachedStatement(
        sql: "INSERT INTO configuration VALUES (?, ?, ?) ON CONFLICT (digest) DO NOTHING"
      ).execute(arguments: [configuration, text, now])
      try db.execute(
        sql: """
          UPDATE project SET name = ?, timezone = ?, concurrency = ?, clock = ?, configuration = ?, applied_at = ?
          """,
        arguments: [project.name, project.timezone, project.concurrency, project.clock, configuration, now])

      var change = ConfigurationChange()
      for (model, digest) in models.sorted(by: { $0.model.name < $1.model.name }) {
        switch try db.upsertModel(model, configuration: digest) {
        case .added: change.added.append(model.name)
        case .changed: change.changed.append(model.name)
        case .same: break
        }
      }
      var missed = MissedOccurrences(overdue: overdue, now: now)
      change.removed = try db.deactivateModels(except: Set(models.map(\.model.name)), missed: &missed)
      let starts = Dictionary(
        schedules.map { (ScheduleKey(model: $0.model, schedule: $0.schedule), $0.nextDue) },
        uniquingKeysWith: { first, _ in first })
      for (model, _) in models {
        try db.upsertSchedules(of: model, missed: &missed) { schedule in
          guard let start = starts[ScheduleKey(model: model.name, schedule: schedule)] else {
            throw StoreError.refused("when schedule \(schedule) of \(model.name) is due was not said")
          }
          return start
        }
      }
      try db.appendToLedger([
        LedgerEntry(
          kind: .configurationApplied, model: nil, run: nil, actor: actor, at: now,
          payload: change.payload(configuration: configuration))
      ])
      try db.appendToLedger(missed.told)
      try db.appendToLedger(
        try change.removed.compactMap { name in
          let (champion, live) = (try db.champion(of: name)?.promotion.version, try db.liveRun(of: name))
          return ModelHeader.leftBehind(name, champion: champion, liveRun: live).map { sentence in
            LedgerEntry(
              kind: .alert, model: name, run: nil, actor: "refit", at: now,
              payload: ["sentence": .text(sentence)])
          }
        })
      return change
    }
  }
}

extension ConfigurationChange {
  fileprivate func payload(configuration: Digest) -> Payload {
    func list(_ names: [Name]) -> Payload { .list(names.map { .text($0.text) }) }
    return [
      "configuration": .text(configuration.hex), "added": list(added), "changed": list(changed),
      "removed": list(removed),
    ]
  }
}

extension Database {
  fileprivate enum ModelChange { case added, changed, same }

  /// Records the configuration under its digest, unless it is there. A digest names one text for ever.
  func recordModelConfiguration(_ model: Model, digest: Digest) throws {
    let known = try cachedStatement(sql: "SELECT 1 FROM model_configuration WHERE model = ? AND digest = ?")
    if try Int.fetchOne(known, arguments: [model.name, digest]) != nil { return }
    try cachedStatement(sql: "INSERT INTO model_configuration (model, digest, json) VALUES (?, ?, ?)")
      .execute(arguments: [model.name, digest, try CanonicalJSON.encode(model)])
  }

  fileprivate func upsertModel(_ model: Model, configuration: Digest) throws -> ModelChange {
    let known = try cachedStatement(sql: "SELECT configuration, active FROM model WHERE name = ?")
    let former = try Row.fetchOne(known, arguments: [model.name])
    try recordModelConfiguration(model, digest: configuration)
    guard let former else {
      try cachedStatement(sql: "INSERT INTO model (name, mode, configuration, active) VALUES (?, ?, ?, 1)")
        .execute(arguments: [model.name, model.mode, configuration])
      return .added
    }
    if try former.decode(Digest.self, atIndex: 0) == configuration, try former.decode(Bool.self, atIndex: 1) {
      return .same
    }
    try cachedStatement(sql: "UPDATE model SET mode = ?, configuration = ?, active = 1 WHERE name = ?")
      .execute(arguments: [model.mode, configuration, model.name])
    return .changed
  }

  /// Models that were active and are not among the names.
  fileprivate func deactivateModels(
    except kept: Set<Name>, missed: inout MissedOccurrences
  ) throws -> [Name] {
    let active = try Name.fetchAll(self, sql: "SELECT name FROM model WHERE active = 1 ORDER BY name")
    let removed = active.filter { !kept.contains($0) }
    for name in removed {
      let schedules = try Name.fetchAll(
        self, sql: "SELECT name FROM schedule WHERE model = ? AND active = 1 ORDER BY name", arguments: [name]
      )
      for schedule in schedules {
        try missed.record(ScheduleKey(model: name, schedule: schedule), in: self)
      }
      try execute(sql: "UPDATE model SET active = 0 WHERE name = ?", arguments: [name])
      try execute(
        sql: "UPDATE schedule SET active = 0, next_due = NULL WHERE model = ?", arguments: [name])
    }
    return removed
  }

  fileprivate func upsertSchedules(
    of model: Model, missed: inout MissedOccurrences, start: (Name) throws -> Instant?
  ) throws {
    let known = try cachedStatement(
      sql: "SELECT name, cron, timezone, action FROM schedule WHERE model = ? AND active = 1")
    var former: [Name: [String]] = [:]
    for row in try Row.fetchAll(known, arguments: [model.name]) {
      former[try row.decode(atIndex: 0)] = [
        try row.decode(atIndex: 1), try row.decode(atIndex: 2), try row.decode(atIndex: 3),
      ]
    }
    for schedule in model.schedules {
      let rule = [schedule.cron.description, schedule.timezone, schedule.action.rawValue]
      if former.removeValue(forKey: schedule.name) == rule { continue }
      try missed.record(ScheduleKey(model: model.name, schedule: schedule.name), in: self)
      try cachedStatement(
        sql: """
          INSERT INTO schedule (model, name, cron, timezone, action, active, next_due)
          VALUES (?, ?, ?, ?, ?, 1, ?)
          ON CONFLICT (model, name) DO UPDATE SET cron = excluded.cron, timezone = excluded.timezone,
            action = excluded.action, active = 1, next_due = excluded.next_due, issued_local = NULL
          """
      ).execute(arguments: [model.name, schedule.name, rule[0], rule[1], rule[2], try start(schedule.name)])
    }
    for gone in former.keys.sorted() {
      try missed.record(ScheduleKey(model: model.name, schedule: gone), in: self)
      try execute(
        sql: "UPDATE schedule SET active = 0, next_due = NULL WHERE model = ? AND name = ?",
        arguments: [model.name, gone])
    }
  }
}
