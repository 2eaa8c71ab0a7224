/// All that a policy may know at one evaluation. It is recorded with the decision, so that the same
/// decision can be computed again from it.
public struct Situation: Hashable, Sendable, Codable {
  /// What is known of the version that serves.
  public struct Champion: Hashable, Sendable, Codable {
    public var version: Int
    /// When it was sealed; nil when that is not known.
    public var trainedAt: Instant?
    /// The end of the data interval that it was trained to; nil when that is not known.
    public var intervalEnd: Instant?
    /// The first time that it was published.
    public var publishedAt: Instant
    /// Since when it has served without a break.
    public var promotedAt: Instant
    /// Estimates in its gate report, by metric.
    public var holdoutMetrics: [String: Double]

    public init(
      version: Int, trainedAt: Instant?, intervalEnd: Instant?, publishedAt: Instant, promotedAt: Instant,
      holdoutMetrics: [String: Double] = [:]
    ) {
      self.version = version
      self.trainedAt = trainedAt
      self.intervalEnd = intervalEnd
      self.publishedAt = publishedAt
      self.promotedAt = promotedAt
      self.holdoutMetrics = holdoutMetrics
    }
  }

  /// A run that has ended.
  public struct EndedRun: Hashable, Sendable, Codable {
    public var run: RunID
    public var state: Run.State
    public var endedAt: Instant
    public var intervalEnd: Instant

    public init(run: RunID, state: Run.State, endedAt: Instant, intervalEnd: Instant) {
      self.run = run
      self.state = state
      self.endedAt = endedAt
      self.intervalEnd = intervalEnd
    }
  }

  public var model: Name
  public var mode: Model.Mode
  /// The wall time of the decision.
  public var now: Instant
  /// The nominal instant of the occurrence; windows end here.
  public var nominal: Instant
  public var action: Schedule.Action
  /// The gap between this schedule's occurrences: older than two of them is stale.
  public var gap: Timespan
  /// Nominal instants of this schedule's earlier evaluations under this champion, oldest first, without
  /// this one.
  public var earlierEvaluations: [Instant]
  /// Nil: nothing serves.
  public var champion: Champion?
  /// The newest run that its gates or a person judged (promoted, judged, refused, rejected).
  public var lastJudged: EndedRun?
  /// The newest run that failed.
  public var lastFailed: EndedRun?
  public var liveRun: RunID?
  /// An attempt of the model that could not be killed and is still there.
  public var heldAttempt: HeldAttempt?
  /// What keeps the model still; nil: nothing does.
  public var pause: Pause?
  /// What the conditions may read, known at `now`; in any order, each window perhaps several times.
  public var observations: [Observation]

  public init(
    model: Name, mode: Model.Mode, now: Instant, nominal: Instant, action: Schedule.Action, gap: Timespan,
    earlierEvaluations: [Instant] = [], champion: Champion? = nil, lastJudged: EndedRun? = nil,
    lastFailed: EndedRun? = nil, liveRun: RunID? = nil, heldAttempt: HeldAttempt? = nil, pause: Pause? = nil,
    observations: [Observation] = []
  ) {
    self.model = model
    self.mode = mode
    self.now = now
    self.nominal = nominal
    self.action = action
    self.gap = gap
    self.earlierEvaluations = earlierEvaluations
    self.champion = champion
    self.lastJudged = lastJudged
    self.lastFailed = lastFailed
    self.liveRun = liveRun
    self.heldAttempt = heldAttempt
    self.pause = pause
    self.observations = observations
  }
}
