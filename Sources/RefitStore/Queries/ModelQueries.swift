internal import GRDB
import RefitCore

/// A model as the list of models shows it.
public struct ModelHeader: Hashable, Sendable {
  public var name: Name
  public var mode: Model.Mode
  /// Whether the configuration in force still has it.
  public var isActive: Bool
  public var configuration: Digest
  /// The version that serves; nil: none.
  public var champion: Int?

  /// What goes on of a model that has gone from the configuration, in one sentence; nil when nothing does, or when
  /// the configuration has it.
  public func leftBehind(liveRun: RunID?) -> String? {
    isActive ? nil : Self.leftBehind(name, champion: champion, liveRun: liveRun)
  }

  static func leftBehind(_ name: Name, champion: Int?, liveRun: RunID?) -> String? {
    let serves = champion.map { "\(VersionID(model: name, number: $0)) serves" }
    let goesOn = [serves, liveRun.map { "\($0) is live" }].compactMap(\.self)
    guard !goesOn.isEmpty else { return nil }
    return "model \(name) is no longer in refit.yaml, but \(goesOn.joined(separator: " and "))"
  }
}

extension StoreQueries {
  /// The model as it is configured now, with the digest of that; nil for an unknown one. A model that has gone
  /// from the configuration is told as it was last.
  public func model(_ name: Name) throws(StoreError) -> (model: Model, configuration: Digest)? {
    let models = connection.models
    return try read { db in
      let statement = try db.cachedStatement(sql: "SELECT configuration FROM model WHERE name = ?")
      guard let configuration = try Digest.fetchOne(statement, arguments: [name]) else { return nil }
      return (try db.model(name, configuration: configuration, cache: models), configuration)
    }
  }

  /// All models by name, those that have gone from the configuration among them.
  public func models() throws(StoreError) -> [ModelHeader] {
    try read { db in
      let statement = try db.cachedStatement(
        sql: """
          SELECT name, mode, active, configuration, champion.version
          FROM model LEFT JOIN champion ON champion.model = model.name ORDER BY name
          """)
      return try Row.fetchAll(statement).map { row in
        ModelHeader(
          name: try row.decode(atIndex: 0), mode: try row.decode(atIndex: 1),
          isActive: try row.decode(atIndex: 2), configuration: try row.decode(atIndex: 3),
          champion: try row.decode(atIndex: 4))
      }
    }
  }
}

extension Database {
  /// The model as it was configured under this digest.
  func model(_ name: Name, configuration: Digest, cache: ModelCache) throws -> Model {
    try cache.model(name, configuration: configuration) {
      let statement = try cachedStatement(
        sql: "SELECT json FROM model_configuration WHERE model = ? AND digest = ?")
      guard let json = try String.fetchOne(statement, arguments: [name, configuration]) else {
        throw StoreError.unknown("the configuration \(configuration.short) of model \(name)")
      }
      // The map that holds a model knows its name; the model's own JSON does not.
      var model = try CanonicalJSON.decode(Model.self, from: json)
      model.name = name
      return model
    }
  }
}
