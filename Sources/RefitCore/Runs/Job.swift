/// One step of a run's pipeline: a command with inputs, outputs and limits.
public struct Job: Hashable, Sendable, NamedEntry {
  public enum Kind: String, Hashable, Sendable, Codable, CaseIterable {
    case other
    /// Leaves `model/`, the candidate.
    case train
    /// Leaves `predictions.csv` for the rows of the holdout.
    case score
  }

  /// Whether its attempts get a view of the machine of their own, in which they can neither outlive their end nor
  /// see what they should not.
  public enum Sandbox: String, Hashable, Sendable, Codable, CaseIterable {
    /// Where the machine has what it takes.
    case auto
    case none
    /// Without it no attempt is started.
    case required
  }

  public var name: Name
  public var kind: Kind
  /// Names of jobs that must have succeeded before this one starts.
  public var needs: [Name]
  /// The command and its arguments, exactly as they are launched.
  public var run: [String]
  /// Files or directories in the output directory that must be there after exit 0.
  public var outputs: [String]
  /// For `train`: the file with the rows that it trained on, in its own output or in that of a job it needs.
  public var training: String?
  /// For `train`: the id column of the training file.
  public var id: String?
  /// The folder that is sealed with a version as its code; nil: the folder of the first argument that is a
  /// file of the project.
  public var code: String?
  /// For `score`: group columns that are features, and are therefore given.
  public var given: [String]
  public var timeout: Timespan
  /// Between TERM and KILL.
  public var grace: Timespan
  public var retries: RetryRule
  public var memory: ByteCount?
  /// The largest log that is kept.
  public var log: ByteCount
  public var sandbox: Sandbox
  /// Values, or references `${NAME}` and `${file:PATH}` that are read when the job is launched.
  public var variables: [String: String]

  public init(
    name: Name, kind: Kind = .other, needs: [Name] = [], run: [String], outputs: [String] = [],
    training: String? = nil, id: String? = nil, code: String? = nil, given: [String] = [],
    timeout: Timespan = .hours(24), grace: Timespan = Timespan(seconds: 30), retries: RetryRule = RetryRule(),
    memory: ByteCount? = nil, log: ByteCount = ByteCount(bytes: 64 << 20), sandbox: Sandbox = .auto,
    variables: [String: String] = [:]
  ) {
    self.name = name
    self.kind = kind
    self.needs = needs.sorted()
    self.run = run
    self.outputs = outputs
    self.training = training
    self.id = id
    self.code = code
    self.given = given
    self.timeout = timeout
    self.grace = grace
    self.retries = retries
    self.memory = memory
    self.log = log
    self.sandbox = sandbox
    self.variables = variables
  }
}

extension Job: Codable {
  private enum Keys: String, CodingKey {
    case kind, needs, run, outputs, training, id, code, given, timeout, grace, retries, memory, log, sandbox,
      variables
  }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Keys.self)
    self.init(
      name: Name("unnamed")!,  // The enclosing map knows the name and sets it.
      kind: try container.decode(Kind.self, forKey: .kind),
      needs: try container.decode([Name].self, forKey: .needs),
      run: try container.decode([String].self, forKey: .run),
      outputs: try container.decode([String].self, forKey: .outputs),
      training: try container.decodeIfPresent(String.self, forKey: .training),
      id: try container.decodeIfPresent(String.self, forKey: .id),
      code: try container.decodeIfPresent(String.self, forKey: .code),
      given: try container.decode([String].self, forKey: .given),
      timeout: try container.decode(Timespan.self, forKey: .timeout),
      grace: try container.decode(Timespan.self, forKey: .grace),
      retries: try container.decode(RetryRule.self, forKey: .retries),
      memory: try container.decodeIfPresent(ByteCount.self, forKey: .memory),
      log: try container.decode(ByteCount.self, forKey: .log),
      // Jobs that were recorded before there was a sandbox lack it.
      sandbox: try container.decodeIfPresent(Sandbox.self, forKey: .sandbox) ?? .auto,
      variables: try container.decode([String: String].self, forKey: .variables))
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Keys.self)
    try container.encode(kind, forKey: .kind)
    try container.encode(needs, forKey: .needs)
    try container.encode(run, forKey: .run)
    try container.encode(outputs, forKey: .outputs)
    try container.encodeIfPresent(training, forKey: .training)
    try container.encodeIfPresent(id, forKey: .id)
    try container.encodeIfPresent(code, forKey: .code)
    try container.encode(given, forKey: .given)
    try container.encode(timeout, forKey: .timeout)
    try container.encode(grace, forKey: .grace)
    try container.encode(retries, forKey: .retries)
    try container.encodeIfPresent(memory, forKey: .memory)
    try container.encode(log, forKey: .log)
    try container.encode(sandbox, forKey: .sandbox)
    try container.encode(variables, forKey: .variables)
  }
}

/// How often a failed job is tried again. The wait doubles with each attempt.
public struct RetryRule: Hashable, Sendable, Codable {
  /// The total, the first attempt included.
  public var attempts: Int
  public var backoff: Timespan

  public init(attempts: Int = 1, backoff: Timespan = Timespan(seconds: 30)) {
    self.attempts = attempts
    self.backoff = backoff
  }

  /// How long to wait after the given attempt (1, 2, …) has failed; nil when none is left.
  public func wait(afterAttempt number: Int) -> Timespan? {
    guard number < attempts else { return nil }
    return backoff * Int64(1 << min(number - 1, 20))
  }
}

/// A number of bytes, written `4GiB`, `512MiB`, `64KiB` or `1000B`.
public struct ByteCount: Hashable, Comparable, Sendable, Codable, CustomStringConvertible,
  LosslessStringConvertible
{
  public let bytes: Int64

  public init(bytes: Int64) {
    self.bytes = bytes
  }

  private static let units: [(name: String, shift: Int64)] = [
    ("GiB", 30), ("MiB", 20), ("KiB", 10), ("B", 0),
  ]

  /// Nil unless the text is a whole number and a unit.
  public init?(_ text: String) {
    guard let unit = Self.units.first(where: { text.hasSuffix($0.name) }),
      let count = Int64(text.dropLast(unit.name.count)), count >= 0, text.first != "+",
      count <= Int64.max >> unit.shift
    else { return nil }
    self.init(bytes: count << unit.shift)
  }

  public var description: String {
    let unit = Self.units.first { bytes != 0 && bytes % (1 << $0.shift) == 0 } ?? ("B", 0)
    return "\(bytes >> unit.shift)\(unit.name)"
  }

  public static func < (left: ByteCount, right: ByteCount) -> Bool { left.bytes < right.bytes }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let text = try container.decode(String.self)
    guard let count = ByteCount(text) else {
      throw DecodingError.dataCorruptedError(in: container, debugDescription: "'\(text)' is not a size")
    }
    self = count
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}
