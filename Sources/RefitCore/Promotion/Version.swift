/// One sealed, content-addressed trained artifact of a model, with the code that scores it.
public struct Version: Hashable, Sendable, Codable {
  public var id: VersionID
  public var run: RunID
  /// The sealed `model/`.
  public var model: Digest
  /// The sealed folder of scoring code, and where it lies in the project; nil where the score job's command is
  /// no file of the project.
  public var code: Digest?
  public var codePath: String?
  /// The job that scores this version, as it was configured when the version was sealed.
  public var score: Job?
  /// The declared training file; nil where none was declared.
  public var training: Digest?
  public var trainingID: String?
  public var interval: DataInterval
  public var sealedAt: Instant
  /// What the train job reported in `params.json`: flat JSON.
  public var parameters: String?
  public var metrics: String?

  public init(
    id: VersionID, run: RunID, model: Digest, code: Digest?, codePath: String?, score: Job?,
    training: Digest?,
    trainingID: String?, interval: DataInterval, sealedAt: Instant, parameters: String?, metrics: String?
  ) {
    self.id = id
    self.run = run
    self.model = model
    self.code = code
    self.codePath = codePath
    self.score = score
    self.training = training
    self.trainingID = trainingID
    self.interval = interval
    self.sealedAt = sealedAt
    self.parameters = parameters
    self.metrics = metrics
  }
}

/// A move of the champion pointer.
public struct Promotion: Hashable, Sendable, Codable {
  public enum Kind: String, Hashable, Sendable, Codable { case promotion, rollback }

  public var kind: Kind
  public var version: Int
  /// The champion that it takes over from; the move happens only if this one still serves.
  public var previous: Int?
  public var run: Int?
  public var at: Instant
  public var actor: String
  public var because: String

  public init(
    kind: Kind, version: Int, previous: Int?, run: Int?, at: Instant, actor: String, because: String
  ) {
    self.kind = kind
    self.version = version
    self.previous = previous
    self.run = run
    self.at = at
    self.actor = actor
    self.because = because
  }
}

/// A person's yes to one candidate, bound to the hashes of what was approved.
public struct Approval: Hashable, Sendable, Codable {
  public var actor: String
  public var at: Instant
  public var because: String
  /// The sealed model.
  public var artifact: Digest
  public var gateReport: Digest
  public var configuration: Digest

  public init(
    actor: String, at: Instant, because: String, artifact: Digest, gateReport: Digest, configuration: Digest
  ) {
    self.actor = actor
    self.at = at
    self.because = because
    self.artifact = artifact
    self.gateReport = gateReport
    self.configuration = configuration
  }

  /// How long a candidate waits for a person before it is rejected.
  public static let expiry = Timespan.days(7)
}
