/// One monitored number. It has two times: the window that it speaks of, and when Refit came to know it.
public struct Observation: Hashable, Sendable, Codable {
  /// Half-open: what happened after `start`, up to and including `end`.
  public struct Window: Hashable, Sendable, Codable {
    public var start: Instant
    public var end: Instant

    public init(start: Instant, end: Instant) {
      self.start = start
      self.end = end
    }

    public var length: Timespan { end - start }
  }

  /// The metric's name: of a performance metric, a drift statistic, `feedback_rows`, or whatever a source calls it.
  public var metric: String
  /// The version whose predictions were measured; nil where the number does not depend on one.
  public var version: Int?
  public var column: String?
  public var slice: String?
  public var window: Window
  /// Nil when the number does not exist; `undefined` then says why.
  public var value: Double?
  public var undefined: String?
  /// Rows that the number was computed from; nil when the source does not say.
  public var sampleSize: Int?
  /// `monitor`, `backfill`, or the file that it was read from, relative to the project.
  public var source: String
  public var knownAt: Instant

  public init(
    metric: String, version: Int? = nil, column: String? = nil, slice: String? = nil, window: Window,
    value: Double?, undefined: String? = nil, sampleSize: Int? = nil, source: String, knownAt: Instant
  ) {
    self.metric = metric
    self.version = version
    self.column = column
    self.slice = slice
    self.window = window
    self.value = value
    self.undefined = undefined
    self.sampleSize = sampleSize
    self.source = source
    self.knownAt = knownAt
  }

  public static let monitorSource = "monitor"
  /// Of what a monitor would have given in the past.
  public static let backfillSource = "backfill"
  /// The metric that counts labels that matured since the champion's interval ended.
  public static let feedbackRows = "feedback_rows"

  enum CodingKeys: String, CodingKey {
    case metric, version, column, slice, window, value, undefined, source
    case sampleSize = "sample_size"
    case knownAt = "known_at"
  }
}
