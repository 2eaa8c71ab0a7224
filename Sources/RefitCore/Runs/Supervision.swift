/// How a command under a supervisor stands, from which follows what is to be done about it. The same for an attempt of
/// a job, a check of what an occurrence waits for, and a piece of Refit's own work.
public struct Supervision: Hashable, Sendable {
  /// What the orchestrator wants of the command.
  public enum Wish: Hashable, Sendable {
    /// That it runs to its end.
    case run
    /// That it never starts where it has not started yet.
    case giveUp
  }

  /// What is to be done next.
  public enum Step: Hashable, Sendable {
    /// Nothing: it runs.
    case watch
    /// Nothing yet: a supervisor was started a moment ago, and may still take it up.
    case wait
    /// Start a supervisor.
    case launch
    /// See that no supervisor takes it up any more. Then it is over, with this end; where one has, it runs.
    case void(UnrecordedEnd)
    /// Kill what carries the token. Once nothing does, it is lost. Nil: the token that the record knows.
    case sweep(token: String?)
    case over(SupervisionEnd)
  }

  /// So many supervisors are started for one command.
  public static let mostLaunches = 3
  /// For so long a supervisor that was started may not have taken its command up yet.
  public static let timeToClaim = Timespan(seconds: 5)
  /// For so long past its command's time-out and grace a supervisor may be at work before it is taken to be stuck.
  public static let timeToEnd = Timespan.minutes(1)

  /// What the command's directory tells.
  public var probe: AttemptProbe
  public var wish: Wish
  /// How often a supervisor was started for it.
  public var launches: Int
  /// Since the newest of those starts; nil where nobody knows, so that it counts as long ago.
  public var sinceLaunch: Timespan?
  /// Whether it was seen running. It is never started again, whatever its directory tells.
  public var hasRun: Bool
  /// How long its supervisor has been at work; nil where that can't be known.
  public var age: Timespan?
  /// The command's time-out with the grace after it.
  public var limit: Timespan

  public init(
    probe: AttemptProbe, wish: Wish = .run, launches: Int, sinceLaunch: Timespan? = nil, hasRun: Bool = false,
    age: Timespan? = nil, limit: Timespan
  ) {
    self.probe = probe
    self.wish = wish
    self.launches = launches
    self.sinceLaunch = sinceLaunch
    self.hasRun = hasRun
    self.age = age
    self.limit = limit
  }

  /// What is to be done next. `launch` is never the answer after `mostLaunches`, or where it is to be given up.
  public var step: Step {
    switch probe {
    case .running:
      guard let age, age.seconds > limit.seconds + Self.timeToEnd.seconds else { return .watch }
      return .over(.unrecorded(.stuck))
    case .notStarted where hasRun: return .sweep(token: nil)
    case .notStarted: return stepBeforeStart
    case .void: return .over(.unrecorded(wish == .giveUp ? .givenUp : .neverClaimed))
    // In the same boot its processes may still run.
    case .lost(let sameBoot, let token): return sameBoot ? .sweep(token: token) : .over(.unrecorded(.lost))
    case .ended(let record): return .over(.recorded(record))
    }
  }

  private var stepBeforeStart: Step {
    if wish == .giveUp { return .void(.givenUp) }
    // A clock that began anew with a boot tells less than was noted before it: that was long ago.
    if let sinceLaunch, sinceLaunch >= .zero, sinceLaunch < Self.timeToClaim { return .wait }
    return launches < Self.mostLaunches ? .launch : .void(.neverClaimed)
  }
}

/// How a command under a supervisor came to its end.
public enum SupervisionEnd: Hashable, Sendable {
  /// As its supervisor has recorded.
  case recorded(ExitRecord)
  case unrecorded(UnrecordedEnd)
}

/// An end of which no supervisor tells.
public enum UnrecordedEnd: Hashable, Sendable {
  /// Its supervisor is gone without a word, and nothing of the command is left.
  case lost
  /// Its supervisor holds on long after it should have ended the command.
  case stuck
  /// As many supervisors as may be were started, and none took it up.
  case neverClaimed
  /// Nobody wanted it any more before a supervisor took it up.
  case givenUp

  /// A sentence without its full stop.
  public var reason: String {
    switch self {
    case .lost: "its supervisor is gone without a record (killed, or the machine went down)"
    case .stuck: "its supervisor did not end it in time, and does not answer"
    case .neverClaimed: "three supervisors were started for it and none of them took it up"
    case .givenUp: "it was given up before it started"
    }
  }
}
