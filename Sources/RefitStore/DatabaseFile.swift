import Glibc

/// The file that a database lies in.
enum DatabaseFile {
  /// Refuses what is there and is no regular file, before SQLite opens it: a named pipe would be waited for.
  static func check(_ path: String) throws(StoreError) {
    var status = stat()
    guard stat(path, &status) == 0 else { return }
    let kind: String
    switch status.st_mode & S_IFMT {
    case S_IFREG: return
    case S_IFDIR: kind = "a directory"
    case S_IFIFO: kind = "a named pipe"
    case S_IFSOCK: kind = "a socket"
    default: kind = "a device"
    }
    throw .unreadable(path: path, because: "it is \(kind), not a file; put a backup in its place")
  }
}
