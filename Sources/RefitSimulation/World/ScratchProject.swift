import Foundation
import RefitExecution
import RefitTesting

/// A project's folder in memory where the machine has such a place, so that syncing a file costs nothing; it is gone
/// with the value.
final class ScratchProject: Sendable {
  let directory: ProjectDirectory

  init() throws {
    let memory = "/dev/shm/"
    let place = access(memory, W_OK) == 0 ? memory : NSTemporaryDirectory()
    var template = Array((place + "refit-simulate-XXXXXX").utf8CString)
    guard mkdtemp(&template) != nil else {
      throw SupportFailure("no folder in \(place): \(String(cString: strerror(errno)))")
    }
    directory = ProjectDirectory(root: template.withUnsafeBufferPointer { String(cString: $0.baseAddress!) })
  }

  deinit {
    Self.remove(directory.root)
  }

  func path(_ name: String) -> String { "\(directory.root)/\(name)" }

  /// Writes a file in the place of what was there, and the folders on the way.
  func write(_ text: String, to name: String) throws {
    try Self.write(text, to: path(name))
  }

  func append(_ text: String, to name: String) throws {
    let path = path(name)
    try Self.makeParent(of: path)
    guard let file = fopen(path, "ae") else { throw Self.failure(path) }
    fputs(text, file)
    fclose(file)
  }

  /// The paths in a text as the project names them: the same in each run.
  func anonymous(_ text: String) -> String {
    text.replacingOccurrences(of: directory.root + "/", with: "")
  }

  static func write(_ text: String, to path: String) throws {
    try makeParent(of: path)
    guard let file = fopen(path, "we") else { throw failure(path) }
    fputs(text, file)
    fclose(file)
  }

  static func read(_ path: String) -> String? {
    guard let file = fopen(path, "re") else { return nil }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 4096)
    while true {
      let count = fread(&buffer, 1, buffer.count, file)
      if count == 0 { return String(decoding: bytes, as: UTF8.self) }
      bytes += buffer[..<count]
    }
  }

  private static func makeParent(of path: String) throws {
    guard let slash = path.lastIndex(of: "/") else { return }
    do { try FileBytes.makeDirectory(String(path[..<slash])) } catch { throw SupportFailure("\(error)") }
  }

  private static func failure(_ path: String) -> SupportFailure {
    SupportFailure("\(path) can't be written: \(String(cString: strerror(errno)))")
  }

  /// Removes a folder and all in it, sealed trees too. What can't be removed stays.
  private static func remove(_ path: String) {
    var status = stat()
    guard lstat(path, &status) == 0 else { return }
    guard status.st_mode & S_IFMT == S_IFDIR else {
      unlink(path)
      return
    }
    chmod(path, 0o755)
    do { for name in try FileBytes.names(in: path) { remove("\(path)/\(name)") } } catch { return }
    rmdir(path)
  }
}
