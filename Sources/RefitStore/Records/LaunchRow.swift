internal import GRDB
import RefitCore

extension Database {
  /// Writes what an attempt was launched with; launching it again replaces that.
  func writeLaunch(_ facts: AttemptFacts, attempt: Int64) throws {
    try cachedStatement(
      sql: """
        INSERT INTO attempt_launch (attempt, directory, arguments, variables, seed, token, host, system,
          "commit", diff)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT (attempt) DO UPDATE SET directory = excluded.directory, arguments = excluded.arguments,
          variables = excluded.variables, seed = excluded.seed, token = excluded.token, host = excluded.host,
          system = excluded.system, "commit" = excluded."commit", diff = excluded.diff
        """
    ).execute(arguments: [
      attempt, facts.directory, Payload.list(facts.arguments.map(Payload.text)).json,
      Payload.list(facts.variables.map(Payload.text)).json, Int64(bitPattern: facts.seed), facts.token,
      facts.host.name, facts.host.system, facts.commit, facts.diff,
    ])
  }

  /// What an attempt was launched with; nil when it never was.
  func launch(attempt: Int64) throws -> AttemptFacts? {
    let statement = try cachedStatement(
      sql: """
        SELECT directory, arguments, variables, seed, token, host, system, "commit", diff
        FROM attempt_launch WHERE attempt = ?
        """)
    return try Row.fetchOne(statement, arguments: [attempt]).map { row in
      AttemptFacts(
        directory: try row.decode(atIndex: 0),
        arguments: try CanonicalJSON.decode(from: try row.decode(atIndex: 1)),
        variables: try CanonicalJSON.decode(from: try row.decode(atIndex: 2)),
        seed: UInt64(bitPattern: try row.decode(atIndex: 3)), token: try row.decode(atIndex: 4),
        host: World.Host(name: try row.decode(atIndex: 5), system: try row.decode(atIndex: 6)),
        commit: try row.decode(atIndex: 7), diff: try row.decode(atIndex: 8))
    }
  }
}
