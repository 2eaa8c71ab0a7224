import RefitTesting

/// Asks `Tests/Oracles/cron_oracle.py`, which answers from cronsim, zoneinfo, hashlib and the C library.
enum CronOracle {
  struct Question: Encodable {
    var cron: [Case] = []
    var offsets: [ZoneInstants] = []
    var rules: [RuleInstants] = []
    var hashes: [String] = []
    var walls: [Wall] = []
  }

  /// A stretch of time in which the offsets of a zone are asked for.
  struct Wall: Encodable, Hashable {
    var zone: String
    var from: Int64
    var to: Int64
  }

  struct Case: Encodable {
    var expression: String
    var zone: String
    var after: Int64
    var count: Int
  }

  struct ZoneInstants: Encodable {
    var zone: String
    var instants: [Int64]
  }

  struct RuleInstants: Encodable {
    var rule: String
    var instants: [Int64]
  }

  struct Answer: Decodable {
    /// Nil where cronsim did not come to an end.
    var cron: [[Int64]?]
    var offsets: [[Int]]
    var rules: [[Int]]
    var hashes: [Hashed]
    /// The second from which an offset holds, and the offset; ascending.
    var walls: [[[Int64]]]
  }

  struct Hashed: Decodable {
    /// Minute, hour, day of month, month and day of week of `H H H H H`.
    var single: [Int]
    /// What `H(7-41)/9 H/5 H(3-20) H/4 H(mon-sat)/2` comes to.
    var ranged: String
  }

  static func ask(_ question: Question) throws -> Answer { try Oracle.ask("cron_oracle.py", question) }
}
