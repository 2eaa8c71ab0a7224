import Foundation
import Glibc

/// A directory that is gone with its last user.
final class TemporaryDirectory: Sendable {
  let path: String

  init() {
    var template = Array("/tmp/refit-execution-XXXXXX".utf8CString)
    precondition(mkdtemp(&template) != nil, "no temporary directory")
    path = template.withUnsafeBufferPointer { String(cString: $0.baseAddress!) }
  }

  deinit {
    // Directories in a vault are read-only.
    run("/bin/chmod", "-R", "u+rwx", path)
    run("/bin/rm", "-rf", path)
  }

  func path(_ name: String) -> String { "\(path)/\(name)" }

  @discardableResult
  func write(_ bytes: some Sequence<UInt8>, to name: String, mode: mode_t = 0o644) -> String {
    let path = path(name)
    mkdirs(String(path[..<path.lastIndex(of: "/")!]))
    precondition(FileManager.default.createFile(atPath: path, contents: Data(bytes)), "\(path) not written")
    chmod(path, mode)
    return path
  }

  @discardableResult
  func write(_ text: String, to name: String, mode: mode_t = 0o644) -> String {
    write(text.utf8, to: name, mode: mode)
  }

  func makeDirectory(_ name: String) { mkdirs(path(name)) }

  private func mkdirs(_ path: String) {
    try? FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }
}

/// Runs a command to its end and returns what it printed.
@discardableResult
func run(_ command: String...) -> String {
  let process = Process()
  process.executableURL = URL(filePath: command[0])
  process.arguments = Array(command.dropFirst())
  let output = Pipe()
  process.standardOutput = output
  try! process.run()
  let data = output.fileHandleForReading.readDataToEndOfFile()
  process.waitUntilExit()
  return String(decoding: data, as: UTF8.self)
}
