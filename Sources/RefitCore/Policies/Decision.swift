/// Kleene's three truth values.
public enum Truth: String, Hashable, Sendable, Codable { case yes = "true", no = "false", unknown }

/// What a policy said at an occurrence, with all that it rests on.
public struct Decision: Hashable, Sendable, Codable {
  public enum Verdict: String, Hashable, Sendable, Codable, CaseIterable {
    case retrain, hold, restrained, unknown
  }

  public var verdict: Verdict
  /// The evaluated conditions; nil where the schedule retrains without asking, or the policy has no `when`.
  public var tree: Evaluation?
  public var restraints: [Restraint]
  /// What would have to change for another verdict, in words; nil where nothing single would do.
  public var nearestFlip: String?
  /// Why, in one sentence.
  public var sentence: String

  public init(
    verdict: Verdict, tree: Evaluation?, restraints: [Restraint], nearestFlip: String?, sentence: String
  ) {
    self.verdict = verdict
    self.tree = tree
    self.restraints = restraints
    self.nearestFlip = nearestFlip
    self.sentence = sentence
  }

  private enum CodingKeys: String, CodingKey {
    case verdict, tree, restraints, sentence
    case nearestFlip = "nearest_flip"
  }
}

/// One node of the evaluated tree.
public struct Evaluation: Hashable, Sendable, Codable {
  /// `any`, `all`, `not`, or the kind of the leaf.
  public var condition: String
  public var truth: Truth
  /// For a leaf: what was compared with what, in words a colleague would use.
  public var sentence: String
  /// For a leaf: the numbers.
  public var reading: Reading?
  public var parts: [Evaluation]

  /// The numbers behind a leaf, at this evaluation.
  public struct Reading: Hashable, Sendable, Codable {
    public var observed: Double?
    public var threshold: Double?
    public var baseline: Double?
    public var sampleSize: Int?
    public var window: Observation.Window?
    public var source: String?
    public var knownAt: Instant?
    /// Evaluations that agree, of how many that are needed.
    public var agreeing: Int?
    public var needed: Int?
    /// Columns past the bound, for drift.
    public var columns: [String]?

    public init() {}

    private enum CodingKeys: String, CodingKey {
      case observed, threshold, baseline, window, source, agreeing, needed, columns
      case sampleSize = "sample_size"
      case knownAt = "known_at"
    }
  }

  public init(
    condition: String, truth: Truth, sentence: String, reading: Reading? = nil, parts: [Evaluation] = []
  ) {
    self.condition = condition
    self.truth = truth
    self.sentence = sentence
    self.reading = reading
    self.parts = parts
  }
}

/// What keeps a true condition from starting a run.
public struct Restraint: Hashable, Sendable, Codable {
  public enum Kind: String, Hashable, Sendable, Codable {
    case cooldown, mode, paused
    case liveRun = "live-run"
    case unkillable
  }

  public var kind: Kind
  /// When it ends; nil where that is not known.
  public var until: Instant?
  public var sentence: String

  public init(kind: Kind, until: Instant? = nil, sentence: String) {
    self.kind = kind
    self.until = until
    self.sentence = sentence
  }
}
