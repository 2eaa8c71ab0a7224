import Foundation
import RefitCore
import RefitTesting
import Testing

@testable import RefitEngine

/// What is observed does not depend on the format of the logs.
@Suite struct LogFormatTests {
  @Test func jsonLinesAndPackedFilesAreObservedAsCSVIs() throws {
    var log = try ObservedLog()
    log.model.monitors.drift = .init(statistics: [.ksStatistic], window: .days(7), by: .predicted)
    log.rows = (0..<40).map { row in
      var drawn = ObservedLog.Row.labelled(
        "r\(row)", day: 1 + Double(row) / 10, score: Double(row % 10) / 10, label: row % 3 == 0 ? "1" : "0")
      drawn.x = Double(row) / 40
      return drawn
    }
    try log.scratch.write("x\n0\n0.5\n1\n", to: "reference.csv")
    log.reference = .table(path: log.scratch.path("reference.csv"), title: "the reference")
    try log.write()
    let expected = log.observe(8)
    #expect(expected.count == 3 && expected.allSatisfy { $0.value != nil })

    for name in ["predictions-0", "labels-1"] {
      try write(log.scratch.read("\(name).csv"), asLinesTo: "\(name).jsonl", of: log.scratch)
      try FileManager.default.removeItem(atPath: log.scratch.path("\(name).csv"))
    }
    for name in ["predictions-1.csv", "labels-1.jsonl", "reference.csv"] {
      #expect(try Command.run("/usr/bin/env", ["gzip", log.scratch.path(name)]).status == 0)
    }
    log.model.predictions?.path = "predictions-*"
    log.model.feedback?.path = "labels-*"
    log.reference = .table(path: log.scratch.path("reference.csv.gz"), title: "the reference")
    let found = log.observe(8)
    #expect(found.map(\.metric) == expected.map(\.metric))
    #expect(found.map(\.value) == expected.map(\.value))
    #expect(found.map(\.sampleSize) == expected.map(\.sampleSize))
  }

  /// Writes CSV without quotes as JSON lines, numbers as numbers.
  private func write(_ csv: String, asLinesTo name: String, of scratch: ScratchDirectory) throws {
    let rows = csv.split(separator: "\n").map { $0.split(separator: ",", omittingEmptySubsequences: false) }
    let lines = rows.dropFirst().map { row in
      zip(rows[0], row).map { "\"\($0)\":\(Double($1) == nil ? "\"\($1)\"" : String($1))" }
        .joined(separator: ",")
    }
    try scratch.write(lines.map { "{\($0)}\n" }.joined(), to: name)
  }
}
