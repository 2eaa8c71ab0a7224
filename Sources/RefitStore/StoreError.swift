import RefitCore

/// Why the store did not do what it was asked. Each case says itself in a sentence that a person can act on.
public enum StoreError: Error, Hashable, Sendable {
  /// Another program holds the database; nothing was written.
  case busy(path: String)
  /// There is no database where one should be.
  case missing(path: String)
  /// The file is a database, but not one of Refit's.
  case foreign(path: String)
  /// A newer Refit has written this database.
  case newerSchema(path: String, found: Int, known: Int)
  /// An older Refit has written this database, and it was opened for reading only.
  case olderSchema(path: String, found: Int, known: Int)
  /// The file is damaged, or a row in it says what it can't say.
  case corrupt(path: String, detail: String)
  /// The file is there, but can't be read.
  case unreadable(path: String, because: String)
  case readOnly(path: String)
  case diskFull(path: String)
  /// Reading or writing failed. The store writes nothing more until it is opened again.
  case storage(path: String, detail: String)
  /// The model has this live run; it can't have another one.
  case liveRun(RunID)
  /// Another version serves than the one that the promotion takes over from.
  case championChanged(model: Name, expected: Int?, found: Int?)
  /// Nothing is known by this name.
  case unknown(String)
  /// The write would break an invariant; nothing of it was kept.
  case refused(String)
  /// The orchestrator was stopped at a fail point.
  case interrupted(FailPoint)
  /// The value has no JSON (a number that is not finite), or the JSON is not of this value.
  case json(String)
}

extension StoreError {
  /// Whether the database as a whole can't be read or written, rather than one thing that was asked of it.
  public var concernsTheDatabase: Bool {
    switch self {
    case .busy, .missing, .foreign, .newerSchema, .olderSchema, .corrupt, .unreadable, .readOnly, .diskFull,
      .storage, .interrupted:
      true
    case .liveRun, .championChanged, .unknown, .refused, .json: false
    }
  }
}

extension StoreError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .busy(let path):
      "another program holds \(path); close it and try again"
    case .missing(let path):
      "there is no \(path); 'refit tick' makes it"
    case .foreign(let path):
      "\(path) is not a database of Refit; move it away"
    case .newerSchema(let path, let found, let known):
      "\(path) was written by a newer Refit (schema \(found); this one knows \(known)); install that version"
    case .olderSchema(let path, let found, let known):
      "\(path) was written by an older Refit (schema \(found), now \(known)); 'refit tick' brings it up to date"
    case .corrupt(let path, let detail):
      "\(path) is damaged (\(detail)); keep a copy of it and of \(path)-wal, then restore a backup"
    case .unreadable(let path, let because):
      "\(path) can't be read: \(because)"
    case .readOnly(let path):
      "\(path) can't be written: it, its folder or its file system is read-only"
    case .diskFull(let path):
      "the disk that holds \(path) is full; nothing was written"
    case .storage(let path, let detail):
      "\(path) could not be read or written (\(detail))"
    case .liveRun(let run):
      "run \(run) is still live; a model has one live run at most"
    case .championChanged(let model, let expected, let found):
      "\(Self.said(found)) serves as champion of \(model), not \(Self.said(expected)); judge again"
    case .unknown(let what):
      "\(what) is not known"
    case .refused(let sentence):
      sentence
    case .interrupted(let point):
      Interruption(at: point).description
    case .json(let sentence):
      sentence
    }
  }

  private static func said(_ version: Int?) -> String {
    version.map { "version \($0)" } ?? "no version"
  }
}
