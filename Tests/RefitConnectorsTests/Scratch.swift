import Foundation
import RefitCore
import RefitTesting

/// The instant at which the tests read: 2026-11-23T06:00:00Z.
let readingTime = Instant("2026-11-23T06:00:00Z")!

/// A project of a test's own, with a directory of observations.
struct Scratch {
  private static let monitoring = "state/monitoring/churn"
  private let root: ScratchDirectory

  init() throws {
    root = try ScratchDirectory("refit-connectors")
    try root.makeDirectory(Self.monitoring)
  }

  var project: String { root.path }
  var directory: String { root.path(Self.monitoring) }

  func path(_ name: String) -> String { directory + "/" + name }

  func write(_ name: String, _ text: String) throws {
    try root.write(text, to: "\(Self.monitoring)/\(name)")
  }

  func setModified(_ name: String, _ instant: Instant) throws {
    let date = Date(timeIntervalSince1970: Double(instant.microseconds) / 1e6)
    try FileManager.default.setAttributes([.modificationDate: date], ofItemAtPath: path(name))
  }
}
