import RefitCore
import RefitTesting
import Testing

@testable import RefitEngine

/// The columns that are compared where a model lists no features, in a log of several files.
@Suite struct InferredFeatureTests {
  /// Observes a model that lists no features on day 8, with a reference of these columns.
  private func observe(_ files: [String: String], reference: String) throws -> [Observation] {
    var log = try ObservedLog()
    log.model.features = nil
    log.model.predictions?.path = "log-*"
    log.model.monitors.drift = .init(statistics: [.psi, .ksStatistic], window: .days(7), by: .predicted)
    for (name, text) in files { try log.scratch.write(text, to: name) }
    try log.scratch.write("id,at,label\na,2026-01-06,1\nb,2026-01-06,0\n", to: "labels-0.csv")
    try log.scratch.write(reference, to: "reference.csv")
    log.reference = .table(path: log.scratch.path("reference.csv"), title: "the reference")
    return log.observe(8)
  }

  private func value(_ metric: String, _ column: String? = nil, in observations: [Observation]) -> Double? {
    observations.first { $0.metric == metric && $0.column == column }?.value
  }

  private static let header = "id,at,score,version,code,x\n"
  private static let rows = "a,2026-01-05,0.9,2,north,1\nb,2026-01-05,0.1,2,south,2\n"

  @Test(arguments: [
    // Only a header; a column that is empty there; one that only a later file has; one without a file of rows.
    ["log-1.csv": header, "log-2.csv": header + rows],
    ["log-1.csv": header + "old,2026-01-01,0.9,2,,7\n", "log-2.csv": header + rows],
    ["log-1.csv": "id,at,score,version,x\n", "log-2.csv": header + rows],
    ["log-1.jsonl": "", "log-2.csv": header + rows],
    ["log-1.csv": header + rows, "log-2.jsonl": ""],
  ])
  func `all files together decide which columns there are and of which kind`(files: [String: String]) throws {
    let observations = try observe(files, reference: "code,x\nnorth,1\nnorth,1\nsouth,2\nsouth,2\n")
    #expect(value("accuracy", in: observations) == 1)
    #expect(value("psi", "code", in: observations) == 0)
    #expect(value("ks_statistic", "x", in: observations) == 0)
  }

  @Test func `a stray word among numbers makes a category of its column, and takes nothing from the others`()
    throws
  {
    let observations = try observe(
      ["log-1.csv": Self.header + Self.rows, "log-2.csv": Self.header + "c,2026-01-05,0.5,2,north,NA\n"],
      reference: "code,x\nnorth,1\nnorth,NA\nsouth,2\n")
    #expect(value("accuracy", in: observations) == 1)
    #expect(value("psi", "x", in: observations) == 0)
    #expect(value("psi", "code", in: observations) == 0)
  }

  @Test func `a log without a column that may drift has the reason`() throws {
    for files in [
      ["log-1.csv": "id,at,score,version\na,2026-01-05,0.9,2\nb,2026-01-05,0.1,2\n"], ["log-1.jsonl": ""],
    ] {
      let observations = try observe(files, reference: "x\n1\n")
      let drift = observations.filter { ["psi", "ks_statistic"].contains($0.metric) }
      #expect(drift.count == 2)
      #expect(drift.allSatisfy { $0.value == nil && $0.undefined?.isEmpty == false })
      if files.keys.contains("log-1.csv") {
        #expect(value("accuracy", in: observations) == 1)
        #expect(
          drift.allSatisfy {
            $0.undefined?.hasPrefix("there is no feature to compare: the model lists none") == true
          })
      }
    }
  }

  @Test func `names are told apart by their bytes`() throws {
    let (composed, decomposed) = ("\u{E9}", "e\u{301}")
    let observations = try observe(
      ["log-1.csv": "id,at,score,version,\(composed),\(decomposed)\na,2026-01-05,0.9,2,1,2\n"],
      reference: "\(composed),\(decomposed)\n1,2\n")
    let columns = observations.compactMap(\.column).map { Array($0.utf8) }
    #expect(Set(columns) == [Array(composed.utf8), Array(decomposed.utf8)])
  }
}
