import RefitTesting

/// Asks `Tests/Oracles/cron_oracle.py`, which answers from cronsim, zoneinfo and the C library.
enum CronOracle {
  struct Question: Encodable {
    var cron: [Case] = []
    var offsets: [ZoneInstants] = []
    var rules: [RuleInstants] = []
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
    var cron: [[Int64]]
    var offsets: [[Int]]
    var rules: [[Int]]
  }

  static func ask(_ question: Question) throws -> Answer { try Oracle.ask("cron_oracle.py", question) }
}
