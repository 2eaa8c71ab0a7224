import Foundation
import Glibc
import GRDB

extension Oracle {
  /// The pointer names what was promoted last, its bytes are intact, and after a tick that nothing troubled the link
  /// leads there.
  func checkChampions(_ records: Records, after step: Step) throws {
    for row in try records.rows("SELECT model, version FROM champion") {
      let model: String = row["model"]
      let name = "\(model)@\(row["version"] as Int)"
      guard let known = champions[model], known.version == row["version"] as Int, let origin = known.run
      else {
        throw Violation(.championIntact, "\(name) serves, and no promotion says so")
      }
      try checkBytes(name: name, sealed: known.sealed, origin: origin, .championIntact)
      guard case .cleanTick = step else { continue }
      let served = ScratchProject.read("\(project.directory.root)/state/models/\(model)/champion/weights")
      guard served == SimulatedJob.model(seed: seed, run: origin) else {
        throw Violation(
          .championIntact, "\(name) is champion, and the link leads to '\(served ?? "nothing")'")
      }
    }
  }

  /// The same run judged again on the same evidence has the same results.
  func checkReports(_ records: Records) throws {
    let rows = try records.rows("SELECT * FROM gate_report WHERE id > ? ORDER BY id", [seenReport])
    for row in rows {
      seenReport = row["id"]
      let twin = try records.rows(
        """
        SELECT json FROM gate_report
        WHERE run = ? AND candidate = ? AND champion IS ? AND holdout IS ? AND id < ? LIMIT 1
        """,
        [
          row["run"] as Int64, row["candidate"] as Int, row["champion"] as Int?, row["holdout"] as Data?,
          seenReport,
        ]
      ).first
      if let twin, twin["json"] as String != row["json"] as String {
        throw Violation(
          .sameDecision,
          "two gate reports on the same evidence differ: \(twin["json"] as String) and \(row["json"] as String)"
        )
      }
    }
  }
}
