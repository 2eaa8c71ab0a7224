/// A file or a tree of files, known by its SHA-256.
public struct Artifact: Hashable, Sendable, Codable {
  public enum Form: String, Hashable, Sendable, Codable { case file, tree }

  public var digest: Digest
  public var form: Form
  public var bytes: Int64
  /// Of a table; nil for anything else.
  public var rows: Int?
  public var columns: Int?

  public init(digest: Digest, form: Form, bytes: Int64, rows: Int? = nil, columns: Int? = nil) {
    self.digest = digest
    self.form = form
    self.bytes = bytes
    self.rows = rows
    self.columns = columns
  }
}

/// An edge of the lineage graph: a run (one of its attempts, where `attempt` is set) read or wrote an artifact.
public struct ArtifactUse: Hashable, Sendable, Codable {
  public enum Direction: String, Hashable, Sendable, Codable { case input, output }

  /// What the artifact is to the run.
  public enum Role: String, Hashable, Sendable, Codable, CaseIterable {
    case reference, holdout, withheld, training, model, code, predictions, output, log, dataset
    case predictionLog = "prediction-log"
    case feedbackLog = "feedback-log"
  }

  public var artifact: Artifact
  public var direction: Direction
  public var role: Role
  /// A path relative to the project, to the output directory, or a URI.
  public var name: String
  public var attempt: Attempt.Key?

  public init(
    artifact: Artifact, direction: Direction, role: Role, name: String, attempt: Attempt.Key? = nil
  ) {
    self.artifact = artifact
    self.direction = direction
    self.role = role
    self.name = name
    self.attempt = attempt
  }
}
