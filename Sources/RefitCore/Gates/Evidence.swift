/// What the gates judge: the rows of one holdout, as parallel columns, in the holdout's order.
public struct Evidence: Hashable, Sendable {
  /// What one version said of each row.
  public struct Predictions: Hashable, Sendable {
    /// Score of the positive class, or the predicted number; nil where the job gave only decisions.
    public var scores: [Double]?
    /// The hard decision for the positive class; nil where the threshold makes it.
    public var decisions: [Bool]?

    public init(scores: [Double]?, decisions: [Bool]?) {
      self.scores = scores
      self.decisions = decisions
    }
  }

  public enum Labels: Hashable, Sendable {
    /// Whether each row is of the positive class.
    case classes([Bool])
    case numbers([Double])

    public var count: Int {
      switch self {
      case .classes(let labels): labels.count
      case .numbers(let labels): labels.count
      }
    }
  }

  /// The version to compare with.
  public enum Champion: Hashable, Sendable {
    /// The model never had one.
    case never
    /// There is one, but it can't be compared, and why.
    case unavailable(version: Int?, reason: String)
    case scored(version: Int, Predictions)
  }

  /// A column of groups; codes index `names`, −1 is missing.
  public struct Groups: Hashable, Sendable {
    public var codes: [Int32]
    public var names: [String]

    public init(codes: [Int32], names: [String]) {
      self.codes = codes
      self.names = names
    }
  }

  /// What is known of the rows that a version was trained on.
  public enum Training: Hashable, Sendable {
    /// Nothing was declared, and why that matters.
    case undeclared(reason: String)
    /// How many holdout rows are among them, with a few of their ids.
    case overlap(rows: Int, of: Int, examples: [String])
  }

  public var labels: Labels
  public var candidate: Predictions
  public var champion: Champion
  /// By name of the column.
  public var groups: [String: Groups]
  public var candidateTraining: Training
  /// Nil where there is no champion to compare with.
  public var championTraining: Training?
  public var threshold: DecisionThreshold

  public init(
    labels: Labels, candidate: Predictions, champion: Champion, groups: [String: Groups],
    candidateTraining: Training, championTraining: Training?, threshold: DecisionThreshold
  ) {
    self.labels = labels
    self.candidate = candidate
    self.champion = champion
    self.groups = groups
    self.candidateTraining = candidateTraining
    self.championTraining = championTraining
    self.threshold = threshold
  }
}
