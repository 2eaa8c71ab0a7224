/// A named thing that is kept fit, as its configuration describes it. Encoded, it has the shape of an entry of
/// `models:` in `refit.yaml`; its name is the key there.
public struct Model: Hashable, Sendable, NamedEntry {
  /// How far Refit may go by itself.
  public enum Mode: String, Hashable, Sendable, Codable, CaseIterable {
    /// Decide only.
    case observe
    /// Decide, train and judge.
    case train
    /// Decide, train, judge and promote.
    case promote
  }

  public enum Task: String, Hashable, Sendable, Codable, CaseIterable {
    case binaryClassification = "binary-classification"
    case regression
  }

  public var name: Name
  public var mode: Mode
  public var task: Task
  public var predictions: PredictionLog?
  public var features: Features?
  public var feedback: FeedbackLog?
  public var decision: DecisionThreshold?
  /// Nil: the champion's declared training data.
  public var reference: DriftReference?
  public var holdout: Holdout?
  public var monitors: Monitors
  /// Sorted by name.
  public var schedules: [Schedule]
  public var retrain: RetrainPolicy
  public var pipeline: Pipeline
  public var gates: [Gate]
  public var promotion: PromotionSetting

  public init(
    name: Name, mode: Mode = .promote, task: Task = .binaryClassification, predictions: PredictionLog? = nil,
    features: Features? = nil, feedback: FeedbackLog? = nil, decision: DecisionThreshold? = nil,
    reference: DriftReference? = nil, holdout: Holdout? = nil, monitors: Monitors = Monitors(),
    schedules: [Schedule],
    retrain: RetrainPolicy = RetrainPolicy(), pipeline: Pipeline, gates: [Gate] = [],
    promotion: PromotionSetting = .approval
  ) {
    self.name = name
    self.mode = mode
    self.task = task
    self.predictions = predictions
    self.features = features
    self.feedback = feedback
    self.decision = decision
    self.reference = reference
    self.holdout = holdout
    self.monitors = monitors
    self.schedules = schedules.sorted { $0.name < $1.name }
    self.retrain = retrain
    self.pipeline = pipeline
    self.gates = gates
    self.promotion = promotion
  }
}

extension Model: Codable {
  private enum Keys: String, CodingKey {
    case mode, task, predictions, features, feedback, decision, reference, holdout, monitors, schedules
    case retrain, pipeline, gates, promotion
  }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Keys.self)
    self.init(
      name: Name("unnamed")!,  // The enclosing map knows the name and sets it.
      mode: try container.decode(Mode.self, forKey: .mode),
      task: try container.decode(Task.self, forKey: .task),
      predictions: try container.decodeIfPresent(PredictionLog.self, forKey: .predictions),
      features: try container.decodeIfPresent(Features.self, forKey: .features),
      feedback: try container.decodeIfPresent(FeedbackLog.self, forKey: .feedback),
      decision: try container.decodeIfPresent(DecisionThreshold.self, forKey: .decision),
      reference: try container.decodeIfPresent(DriftReference.self, forKey: .reference),
      holdout: try container.decodeIfPresent(Holdout.self, forKey: .holdout),
      monitors: try container.decode(Monitors.self, forKey: .monitors),
      schedules: try container.decode([String: Schedule].self, forKey: .schedules).named(),
      retrain: try container.decode(RetrainPolicy.self, forKey: .retrain),
      pipeline: try container.decode(Pipeline.self, forKey: .pipeline),
      gates: try container.decode([Gate].self, forKey: .gates),
      promotion: try container.decode(PromotionSetting.self, forKey: .promotion))
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Keys.self)
    try container.encode(mode, forKey: .mode)
    try container.encode(task, forKey: .task)
    try container.encodeIfPresent(predictions, forKey: .predictions)
    try container.encodeIfPresent(features, forKey: .features)
    try container.encodeIfPresent(feedback, forKey: .feedback)
    try container.encodeIfPresent(decision, forKey: .decision)
    try container.encodeIfPresent(reference, forKey: .reference)
    try container.encodeIfPresent(holdout, forKey: .holdout)
    try container.encode(monitors, forKey: .monitors)
    try container.encode(schedules.keyedByName(), forKey: .schedules)
    try container.encode(retrain, forKey: .retrain)
    try container.encode(pipeline, forKey: .pipeline)
    try container.encode(gates, forKey: .gates)
    try container.encode(promotion, forKey: .promotion)
  }
}

/// Whether a candidate that passed its gates is promoted at once or waits for a person's yes.
public enum PromotionSetting: String, Hashable, Sendable, Codable, CaseIterable {
  case automatic, approval
}
