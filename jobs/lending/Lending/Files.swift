import Glibc

/// Whole files and folders, through the C library.
public enum Files {
  /// Everything in the file at `path`; throws `unreadable`.
  public static func read(_ path: String) throws(LendingError) -> [UInt8] {
    guard let file = fopen(path, "re") else { throw .unreadable(path: path, reason: reason()) }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var status = stat()
    if fstat(fileno(file), &status) == 0 { bytes.reserveCapacity(Int(status.st_size)) }
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while case let count = fread(&buffer, 1, buffer.count, file), count > 0 {
      bytes.append(contentsOf: buffer[..<count])
    }
    guard ferror(file) == 0 else { throw .unreadable(path: path, reason: reason()) }
    return bytes
  }

  /// Puts `text` at `path` under another name first, so that a reader never sees half a file; makes the folders.
  public static func write(_ text: String, to path: String) throws(LendingError) {
    if let slash = path.lastIndex(of: "/") { try makeFolder(String(path[..<slash])) }
    let unfinished = path + ".unfinished"
    try put(text, at: unfinished, mode: "we")
    guard rename(unfinished, path) == 0 else { throw .unwritable(path: path, reason: reason()) }
  }

  /// Adds `text` at the end of the file at `path`, which is made when missing.
  public static func append(_ text: String, to path: String) throws(LendingError) {
    try put(text, at: path, mode: "ae")
  }

  /// The names in the folder at `path`, sorted by bytes; throws `unreadable`.
  public static func names(in path: String) throws(LendingError) -> [String] {
    guard let folder = opendir(path) else { throw .unreadable(path: path, reason: reason()) }
    defer { closedir(folder) }
    var names: [String] = []
    while let entry = readdir(folder) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  /// What the symbolic link at `path` points to, or nil where there is none.
  public static func linkTarget(_ path: String) -> String? {
    var buffer = [UInt8](repeating: 0, count: Int(PATH_MAX))
    let count = buffer.withUnsafeMutableBytes { bytes in
      readlink(path, bytes.baseAddress!.assumingMemoryBound(to: CChar.self), bytes.count)
    }
    return count < 0 ? nil : String(decoding: buffer[..<count], as: UTF8.self)
  }

  private static func put(_ text: String, at path: String, mode: String) throws(LendingError) {
    guard let file = fopen(path, mode) else { throw .unwritable(path: path, reason: reason()) }
    let written = fputs(text, file)
    guard fclose(file) == 0, written >= 0 else { throw .unwritable(path: path, reason: reason()) }
  }

  private static func makeFolder(_ path: String) throws(LendingError) {
    guard !path.isEmpty, access(path, F_OK) != 0 else { return }
    if let slash = path.lastIndex(of: "/") { try makeFolder(String(path[..<slash])) }
    guard mkdir(path, 0o777) == 0 || errno == EEXIST else {
      throw .unwritable(path: path, reason: reason())
    }
  }

  private static func reason() -> String { String(cString: strerror(errno)) }
}
