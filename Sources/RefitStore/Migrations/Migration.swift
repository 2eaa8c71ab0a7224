/// One step of the schema. Steps are run in order and never changed once released; `PRAGMA user_version` counts
/// those that a database has seen.
struct Migration: Sendable {
  let sql: String

  static let all: [Migration] = [
    Migration(
      sql: [
        SchemaV1.configuration, SchemaV1.monitoring, SchemaV1.runs, SchemaV1.versions, SchemaV1.artifacts,
        SchemaV1.ledger,
      ].joined(separator: "\n")),
    Migration(
      sql: [
        SchemaV2.bindings, SchemaV2.pauses, SchemaV2.occurrences,
      ].joined(separator: "\n")),
  ]
}

/// The first schema. Every table is STRICT; times are whole microseconds since 1970 in UTC, digests are the 32
/// bytes of a SHA-256, and JSON is canonical.
enum SchemaV1 {}

/// What the second schema adds.
enum SchemaV2 {}
