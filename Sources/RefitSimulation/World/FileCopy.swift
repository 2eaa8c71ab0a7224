import Glibc
import RefitTesting

/// Copies of files that the kernel makes, without their bytes coming here.
enum FileCopy {
  /// False where there is nothing to copy.
  static func make(of path: String, at copy: String) throws -> Bool {
    let source = open(path, O_RDONLY | O_CLOEXEC)
    guard source >= 0 else { return false }
    defer { close(source) }
    let target = open(copy, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    guard target >= 0 else { throw failure(copy) }
    defer { close(target) }
    while true {
      let count = sendfile(target, source, nil, 1 << 30)
      if count == 0 { return true }
      if count < 0 { throw failure(copy) }
    }
  }

  /// In bytes; 0 where there is no such file.
  static func size(_ ending: String, of path: String) -> Int {
    var status = stat()
    return stat(path + ending, &status) == 0 ? Int(status.st_size) : 0
  }

  private static func failure(_ path: String) -> SupportFailure {
    SupportFailure("\(path) can't be written: \(String(cString: strerror(errno)))")
  }
}
