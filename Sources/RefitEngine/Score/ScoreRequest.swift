import RefitCore
import RefitStatistics
import RefitTables

/// What is to be scored: files of predictions, where their labels are, the roles of columns, and what to hold them
/// against. It is checked as far as that goes without the files.
public struct ScoreRequest: Hashable, Sendable {
  /// What a file tells about a task.
  public enum Task: Hashable, Sendable {
    case binary(BinaryColumns)
    case multiclass(ClassColumns)
    case regression(RegressionColumns)
  }

  /// The columns of a binary task; at least one of score and prediction.
  public struct BinaryColumns: Hashable, Sendable {
    public var score: String?
    /// Hard decisions.
    public var prediction: String?
    /// A score at or over it is a decision for the positive class; nil where `prediction` has the decisions, or nothing.
    public var threshold: Double?
    /// The label that is positive; nil where 1 or true is.
    public var positive: String?
    public var favourable: DecisionThreshold.Side

    public init(
      score: String?, prediction: String?, threshold: Double?, positive: String?,
      favourable: DecisionThreshold.Side
    ) {
      self.score = score
      self.prediction = prediction
      self.threshold = threshold
      self.positive = positive
      self.favourable = favourable
    }
  }

  /// The columns of a task with several classes; predictions, or a score of each class, or both.
  public struct ClassColumns: Hashable, Sendable {
    /// The column with the scores of a class.
    public struct Score: Hashable, Sendable {
      public var name: String
      public var column: String

      public init(name: String, column: String) {
        self.name = name
        self.column = column
      }
    }

    /// Without it the class with the highest score is predicted, the first one among equals.
    public var prediction: String?
    public var scores: [Score]

    public init(prediction: String?, scores: [Score]) {
      self.prediction = prediction
      self.scores = scores
    }
  }

  /// The columns of a regression; predictions, or quantiles, or both.
  public struct RegressionColumns: Hashable, Sendable {
    /// The column with predictions of a quantile.
    public struct Quantile: Hashable, Sendable {
      public var level: Double
      public var column: String

      public init(level: Double, column: String) {
        self.level = level
        self.column = column
      }
    }

    /// Without it the median among the quantiles is the prediction, where there is one.
    public var prediction: String?
    public var quantiles: [Quantile]

    public init(prediction: String?, quantiles: [Quantile]) {
      self.prediction = prediction
      self.quantiles = quantiles
    }
  }

  /// The champion that the predictions are compared with.
  public enum Champion: Hashable, Sendable {
    /// Files with the same columns, whose rows are joined by id.
    case files(TableFiles)
    /// Another column beside the predictions: scores of a binary task, else predictions.
    case column(String)
  }

  public var predictions: TableFiles
  /// Files with the labels, whose rows are joined by id; nil where they stand beside the predictions.
  public var labels: TableFiles?
  /// The column of ids, in each file that is joined with others.
  public var id: String
  public var task: Task
  /// The column of labels.
  public var label: String
  public var weight: String?
  public var groups: [String]
  /// Rows that a group needs in a rate's denominator.
  public var minimumGroup: Int
  public var champion: Champion?
  /// What is asked of a binary task beside the metrics that it always has.
  public var asked: [BinaryMetric]
  /// How much worse the candidate may be; at least 0.
  public var margin: Double?
  /// Of two-sided intervals, and of each one-sided bound of a comparison; 0.5..<1.
  public var confidence: Double
  public var plan: ResamplingPlan

  public init(
    predictions: TableFiles, labels: TableFiles? = nil, id: String = "id", task: Task, label: String,
    weight: String? = nil, groups: [String] = [], minimumGroup: Int = 100,
    champion: Champion? = nil, asked: [BinaryMetric] = [], margin: Double? = nil, confidence: Double = 0.95,
    plan: ResamplingPlan
  ) {
    self.predictions = predictions
    self.labels = labels
    self.id = id
    self.task = task
    self.label = label
    self.weight = weight
    self.groups = groups
    self.minimumGroup = minimumGroup
    self.champion = champion
    self.asked = asked
    self.margin = margin
    self.confidence = confidence
    self.plan = plan
  }
}
