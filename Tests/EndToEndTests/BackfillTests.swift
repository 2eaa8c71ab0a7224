import Foundation
import RefitTesting
import Testing

@Suite struct BackfillTests {
  @Test func `a past is shown as a table and as JSON, recorded once, and told in the ledger`() throws {
    let project = try TestProject(
      when: "{performance: {metric: roc_auc, below: 0.9, window: 7d, min-samples: 50}}")
    try project.live(0...9, truth: 1.5, version: 3)
    try project.live(10...14, truth: -1.5, version: 3)
    try project.tick(16)

    let table = try project.refit(
      "backfill", "loans", "--from", TestProject.time(5), "--to", TestProject.time(15))
    #expect(table.status == 0, "\(table.errors)")
    let lines = table.output.split(separator: "\n")
    #expect(lines.first?.contains("roc_auc") == true && lines.first?.contains("verdict") == true)
    #expect(lines.count { $0.hasPrefix("2026-01-") } == 11)
    #expect(table.output.contains("11 occurrences: 11 unknown. "))
    #expect(table.output.contains("By the record no version of loans served at that time"))
    #expect(table.errors.isEmpty, "no progress where nobody watches")

    let answer = try project.json(
      "backfill", "loans", "--from", TestProject.time(5), "--to", TestProject.time(15), "--schedule",
      "nightly")
    #expect(answer["observations_added"] as? Int == 0)
    let decisions = try #require(answer["decisions"] as? [[String: Any]])
    #expect(decisions.count == 11)
    let values = decisions.compactMap { decision in
      (decision["observations"] as? [[String: Any]])?.first { $0["metric"] as? String == "roc_auc" }?["value"]
        as? Double
    }
    #expect(values.count == 11 && values[3] > 0.7 && values[10] < values[3], "the ranking rots: \(values)")

    let events =
      try project.json("audit", "log", "--kind", "observations-backfilled")["events"] as? [[String: Any]]
    #expect(events?.count == 1)
    #expect(try project.refit("observations", "loans", "--metric", "roc_auc").output.contains("backfill"))
    #expect(try project.refit("audit", "verify").status == 0)
    #expect(try project.runStates().isEmpty)
  }
}
