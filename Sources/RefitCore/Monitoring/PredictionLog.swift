/// Where production logs what the model predicted, and which column is what.
public struct PredictionLog: Hashable, Sendable, Codable {
  public struct Columns: Hashable, Sendable, Codable {
    public var id: String
    public var time: String
    /// The score of the positive class, or the predicted number of a regression.
    public var score: String?
    /// The hard decision, `1`/`0` or the label's own values; wins over score and threshold.
    public var prediction: String?
    /// The version that made the prediction: `17` or `credit-risk@17`. Without it the version that was
    /// published at the prediction's time is taken.
    public var version: String?

    public init(
      id: String, time: String, score: String? = nil, prediction: String? = nil, version: String? = nil
    ) {
      self.id = id
      self.time = time
      self.score = score
      self.prediction = prediction
      self.version = version
    }
  }

  /// A path or a glob, relative to the project.
  public var path: String
  public var columns: Columns

  public init(path: String, columns: Columns) {
    self.path = path
    self.columns = columns
  }
}

/// Where labels arrive after the prediction was made.
public struct FeedbackLog: Hashable, Sendable, Codable {
  public struct Columns: Hashable, Sendable, Codable {
    public var id: String
    /// When the label became known.
    public var time: String
    public var label: String

    public init(id: String, time: String, label: String) {
      self.id = id
      self.time = time
      self.label = label
    }
  }

  public var path: String
  public var columns: Columns
  /// The label of the positive class, compared as `LabelText`; `1` by default. Unused for regression.
  public var positive: String
  /// A label is mature at the later of its arrival and its prediction's time plus this.
  public var matures: Timespan

  public init(path: String, columns: Columns, positive: String = "1", matures: Timespan = .zero) {
    self.path = path
    self.columns = columns
    self.positive = positive
    self.matures = matures
  }
}

/// The columns that the model reads, by kind.
public struct Features: Hashable, Sendable, Codable {
  public var numeric: [String]
  public var categorical: [String]

  public init(numeric: [String] = [], categorical: [String] = []) {
    self.numeric = numeric
    self.categorical = categorical
  }

  public var names: [String] { numeric + categorical }
}

/// How a score becomes a decision, and which side of it is the favourable one.
public struct DecisionThreshold: Hashable, Sendable, Codable {
  public enum Side: String, Hashable, Sendable, Codable, CaseIterable { case above, below }

  /// A score at or over it predicts the positive class.
  public var threshold: Double
  /// `above`: the positive class is the favourable outcome; `below`: the negative one is.
  public var favourable: Side

  public init(threshold: Double = 0.5, favourable: Side = .above) {
    self.threshold = threshold
    self.favourable = favourable
  }
}
