import RefitTables

extension TableFiles {
  /// What a command's argument names; throws a usage failure where no file matches a pattern.
  init(named argument: String) throws {
    do { self = try TableFiles(argument) } catch { throw Failure(.usage, error.description) }
  }

  /// Whether several files may be meant.
  var isPattern: Bool { paths != [name] }

  /// The name, how many files match it where it is a pattern, and how many rows there are.
  func told(rows: Int, separator: String) -> String {
    let files = isPattern ? [PersonNumber.count(paths.count, "file")] : []
    return ([name] + files + [PersonNumber.count(rows, "row")]).joined(separator: separator)
  }

  /// The last part of the name, for titles.
  var title: String { name.split(separator: "/").last.map(String.init) ?? name }
}
