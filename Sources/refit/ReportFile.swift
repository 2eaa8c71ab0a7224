import Glibc
import RefitExecution

/// The file that a page is written to.
struct ReportFile {
  let path: String

  /// Throws a usage failure where the file is one of those that are to be read, by whatever name.
  init(_ path: String, notAmong inputs: [String]) throws {
    self.path = path
    var (written, status) = (stat(), stat())
    guard stat(path, &written) == 0 else { return }
    for input in inputs where stat(input, &status) == 0 {
      guard (written.st_dev, written.st_ino) != (status.st_dev, status.st_ino) else {
        throw Failure(.usage, "--report would replace \(input), which is to be read")
      }
    }
  }

  /// Puts a page in the place of what was there.
  func write(_ page: String) throws { try FileBytes.write(Array(page.utf8), to: path) }

  /// What a person is told once it is written.
  var news: String { "Wrote \(ShownText(path).text)." }
}
