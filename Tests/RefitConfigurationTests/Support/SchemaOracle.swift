import RefitTesting

/// Asks `Tests/Oracles/schema_oracle.py`, which judges files by the JSON Schema with Python's `jsonschema`, and
/// reads YAML 1.2 a second time with PyYAML.
enum SchemaOracle {
  private struct Question: Encodable {
    let schema = Repository.path("Documentation/refit.schema.json")
    let files: [String]
  }

  /// For each file why it is refused, or nil.
  static func objections(to files: [String]) throws -> [String?] {
    try Oracle.ask("schema_oracle.py", Question(files: files))
  }
}
