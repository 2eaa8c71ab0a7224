import Foundation
import RefitTesting
import Testing

/// `refit monitor`, as people and programs call it, of a project that has never run.
@Suite struct MonitorCommandTests {
  /// A reference of 0.00, 0.01 … 0.99; a log of days 1 to 9 of March with ten rows each, at 0.5 until day 5 and at 0.9
  /// from then on.
  private func project(_ model: String = MonitorCommandTests.drift) throws -> ScratchDirectory {
    let scratch = try ScratchDirectory("refit-monitor")
    try scratch.write(
      """
      version: 1
      project: lending
      models:
        loans:
          mode: observe
          predictions: {path: "log-*.csv", columns: {id: id, time: at, score: score, version: version}}
          features: {numeric: [x]}
          schedules: {nightly: {cron: "15 2 * * *", do: evaluate}}
      \(model)

      """, to: "refit.yaml")
    try scratch.write("x\n" + (0..<100).map { "\(Double($0) / 100)\n" }.joined(), to: "reference.csv")
    for day in 1...9 {
      let rows = (0..<10).map { "\(day)-\($0),2026-03-0\(day)T12:00:00Z,\(day < 6 ? 0.5 : 0.9),0.5,1\n" }
      try scratch.write("id,at,x,score,version\n" + rows.joined(), to: "log-\(day).csv")
    }
    return scratch
  }

  private static let drift = """
        reference: reference.csv
        monitors: {drift: {statistics: [ks_statistic], window: 2d}}
    """

  private func monitor(_ scratch: ScratchDirectory, _ arguments: String...) throws -> Command {
    try Command.run(
      try Products.path("refit"), ["monitor"] + arguments + ["--project", scratch.path],
      environment: ["NO_COLOR": "1", "TZ": "UTC"])
  }

  @Test(arguments: [
    // Half of the reference lies under 0.5 and nine in ten under 0.9, where the first rows of the window lie.
    ("2026-03-05T00:00:00Z", 0.5, 20), ("2026-03-09T00:00:00Z", 0.9, 20), ("2026-03-06T12:00:00Z", 0.5, 20),
    ("2026-03-02T00:00:00Z", 0.5, 10),
  ])
  func `programs are told the numbers of the windows that end at the instant`(
    end: String, statistic: Double, rows: Int
  ) throws {
    let answer = try monitor(try project(), "loans", "--at", end, "--json")
    #expect(answer.status == 0, "\(answer.errors)")
    let observations = try JSONDecoder().decode([String: [Told]].self, from: Data(answer.output.utf8))
    let start = try Date(end, strategy: .iso8601).addingTimeInterval(-2 * 86_400).ISO8601Format()
    #expect(
      observations == [
        "observations": [
          Told(
            metric: "ks_statistic", column: "x", window: .init(start: start, end: end), value: statistic,
            sampleSize: rows, source: "monitor", knownAt: end)
        ]
      ])
  }

  private struct Told: Decodable, Equatable {
    struct Window: Decodable, Equatable {
      var start: String
      var end: String
    }

    var metric: String
    var column: String?
    var version: Int?
    var window: Window
    var value: Double?
    var undefined: String?
    var sampleSize: Int?
    var source: String
    var knownAt: String

    enum CodingKeys: String, CodingKey {
      case metric, column, version, window, value, undefined, source
      case sampleSize = "sample_size"
      case knownAt = "known_at"
    }
  }

  @Test func `people are told the same, and nothing is recorded`() throws {
    let scratch = try project()
    let answer = try monitor(scratch, "loans", "--at", "2026-03-09T00:00:00Z")
    #expect(answer.status == 0, "\(answer.errors)")
    let lines = answer.output.split(separator: "\n")
    #expect(lines.count == 2)
    #expect(lines[1].hasPrefix("ks_statistic  x ") && lines[1].contains(" 0.9 "), "\(answer.output)")
    #expect(lines[1].contains("2 d to 2026-03-09 00:00 UTC"), "\(answer.output)")
    #expect(!FileManager.default.fileExists(atPath: scratch.path("state/refit.db")))
  }

  @Test func `a number that is unknown has its reason, and the exit code says so`() throws {
    let scratch = try project()
    let answer = try monitor(scratch, "loans", "--at", "2026-02-01T00:00:00Z", "--json")
    #expect(answer.status == 2)
    let observations = try JSONDecoder().decode([String: [Told]].self, from: Data(answer.output.utf8))
    let drift = try #require(observations["observations"]?.first)
    #expect(drift.value == nil && drift.sampleSize == 0)
    #expect(drift.undefined?.isEmpty == false)

    try scratch.write("y\n1\n", to: "reference.csv")
    let without = try monitor(scratch, "loans", "--at", "2026-03-09T00:00:00Z")
    #expect(without.status == 2)
    #expect(
      without.output.contains("monitor: the reference reference.csv has no such column"), "\(without.output)")
  }

  @Test(arguments: [
    (["loans", "--at", "yesterday"], Int32(64), "'yesterday'"),
    (["fraud"], 64, "there is no model 'fraud' in refit.yaml"),
    (["Loans!"], 64, "Loans!"),
  ])
  func `what can't be asked is refused with the reason`(
    arguments: [String], status: Int32, reason: String
  ) throws {
    let scratch = try project()
    let answer = try Command.run(
      try Products.path("refit"), ["monitor"] + arguments + ["--project", scratch.path])
    #expect(answer.status == status, "\(answer.errors)")
    #expect(answer.output.isEmpty)
    #expect(answer.errors.contains(reason), "\(answer.errors)")
  }

  @Test func `a model without monitors has nothing to tell, and a configuration that is wrong is told`()
    throws
  {
    let scratch = try project("")
    let answer = try monitor(scratch, "loans")
    #expect(answer.status == 2)
    #expect(answer.errors.contains("loans has nothing to monitor"), "\(answer.errors)")
    try scratch.write("version: 2\n", to: "refit.yaml")
    #expect(try monitor(scratch, "loans").status == 78)
  }
}
