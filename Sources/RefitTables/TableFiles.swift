import Glibc

/// The files that a path or a pattern names, which are read as one table.
public struct TableFiles: Hashable, Sendable {
  /// The path or the pattern, as it was given.
  public let name: String
  /// At least one; those that match a pattern in the order of their names.
  public let paths: [String]

  /// Takes the path of a file that is there as it is, and what has `*`, `?` or `[` besides as a shell's pattern.
  ///
  /// - Throws: where no file matches a pattern. Whether there is the file of a path, reading tells.
  public init(_ name: String) throws(TableError) {
    self.name = name
    guard access(name, F_OK) != 0, name.utf8.contains(where: "*?[".utf8.contains) else {
      paths = [name]
      return
    }
    var found = glob_t()
    defer { globfree(&found) }
    guard glob(name, 0, nil, &found) == 0 else {
      throw TableError(file: name, message: "no file matches this pattern")
    }
    paths = (0..<Int(found.gl_pathc)).compactMap { found.gl_pathv[$0].map { String(cString: $0) } }
  }

  /// The names of the columns that any of the files has, in the order of their first appearance; throws where a file
  /// is no table.
  public func columnNames() throws(TableError) -> [String] {
    var names: [String] = []
    for path in paths { names += try TableFile.columnNames(of: path) }
    return ColumnNames(names).names
  }

  /// Reads columns of all files, as `TableFile.read` does.
  public func read(_ columns: [ColumnRequest]) throws(TableError) -> Table {
    try TableFile.read(paths, columns: columns)
  }
}
