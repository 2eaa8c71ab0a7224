import Foundation

/// A directory of a test's own, which is gone with it.
public final class ScratchDirectory: Sendable {
  public let path: String

  public init(_ name: String = "refit-test") throws {
    var template = Array((NSTemporaryDirectory() + "\(name)-XXXXXX").utf8CString)
    guard mkdtemp(&template) != nil else { throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }
    path = template.withUnsafeBufferPointer { String(cString: $0.baseAddress!) }
  }

  deinit {
    // Sealed trees are read-only; a test that fails to clean up must not fail for it.
    let process = Process()
    process.executableURL = URL(filePath: "/bin/sh")
    process.arguments = ["-c", "chmod -R u+w \"$0\" && rm -rf \"$0\"", path]
    try? process.run()
    process.waitUntilExit()
  }

  public func write(_ text: String, to name: String, executable: Bool = false) throws {
    let url = URL(filePath: "\(path)/\(name)")
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: url)
    if executable { chmod(url.path, 0o755) }
  }

  public func read(_ name: String) throws -> String {
    try String(contentsOf: URL(filePath: "\(path)/\(name)"), encoding: .utf8)
  }

  public func exists(_ name: String) -> Bool {
    access("\(path)/\(name)", F_OK) == 0
  }
}
