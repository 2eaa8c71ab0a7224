internal import GRDB
import RefitCore

extension Store {
  /// Keeps the observations that say something new, and returns how many those are.
  ///
  /// An observation's place is its metric, version, column, slice, window and source. It says something new when
  /// value, reason or sample size are not those that were known best of its place at its `known_at`; so a number
  /// that is read again is kept once, and a correction is kept even where it goes back to an earlier value. Of
  /// two of the same place and `known_at` the later one counts.
  @discardableResult
  public func append(_ observations: [Observation], model: Name) throws(StoreError) -> Int {
    guard !observations.isEmpty else { return 0 }
    return try write(.appendObservations) { db in try db.insertObservations(observations, model: model) }
  }
}

extension Database {
  @discardableResult
  func insertObservations(_ observations: [Observation], model: Name) throws -> Int {
    let newest = try cachedStatement(sql: ObservationSQL.newestOfPlace)
    let insert = try cachedStatement(
      sql: """
        INSERT INTO observation (model, metric, version, "column", slice, window_start, window_end, value,
          undefined, sample_size, source, known_at)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """)
    var added = 0
    for observation in Self.lastOfEachMoment(observations) {
      // SQLite keeps NaN as NULL, and JSON has no infinity: neither is a value that could be compared.
      guard observation.value?.isFinite ?? true else {
        throw StoreError.refused("an observation of \(observation.metric) of \(model) is not a finite number")
      }
      let known = try Row.fetchOne(
        newest,
        arguments: [
          model, observation.metric, observation.version ?? 0, observation.window.end,
          observation.window.start, observation.column ?? "", observation.slice ?? "", observation.source,
          observation.knownAt,
        ])
      if let known, try observation.saysTheSame(as: known) { continue }
      try insert.execute(arguments: [
        model, observation.metric, observation.version, observation.column, observation.slice,
        observation.window.start, observation.window.end, observation.value, observation.undefined,
        observation.sampleSize, observation.source, observation.knownAt,
      ])
      added += 1
    }
    return added
  }

  /// Without those that a later one of the same place and `known_at` corrects: they would come again, each
  /// time that their file is read.
  private static func lastOfEachMoment(_ observations: [Observation]) -> [Observation] {
    var met: Set<Observation> = []
    return observations.reversed().filter { met.insert($0.moment).inserted }.reversed()
  }
}

/// What is asked for each observation that comes; a test sees to it that it goes through its index.
enum ObservationSQL {
  static let newestOfPlace = """
    SELECT value, undefined, sample_size FROM observation
    WHERE model = ? AND metric = ? AND ifnull(version, 0) = ? AND window_end = ? AND window_start = ?
      AND ifnull("column", '') = ? AND ifnull(slice, '') = ? AND source = ? AND known_at <= ?
    ORDER BY known_at DESC, id DESC LIMIT 1
    """
}

extension Observation {
  /// Where and when it was said, without what was said.
  fileprivate var moment: Observation {
    var moment = self
    (moment.value, moment.undefined, moment.sampleSize) = (nil, nil, nil)
    return moment
  }

  func saysTheSame(as row: Row) throws -> Bool {
    try row.decode(Double?.self, atIndex: 0) == value && row.decode(String?.self, atIndex: 1) == undefined
      && row.decode(Int?.self, atIndex: 2) == sampleSize
  }
}
