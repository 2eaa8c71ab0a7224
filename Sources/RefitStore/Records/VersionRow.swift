internal import GRDB
import RefitCore

extension Database {
  func insertVersion(_ version: Version, run: Int64) throws {
    // A job's JSON does not hold its name; a pipeline's does.
    let score = try version.score.map { try CanonicalJSON.encode(Pipeline(jobs: [$0])) }
    try cachedStatement(
      sql: """
        INSERT INTO version (model, number, run, sealed, code, code_path, score, training, training_id,
          interval_start, interval_end, sealed_at, parameters, metrics)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """
    ).execute(arguments: [
      version.id.model, version.id.number, run, version.model, version.code, version.codePath, score,
      version.training, version.trainingID, version.interval.start, version.interval.end, version.sealedAt,
      version.parameters, version.metrics,
    ])
  }

  func version(_ id: VersionID) throws -> Version? {
    let statement = try cachedStatement(
      sql: Version.select + " WHERE version.model = ? AND version.number = ?")
    return try Row.fetchOne(statement, arguments: [id.model, id.number]).map(Version.init)
  }
}

extension Version {
  static let select = """
    SELECT version.model, version.number, run.number, sealed, code, code_path, score, training, training_id,
      version.interval_start, version.interval_end, sealed_at, parameters, metrics
    FROM version JOIN run ON run.id = version.run
    """

  /// From the columns of `select`.
  init(row: Row) throws {
    let model: Name = try row.decode(atIndex: 0)
    let score: Pipeline? = try row.decode(String?.self, atIndex: 6).map { try CanonicalJSON.decode(from: $0) }
    self.init(
      id: VersionID(model: model, number: try row.decode(atIndex: 1)),
      run: RunID(model: model, number: try row.decode(atIndex: 2)), model: try row.decode(atIndex: 3),
      code: try row.decode(atIndex: 4), codePath: try row.decode(atIndex: 5), score: score?.jobs.first,
      training: try row.decode(atIndex: 7), trainingID: try row.decode(atIndex: 8),
      interval: DataInterval(start: try row.decode(atIndex: 9), end: try row.decode(atIndex: 10)),
      sealedAt: try row.decode(atIndex: 11), parameters: try row.decode(atIndex: 12),
      metrics: try row.decode(atIndex: 13))
  }
}
