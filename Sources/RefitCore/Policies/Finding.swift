/// What a leaf found, at one evaluation or over several.
struct Finding {
  var truth: Truth
  /// The facts, in words that are true whatever the rest of the tree says.
  var sentence: String
  var reading: Evaluation.Reading
  /// What would turn the finding over; nil when nothing that can be named would.
  var flip: Flip?

  /// The least change that would turn a leaf over.
  struct Flip {
    /// How far away it is, as a part of the bound: what makes flips of different leaves comparable.
    var distance: Double
    /// Completes "would retrain …" for a false leaf, and "would have held …" for a true one.
    var phrase: String
  }

  static func unknown(
    _ subject: String, _ reason: String, reading: Evaluation.Reading = Evaluation.Reading()
  ) -> Finding {
    Finding(truth: .unknown, sentence: "\(subject) is unknown: \(reason)", reading: reading, flip: nil)
  }
}

/// A condition that is no combination of others: it reads a situation and finds itself true, false or
/// unknown.
protocol LeafCondition: Sendable {
  /// Its key in a policy.
  static var kind: String { get }
  func finding(in history: ObservationHistory) -> Finding
  /// The observations that it reads; nil when it reads none.
  var need: ObservationNeed? { get }
  /// Why it can't become known with the data that the model has had, each in one sentence with the numbers.
  func obstacles(in history: ObservationHistory) -> [String]
}

extension LeafCondition {
  var need: ObservationNeed? { nil }
  func obstacles(in history: ObservationHistory) -> [String] { [] }
}

extension Condition {
  /// The condition of a leaf; nil for a combination.
  var leaf: (any LeafCondition)? {
    switch self {
    case .any, .all, .not: nil
    case .performance(let leaf): leaf
    case .drift(let leaf): leaf
    case .feedback(let leaf): leaf
    case .age(let leaf): leaf
    case .observation(let leaf): leaf
    }
  }
}
