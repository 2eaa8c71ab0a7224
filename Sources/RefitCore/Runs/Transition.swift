/// One step of a run, as a complete write: the run as it is afterwards, what comes into being with it, and what the
/// ledger says of it. The store commits it in one transaction, or not at all.
public struct Transition: Sendable {
  /// Of what happened, for logs and fail points.
  public let name: String
  /// Afterwards; its changed and new attempts are written with it.
  public var run: Run
  public var additions: [Addition]
  public var entries: [LedgerEntry]

  public init(name: String, run: Run, additions: [Addition] = [], entries: [LedgerEntry]) {
    self.name = name
    self.run = run
    self.additions = additions
    self.entries = entries
  }
}

/// A row that comes into being with a transition.
public enum Addition: Hashable, Sendable {
  case launch(Attempt.Key, AttemptFacts)
  case ended(Attempt.Key, ExitRecord)
  case use(ArtifactUse)
  case holdout(FrozenHoldout)
  case version(Version)
  /// The canonical JSON of the report, and its digest.
  case gateReport(GateReport, json: String, digest: Digest)
  case approval(Approval)
  /// Compare-and-set on the champion; the commit fails as a whole when another one serves by now.
  case promotion(Promotion)
}

/// What is to be written to the ledger; the store gives it its number, its hashes and its place.
public struct LedgerEntry: Hashable, Sendable {
  public var kind: LedgerEvent.Kind
  public var model: Name?
  public var run: Int?
  public var actor: String
  public var at: Instant
  public var payload: Payload

  public init(kind: LedgerEvent.Kind, model: Name?, run: Int?, actor: String, at: Instant, payload: Payload) {
    self.kind = kind
    self.model = model
    self.run = run
    self.actor = actor
    self.at = at
    self.payload = payload
  }
}

extension Attempt {
  /// Which attempt of a run it is.
  public struct Key: Hashable, Sendable, Codable {
    public var job: Name
    public var subject: Subject
    public var number: Int

    public init(job: Name, subject: Subject, number: Int) {
      self.job = job
      self.subject = subject
      self.number = number
    }
  }

  public var key: Key { Key(job: job, subject: subject, number: number) }
}

/// What is recorded of an attempt when it is launched.
public struct AttemptFacts: Hashable, Sendable, Codable {
  /// Relative to the project.
  public var directory: String
  public var arguments: [String]
  /// Names only.
  public var variables: [String]
  public var seed: UInt64
  public var token: String
  public var host: World.Host
  /// The project's git commit; nil where it is no repository.
  public var commit: String?
  /// The sealed diff of a dirty tree; nil where it was clean.
  public var diff: Digest?

  public init(
    directory: String, arguments: [String], variables: [String], seed: UInt64, token: String,
    host: World.Host,
    commit: String?, diff: Digest?
  ) {
    self.directory = directory
    self.arguments = arguments
    self.variables = variables
    self.seed = seed
    self.token = token
    self.host = host
    self.commit = commit
    self.diff = diff
  }
}
