/// What `refit.yaml` says, validated and with every default filled in. Encoded, it has the shape of the file.
public struct Project: Hashable, Sendable, Codable {
  public enum Clock: String, Hashable, Sendable, Codable, CaseIterable {
    case wall
    /// Every wall time is that of `refit tick --now`, which may not go back.
    case simulated
  }

  public var name: Name
  /// Default IANA zone of schedules.
  public var timezone: String
  /// How many attempts may run at once on this machine.
  public var concurrency: Int
  public var clock: Clock
  /// Sorted by name.
  public var models: [Model]

  public init(
    name: Name, timezone: String = "UTC", concurrency: Int = 2, clock: Clock = .wall, models: [Model]
  ) {
    self.name = name
    self.timezone = timezone
    self.concurrency = concurrency
    self.clock = clock
    self.models = models.sorted { $0.name < $1.name }
  }

  private enum Keys: String, CodingKey { case version, project, timezone, concurrency, clock, models }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Keys.self)
    let models = try container.decode([String: Model].self, forKey: .models)
    self.init(
      name: try container.decode(Name.self, forKey: .project),
      timezone: try container.decode(String.self, forKey: .timezone),
      concurrency: try container.decode(Int.self, forKey: .concurrency),
      clock: try container.decode(Clock.self, forKey: .clock),
      models: try models.named())
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Keys.self)
    try container.encode(1, forKey: .version)
    try container.encode(name, forKey: .project)
    try container.encode(timezone, forKey: .timezone)
    try container.encode(concurrency, forKey: .concurrency)
    try container.encode(clock, forKey: .clock)
    try container.encode(models.keyedByName(), forKey: .models)
  }
}

/// A value that `refit.yaml` lists in a map, under its name.
public protocol NamedEntry {
  var name: Name { get set }
}

extension Array where Element: NamedEntry {
  /// The entries as the map that `refit.yaml` has.
  public func keyedByName() -> [String: Element] {
    Dictionary(map { ($0.name.text, $0) }, uniquingKeysWith: { first, _ in first })
  }
}

extension Dictionary where Key == String, Value: NamedEntry {
  /// The entries in order of name, each told its name.
  func named() throws -> [Value] {
    try sorted { $0.key < $1.key }.map { key, value in
      guard let name = Name(key) else {
        throw DecodingError.dataCorrupted(.init(codingPath: [], debugDescription: "'\(key)' is not a name"))
      }
      var value = value
      value.name = name
      return value
    }
  }
}
