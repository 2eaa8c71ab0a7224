/// What one check of `refit doctor` found: how it is, and what to do about it.
public struct Diagnosis: Hashable, Sendable, Encodable {
  public enum Level: String, Hashable, Sendable, Encodable {
    case ok, warning, problem
  }

  /// What was looked at: `clock`, `supervisor`.
  public var subject: String
  public var level: Level
  public var sentence: String
  /// What to do; nil where nothing is to be done.
  public var remedy: String?

  static func ok(_ subject: String, _ sentence: String) -> Diagnosis {
    Diagnosis(subject: subject, level: .ok, sentence: sentence, remedy: nil)
  }

  static func warning(_ subject: String, _ sentence: String, _ remedy: String) -> Diagnosis {
    Diagnosis(subject: subject, level: .warning, sentence: sentence, remedy: remedy)
  }

  /// What could not be looked at is not known to be well.
  static func unseen(_ subject: String, _ what: String, _ reason: some Error) -> Diagnosis {
    .warning(subject, "\(what) can't be told: \(reason)", "run doctor as the user who ticks")
  }

  static func problem(_ subject: String, _ sentence: String, _ remedy: String) -> Diagnosis {
    Diagnosis(subject: subject, level: .problem, sentence: sentence, remedy: remedy)
  }
}
