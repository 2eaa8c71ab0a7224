import Foundation
import RefitCore

/// The instant at which the tests read: 2026-11-23T06:00:00Z.
let readingTime = Instant("2026-11-23T06:00:00Z")!

/// A project directory of a test's own, gone when the test is over.
final class Scratch {
  let project: String

  init() throws {
    project = NSTemporaryDirectory() + "refit-connectors-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: project) }

  var directory: String { project + "/state/monitoring/churn" }

  func path(_ name: String) -> String { directory + "/" + name }

  func write(_ name: String, _ text: String) throws {
    try Data(text.utf8).write(to: URL(fileURLWithPath: path(name)))
  }

  func setModified(_ name: String, _ instant: Instant) throws {
    let date = Date(timeIntervalSince1970: Double(instant.microseconds) / 1e6)
    try FileManager.default.setAttributes([.modificationDate: date], ofItemAtPath: path(name))
  }
}
