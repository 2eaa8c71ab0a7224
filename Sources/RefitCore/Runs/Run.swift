/// One retraining, from its trigger to its end, as the rows of the store tell it.
public struct Run: Hashable, Sendable {
  public enum State: String, Hashable, Sendable, Codable, CaseIterable {
    case queued, running, gating
    case awaitingApproval = "awaiting-approval"
    case promoted, judged, refused, rejected, failed, cancelled

    public var isLive: Bool {
      switch self {
      case .queued, .running, .gating, .awaitingApproval: true
      case .promoted, .judged, .refused, .rejected, .failed, .cancelled: false
      }
    }

    /// The state as a sentence says it of a run: `credit-risk#4 was promoted`.
    public var phrase: String {
      switch self {
      case .queued: "is queued"
      case .running: "is running"
      case .gating: "is being judged"
      case .awaitingApproval: "awaits approval"
      case .promoted: "was promoted"
      case .judged: "was judged"
      case .refused: "was refused"
      case .rejected: "was rejected"
      case .failed: "failed"
      case .cancelled: "was cancelled"
      }
    }

    /// Whether people are told of it by an alert.
    var isAlarming: Bool { self == .failed || self == .refused }
  }

  public enum Trigger: Hashable, Sendable, Codable {
    case schedule(Name, nominal: Instant)
    case person(String)
  }

  public var id: RunID
  public var state: State
  public var trigger: Trigger
  /// Why it was opened: the decision's sentence, or what the person said.
  public var because: String
  /// The configuration that it was opened with, and keeps.
  public var model: Model
  public var configuration: Digest
  public var interval: DataInterval
  public var knownAt: Instant
  public var openedAt: Instant
  /// The frozen holdout; nil until it is frozen, and for a model without one.
  public var holdout: Digest?
  /// The version that its candidate became.
  public var candidate: Int?
  public var endedAt: Instant?
  /// Why it ended, in one sentence.
  public var reason: String?
  public var cancelRequested: Bool
  /// In the order in which they were made.
  public var attempts: [Attempt]

  public init(
    id: RunID, state: State = .queued, trigger: Trigger, because: String, model: Model, configuration: Digest,
    interval: DataInterval, knownAt: Instant, openedAt: Instant, holdout: Digest? = nil,
    candidate: Int? = nil,
    endedAt: Instant? = nil, reason: String? = nil, cancelRequested: Bool = false, attempts: [Attempt] = []
  ) {
    self.id = id
    self.state = state
    self.trigger = trigger
    self.because = because
    self.model = model
    self.configuration = configuration
    self.interval = interval
    self.knownAt = knownAt
    self.openedAt = openedAt
    self.holdout = holdout
    self.candidate = candidate
    self.endedAt = endedAt
    self.reason = reason
    self.cancelRequested = cancelRequested
    self.attempts = attempts
  }
}

/// The event times that a run's data cover: `(start, end]`.
public struct DataInterval: Hashable, Sendable, Codable {
  /// Nil for a model's first run: from the beginning.
  public var start: Instant?
  public var end: Instant

  public init(start: Instant?, end: Instant) {
    self.start = start
    self.end = end
  }

  /// From the end of the interval that the champion was trained to, to the trigger's nominal instant less
  /// `matures`: later predictions have no mature labels yet.
  public static func forRun(nominal: Instant, matures: Timespan, championTrainedTo: Instant?) -> DataInterval
  {
    DataInterval(start: championTrainedTo, end: nominal - matures)
  }
}
