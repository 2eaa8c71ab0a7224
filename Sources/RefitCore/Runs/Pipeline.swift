/// The jobs of a run, as a graph by `needs`. Without a cycle, and each need is a job of the pipeline: the
/// configuration has seen to that.
public struct Pipeline: Hashable, Sendable, Codable {
  /// Sorted by name.
  public var jobs: [Job]

  public init(jobs: [Job]) {
    self.jobs = jobs.sorted { $0.name < $1.name }
  }

  public subscript(name: Name) -> Job? { jobs.first { $0.name == name } }

  /// The job whose `model/` is the candidate.
  public var train: Job? { jobs.first { $0.kind == .train } }

  /// The job that runs on the holdout.
  public var score: Job? { jobs.first { $0.kind == .score } }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    self.init(jobs: try container.decode([String: Job].self).named())
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(jobs.keyedByName())
  }
}
