import Foundation
import Testing

/// A directory for the files of one test, removed with it.
final class TemporaryFiles {
  let directory: URL

  init() throws {
    directory = FileManager.default.temporaryDirectory.appending(path: "refit-tables-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
  }

  deinit {
    do {
      try FileManager.default.removeItem(at: directory)
    } catch {
      Issue.record(error)
    }
  }

  func path(_ name: String) -> String { directory.appending(path: name).path }

  struct WriteFailure: Error {
    var path: String
  }

  /// Writes a file and gives its path. (Foundation's `Data.write` would wait for the disk each time.)
  func write(_ content: [UInt8], as name: String = "table.csv") throws -> String {
    guard let file = fopen(path(name), "w") else { throw WriteFailure(path: path(name)) }
    let written = fwrite(content, 1, content.count, file)
    guard fclose(file) == 0, written == content.count else { throw WriteFailure(path: path(name)) }
    return path(name)
  }

  func write(_ content: String, as name: String = "table.csv") throws -> String {
    try write(Array(content.utf8), as: name)
  }
}

/// SplitMix64: the same seed gives the same numbers everywhere.
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
