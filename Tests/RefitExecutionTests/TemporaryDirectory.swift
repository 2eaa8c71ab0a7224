import Foundation
import RefitTesting

/// The scratch directory of a suite that holds it as a property and writes to it where nothing can be thrown,
/// as in `defer`: trouble with it ends the tests.
struct TemporaryDirectory: Sendable {
  private let scratch = try! ScratchDirectory("refit-execution")

  var path: String { scratch.path }

  func path(_ name: String) -> String { scratch.path(name) }

  @discardableResult
  func write(_ bytes: some Sequence<UInt8>, to name: String, mode: mode_t = 0o644) -> String {
    try! scratch.write(bytes, to: name, mode: mode)
  }

  @discardableResult
  func write(_ text: String, to name: String, mode: mode_t = 0o644) -> String {
    write(text.utf8, to: name, mode: mode)
  }

  func makeDirectory(_ name: String) {
    try! scratch.makeDirectory(name)
  }
}

/// Runs a command to its end and returns what it printed.
@discardableResult
func run(_ command: String...) -> String {
  try! Command.run(command[0], Array(command.dropFirst())).output
}
