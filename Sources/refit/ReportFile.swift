import Glibc
import RefitExecution

/// The file that a page is written to.
struct ReportFile {
  let path: String

  /// Throws a usage failure where no page can be put, or where one would take the place of a file that is to be read, by
  /// whatever name.
  init(_ path: String, notAmong inputs: [String]) throws {
    self.path = path
    guard !path.isEmpty else { throw Failure(.usage, "--report needs the path of a file") }
    var (written, status) = (stat(), stat())
    guard stat(path, &written) == 0 else {
      guard lstat(path, &written) != 0 else {
        throw Failure(.usage, "--report needs the path of a file, and \(path) is a link to none")
      }
      try Self.checkFolder(of: path)
      return
    }
    guard written.st_mode & S_IFMT == S_IFREG else {
      let found = written.st_mode & S_IFMT == S_IFDIR ? "is a directory" : "is no regular file"
      throw Failure(.usage, "--report needs the path of a file, and \(path) \(found)")
    }
    for input in inputs where stat(input, &status) == 0 {
      guard (written.st_dev, written.st_ino) != (status.st_dev, status.st_ino) else {
        throw Failure(.usage, "--report would replace \(input), which is to be read")
      }
    }
    try Self.checkFolder(of: FileBytes.resolved(path))
  }

  private static func checkFolder(of path: String) throws {
    let folder = path.lastIndex(of: "/").map { path[...$0] } ?? "./"
    guard access(String(folder), W_OK | X_OK) != 0 else { return }
    let reason = String(cString: strerror(errno))
    throw Failure(.usage, "--report can't be written to \(path): \(folder): \(reason)")
  }

  /// Puts a page in the place of what was there.
  func write(_ page: String) throws { try FileBytes.replace(path, with: Array(page.utf8)) }

  /// What a person is told once it is written.
  var news: String { "Wrote \(ShownText(path).text)." }
}
