internal import GRDB
import RefitCore

/// Which windows are asked for, by their ends.
public enum WindowEnds: Hashable, Sendable {
  case any
  case among([Instant])
  /// Later than the first (nil: from the beginning), up to and including the second.
  case within(after: Instant?, through: Instant)
}

/// Which observations to list.
public struct ObservationFilter: Hashable, Sendable {
  public var metric: String?
  public var version: Int?
  public var column: String?
  public var slice: String?
  public var source: String?
  /// Windows that end later than this.
  public var after: Instant?

  public init(
    metric: String? = nil, version: Int? = nil, column: String? = nil, slice: String? = nil,
    source: String? = nil, after: Instant? = nil
  ) {
    self.metric = metric
    self.version = version
    self.column = column
    self.slice = slice
    self.source = source
    self.after = after
  }
}

extension StoreQueries {
  /// What was known at `knownAt` of one metric: of this version, or, for nil, of no version. Oldest window first,
  /// and each window in the order in which it became known. `windowLength`: only windows of this length. `newest`:
  /// only the windows with this many newest ends.
  public func observations(
    _ model: Name, metric: String, version: Int?, windowLength: Timespan? = nil, ends: WindowEnds = .any,
    knownAt: Instant, newest: Int? = nil
  ) throws(StoreError) -> [Observation] {
    try read { db in
      let selection = ObservationSelection(
        model: model, metric: metric, version: version, windowLength: windowLength, ends: ends,
        knownAt: knownAt, newest: newest)
      let (sql, arguments) = selection.query
      return try Row.fetchAll(db.cachedStatement(sql: sql), arguments: arguments).map(Observation.init)
    }
  }

  /// The earliest window of this length that starts at or after `start` and has a value from at least so many
  /// samples, by what was last known of it at `knownAt`; without column and slice. Nil: there is none yet.
  public func firstWindow(
    _ model: Name, metric: String, version: Int?, windowLength: Timespan, startingAtOrAfter start: Instant,
    minimumSamples: Int, knownAt: Instant
  ) throws(StoreError) -> Observation? {
    try read { db in
      let statement = try db.cachedStatement(
        sql: ObservationSelection.columns + """
           WHERE model = ? AND metric = ? AND ifnull(version, 0) = ? AND window_end >= ?
            AND window_start >= ? AND window_end - window_start = ? AND known_at <= ? AND sample_size >= ?
            AND value IS NOT NULL AND "column" IS NULL AND slice IS NULL
            AND NOT EXISTS (
              SELECT 1 FROM observation AS later
              WHERE later.model = observation.model AND later.metric = observation.metric
                AND ifnull(later.version, 0) = ifnull(observation.version, 0)
                AND later.window_end = observation.window_end AND later.window_start = observation.window_start
                AND later."column" IS NULL AND later.slice IS NULL
                AND later.known_at <= ? AND \(ObservationSelection.supersedes))
          ORDER BY window_end, known_at DESC, id DESC LIMIT 1
          """)
      let length = windowLength.seconds * 1_000_000
      let arguments: StatementArguments = [
        model, metric, version ?? 0, start.microseconds + length, start, length, knownAt, minimumSamples,
        knownAt,
      ]
      return try Row.fetchOne(statement, arguments: arguments).map(Observation.init)
    }
  }

  /// The observations of a model that pass the filter, newest window first.
  public func observations(
    _ model: Name, matching filter: ObservationFilter, limit: Int
  ) throws(StoreError) -> [Observation] {
    try read { db in
      let statement = try db.cachedStatement(
        sql: ObservationSelection.columns + """
           WHERE model = ?1 AND window_end > ?2 AND metric = ifnull(?3, metric)
            AND (?4 IS NULL OR version = ?4) AND (?5 IS NULL OR "column" = ?5) AND (?6 IS NULL OR slice = ?6)
            AND source = ifnull(?7, source)
          ORDER BY window_end DESC, id DESC LIMIT ?8
          """)
      let arguments: StatementArguments = [
        model, filter.after?.microseconds ?? Int64.min, filter.metric, filter.version, filter.column,
        filter.slice, filter.source, limit,
      ]
      return try Row.fetchAll(statement, arguments: arguments).map(Observation.init)
    }
  }
}

/// The query for one metric's history; a test sees to it that it goes through `observation_by_place`.
struct ObservationSelection {
  var model: Name
  var metric: String
  var version: Int?
  var windowLength: Timespan?
  var ends: WindowEnds
  var knownAt: Instant
  var newest: Int?

  static let columns = """
    SELECT metric, version, "column", slice, window_start, window_end, value, undefined, sample_size, source,
      known_at
    FROM observation
    """

  /// Whether what `later` says of a window is believed rather than what `observation` says of it: the rule of the
  /// policies, what was recorded later being the correction.
  static let supersedes = """
    (later.known_at > observation.known_at OR later.known_at = observation.known_at AND (
      (later.source = 'monitor') > (observation.source = 'monitor')
      OR (later.source = 'monitor') = (observation.source = 'monitor') AND later.source < observation.source
      OR later.source = observation.source AND later.id > observation.id))
    """

  var query: (sql: String, arguments: StatementArguments) {
    var clauses = ["model = ?", "metric = ?", "ifnull(version, 0) = ?", "known_at <= ?"]
    var arguments: StatementArguments = [model, metric, version ?? 0, knownAt]
    switch ends {
    case .any: break
    case .among(let instants):
      // One text for any number of instants, so that the statement is prepared once.
      clauses.append("window_end IN (SELECT value FROM json_each(?))")
      arguments += ["[\(instants.map { String($0.microseconds) }.joined(separator: ","))]"]
    case .within(let after, let through):
      clauses.append("window_end > ? AND window_end <= ?")
      arguments += [after?.microseconds ?? Int64.min, through]
    }
    if let windowLength {
      clauses.append("window_end - window_start = ?")
      arguments += [windowLength.seconds * 1_000_000]
    }
    var condition = clauses.joined(separator: " AND ")
    if let newest {
      condition += """
         AND window_end IN (SELECT DISTINCT window_end FROM observation WHERE \(condition)
          ORDER BY window_end DESC LIMIT ?)
        """
      arguments = arguments + arguments + [newest]
    }
    return ("\(Self.columns) WHERE \(condition) ORDER BY window_end, window_start, known_at, id", arguments)
  }
}

extension Observation {
  fileprivate init(row: Row) throws {
    self.init(
      metric: try row.decode(atIndex: 0), version: try row.decode(atIndex: 1),
      column: try row.decode(atIndex: 2), slice: try row.decode(atIndex: 3),
      window: Window(start: try row.decode(atIndex: 4), end: try row.decode(atIndex: 5)),
      value: try row.decode(atIndex: 6), undefined: try row.decode(atIndex: 7),
      sampleSize: try row.decode(atIndex: 8), source: try row.decode(atIndex: 9),
      knownAt: try row.decode(atIndex: 10))
  }
}
