import RefitCore
import RefitStore

/// What may take longer than a tick should hold the lock: done at once while its input is small, else by a process of
/// Refit's own. Derived from rows in each tick, and never stored.
///
/// It holds whatever tells it apart from other work under the same name, so that a result is taken for nothing else.
enum LongWork: Hashable, Codable, Sendable {
  /// Copies what an attempt reads into its directory.
  case prepare(RunID, Attempt.Key, token: String)
  /// Looks through what an attempt has left, and seals it.
  case seal(RunID, Attempt.Key, token: String)
  /// Pins a run's holdout.
  case freeze(RunID, knownAt: Instant)
  /// Judges a candidate against a champion.
  case judge(RunID, candidate: VersionID, model: Digest, champion: VersionID?)
  /// Hashes again what was judged, before it is promoted.
  case verify(RunID, [Digest])
  /// Computes the monitors of a model at an occurrence.
  case observe(Observing)

  /// There is one at a time under each name. No name of a model, job or schedule has a dot.
  var name: String {
    switch self {
    case .prepare(let run, let key, _): "prepare.\(Self.name(run)).\(Self.name(key))"
    case .seal(let run, let key, _): "seal.\(Self.name(run)).\(Self.name(key))"
    case .freeze(let run, _): "freeze.\(Self.name(run))"
    case .judge(let run, _, _, _): "judge.\(Self.name(run))"
    case .verify(let run, _): "verify.\(Self.name(run))"
    case .observe(let observing): "observe.\(observing.model).\(observing.schedule)"
    }
  }

  private static func name(_ run: RunID) -> String { "\(run.model).\(run.number)" }

  private static func name(_ key: Attempt.Key) -> String {
    "\(key.job).\(key.subject.rawValue).\(key.number)"
  }

  /// Whether this is the observation of a later occurrence than the other, and waits for that one.
  func follows(_ other: LongWork) -> Bool {
    guard case .observe(let mine) = self, case .observe(let its) = other else { return false }
    return mine.nominal > its.nominal
  }

  /// What whoever does it is doing.
  var participle: String {
    switch self {
    case .prepare: "copying"
    case .seal: "sealing"
    case .freeze: "freezing the holdout from"
    case .judge: "judging"
    case .verify: "hashing again"
    case .observe: "observing"
    }
  }

  var model: Name {
    switch self {
    case .prepare(let run, _, _), .seal(let run, _, _), .freeze(let run, _), .judge(let run, _, _, _),
      .verify(let run, _):
      run.model
    case .observe(let observing): observing.model
    }
  }

  /// The run that it is for; nil where it is for none.
  var run: RunID? {
    switch self {
    case .prepare(let run, _, _), .seal(let run, _, _), .freeze(let run, _), .judge(let run, _, _, _),
      .verify(let run, _):
      run
    case .observe: nil
    }
  }

  /// The job that it is for; nil where it is for none.
  var job: Name? {
    switch self {
    case .prepare(_, let key, _), .seal(_, let key, _): key.job
    case .freeze, .judge, .verify, .observe: nil
    }
  }
}

/// Work without a value of its own to tell.
struct Done: Codable, Sendable {}

/// One piece of long work, as it is handed to a process.
struct WorkOrder: Codable {
  /// Of the Refit that gave it: another one may do it in another way.
  var engine = Orchestrator.version
  var work: LongWork
  /// The time at which it was ordered.
  var at: Instant
  /// How much there is to read.
  var bytes: Int64
  var token: String
}

/// What a process leaves when it has done its work: one of these.
struct WorkResult: Codable {
  /// What came of it, as JSON.
  var value: String?
  /// Why it can't be done with what there is: the sentence of a `DataError`.
  var refused: String?
  /// What kept it from being done this time.
  var failed: String?
  /// No process can do it: the order was given by another version of Refit, or the program is gone.
  var isForeign: Bool?
}
