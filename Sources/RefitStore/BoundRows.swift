internal import GRDB
import RefitCore

/// Rows whose digest stands in the event that tells how they came about, so that `verify` sees an edit of them, also
/// where the event says nothing of them in words.
///
/// The digest is taken of the columns as they lie in the database. A column that a later schema adds is not among
/// them: it needs a name of its own here, or every older event would be wrong.
enum BoundRows: String, CaseIterable {
  /// Of a run: its trigger, its reason, its configuration, its interval.
  case opening
  /// Of a run: what it read as a whole when its holdout was frozen.
  case evidence
  /// Of a run that has ended: all that it read and wrote as a whole.
  case runUses = "run-uses"
  /// Of a run: the version that its candidate became.
  case version
  /// Of an attempt: what it was launched with.
  case launch
  /// Of an attempt: how its processes ended.
  case exit
  /// Of an attempt: what it read and wrote.
  case uses

  /// What an event of this kind binds.
  static func bound(by kind: LedgerEvent.Kind) -> [BoundRows] {
    switch kind {
    case .runOpened: [.opening]
    case .holdoutFrozen: [.evidence]
    case .candidateSealed: [.version]
    case .runEnded: [.runUses]
    case .attemptPlanned: [.launch, .uses]
    case .attemptEnded: [.exit, .uses]
    default: []
    }
  }

  var isOfAttempt: Bool { [.launch, .exit, .uses].contains(self) }

  /// The digest of the rows that belong to the run or the attempt with this row number; there may be none.
  func digest(of subject: Int64, in db: Database) throws -> Digest {
    let rows = try Row.fetchAll(db.cachedStatement(sql: sql), arguments: [subject])
    let values = rows.map { row in Payload.list(row.databaseValues.map(Payload.init)) }
    return CanonicalJSON.digest(of: Payload.list(values).json)
  }

  private var sql: String {
    switch self {
    case .opening:
      """
      SELECT trigger_schedule, trigger_nominal, trigger_person, because, configuration, interval_start,
        interval_end, known_at, opened_at
      FROM run WHERE id = ?
      """
    case .evidence: Self.edges("run = ? AND attempt IS NULL AND role <> 'reference' AND direction = 'input'")
    case .runUses: Self.edges("run = ? AND attempt IS NULL")
    case .uses: Self.edges("attempt = ?")
    case .version:
      """
      SELECT model, number, sealed, code, code_path, score, training, training_id, interval_start,
        interval_end, sealed_at, parameters, metrics
      FROM version WHERE run = ?
      """
    case .launch:
      """
      SELECT version, created_at, directory, arguments, variables, seed, token, host, system, "commit", diff
      FROM attempt JOIN attempt_launch ON attempt_launch.attempt = attempt.id WHERE attempt.id = ?
      """
    case .exit:
      """
      SELECT reason, exit_code, signal, error, cpu_seconds, peak_memory_bytes, wall_seconds, log_bytes,
        log_dropped_bytes, guarantee
      FROM attempt_exit WHERE attempt = ?
      """
    }
  }

  private static func edges(_ condition: String) -> String {
    """
    SELECT direction, role, name, digest, form, bytes
    FROM artifact_use JOIN artifact ON artifact.id = artifact_use.artifact
    WHERE \(condition) ORDER BY artifact_use.id
    """
  }
}

extension Payload {
  /// A column as it lies in the database; bytes in hexadecimal.
  fileprivate init(_ value: DatabaseValue) {
    self =
      switch value.storage {
      case .null: .null
      case .int64(let number): .whole(number)
      case .double(let number): .number(number)
      case .string(let text): .text(text)
      case .blob(let bytes): .list([.text(bytes.map { Payload.hex($0) }.joined())])
      }
  }

  private static func hex(_ byte: UInt8) -> String {
    let digits = Array("0123456789abcdef")
    return String([digits[Int(byte >> 4)], digits[Int(byte & 15)]])
  }

  /// The attempt that an event tells of; nil where it tells of none.
  fileprivate var attempt: Attempt.Key? {
    guard case .object(let fields) = self, case .text(let job)? = fields["job"], let job = Name(job),
      case .text(let subject)? = fields["subject"], let subject = Attempt.Subject(rawValue: subject),
      case .whole(let number)? = fields["attempt"]
    else { return nil }
    return Attempt.Key(job: job, subject: subject, number: Int(number))
  }
}

extension Database {
  /// The entry with the digests of the rows that it tells of, which lie in the database by now.
  func bound(_ entry: LedgerEntry) throws -> LedgerEntry {
    let rows = BoundRows.bound(by: entry.kind)
    guard !rows.isEmpty, let model = entry.model, let number = entry.run,
      case .object(var fields) = entry.payload
    else { return entry }
    var digests: [String: Payload] = [:]
    for rows in rows {
      let subject =
        rows.isOfAttempt
        ? try entry.payload.attempt.flatMap { try attemptRow($0, of: model, number) }
        : try runRowNumber(model, number)
      guard let subject else {
        throw StoreError.refused("the event '\(entry.kind.rawValue)' of \(model)#\(number) tells of no row")
      }
      digests[rows.rawValue] = .text(try rows.digest(of: subject, in: self).hex)
    }
    fields["bound"] = .object(digests)
    var entry = entry
    entry.payload = .object(fields)
    return entry
  }

  func runRowNumber(_ model: Name, _ number: Int) throws -> Int64? {
    let statement = try cachedStatement(sql: "SELECT id FROM run WHERE model = ? AND number = ?")
    return try Int64.fetchOne(statement, arguments: [model, number])
  }

  func attemptRow(_ key: Attempt.Key, of model: Name, _ number: Int) throws -> Int64? {
    let statement = try cachedStatement(
      sql: """
        SELECT attempt.id FROM run JOIN attempt ON attempt.run = run.id
        WHERE run.model = ? AND run.number = ? AND job = ? AND subject = ? AND attempt.number = ?
        """)
    return try Int64.fetchOne(
      statement, arguments: [model, number, key.job, key.subject, key.number])
  }
}
