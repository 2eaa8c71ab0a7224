internal import GRDB
import RefitCore

extension Store {
  /// Keeps the observations that are not there yet, and returns how many those are. One is there when model,
  /// metric, version, column, slice, window, source and value are the same: `known_at` stays the first.
  @discardableResult
  public func append(_ observations: [Observation], model: Name) throws(StoreError) -> Int {
    guard !observations.isEmpty else { return 0 }
    return try write { db in try db.insertObservations(observations, model: model) }
  }
}

extension Database {
  @discardableResult
  func insertObservations(_ observations: [Observation], model: Name) throws -> Int {
    let insert = try cachedStatement(
      sql: """
        INSERT INTO observation (model, metric, version, "column", slice, window_start, window_end, value,
          undefined, sample_size, source, known_at)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT DO NOTHING
        """)
    var added = 0
    for observation in observations {
      // SQLite keeps NaN as NULL, and JSON has no infinity: neither is a value that could be compared.
      guard observation.value?.isFinite ?? true else {
        throw StoreError.refused("an observation of \(observation.metric) of \(model) is not a finite number")
      }
      try insert.execute(arguments: [
        model, observation.metric, observation.version, observation.column, observation.slice,
        observation.window.start, observation.window.end, observation.value, observation.undefined,
        observation.sampleSize, observation.source, observation.knownAt,
      ])
      added += changesCount
    }
    return added
  }
}
