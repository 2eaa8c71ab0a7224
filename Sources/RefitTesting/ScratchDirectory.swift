import Foundation

/// A directory of a test's own, which is gone with it.
public final class ScratchDirectory: Sendable {
  public let path: String

  public init(_ name: String = "refit-test") throws {
    var template = Array((NSTemporaryDirectory() + "\(name)-XXXXXX").utf8CString)
    guard mkdtemp(&template) != nil else {
      throw SupportFailure("no directory in \(NSTemporaryDirectory()): \(String(cString: strerror(errno)))")
    }
    path = template.withUnsafeBufferPointer { String(cString: $0.baseAddress!) }
  }

  deinit {
    if (try? FileManager.default.removeItem(atPath: path)) != nil { return }
    // Sealed trees are read-only, and a job that was left behind may still write. A test does not fail for
    // what it fails to clean up; `rm` says what stays.
    let process = Process()
    process.executableURL = URL(filePath: "/bin/sh")
    process.arguments = ["-c", "chmod -R u+rwx \"$0\"; rm -rf \"$0\"", path]
    guard (try? process.run()) != nil else { return }
    process.waitUntilExit()
  }

  /// The path of something in the directory.
  public func path(_ name: String) -> String { "\(path)/\(name)" }

  /// Writes a file in the place of what was there, makes the directories on the way, and returns its path.
  /// It does not wait for the disk, as Foundation's `Data.write` does each time.
  @discardableResult
  public func write(_ bytes: some Sequence<UInt8>, to name: String, mode: mode_t = 0o644) throws -> String {
    let path = path(name)
    let parent = String(path[..<path.lastIndex(of: "/")!])
    try FileManager.default.createDirectory(atPath: parent, withIntermediateDirectories: true)
    // It may be sealed against writing, and it may be a link to something that is not this test's.
    unlink(path)
    guard let file = fopen(path, "we") else {
      throw SupportFailure("\(path) can't be written: \(String(cString: strerror(errno)))")
    }
    let bytes = Array(bytes)
    let written = fwrite(bytes, 1, bytes.count, file)
    fchmod(fileno(file), mode)
    guard fclose(file) == 0, written == bytes.count else {
      throw SupportFailure("\(path) is not whole: \(String(cString: strerror(errno)))")
    }
    return path
  }

  /// Writes a text in UTF-8.
  @discardableResult
  public func write(_ text: String, to name: String, mode: mode_t = 0o644) throws -> String {
    try write(text.utf8, to: name, mode: mode)
  }

  /// Makes a directory and those on the way, and returns its path.
  @discardableResult
  public func makeDirectory(_ name: String) throws -> String {
    try FileManager.default.createDirectory(atPath: path(name), withIntermediateDirectories: true)
    return path(name)
  }

  public func read(_ name: String) throws -> String {
    try String(decoding: Data(contentsOf: URL(filePath: path(name))), as: UTF8.self)
  }

  public func exists(_ name: String) -> Bool {
    access(path(name), F_OK) == 0
  }
}
