/// What the name of a file says of its contents.
struct TableFormat: Hashable {
  /// Whether the bytes are packed with gzip.
  let isCompressed: Bool

  /// The format by the end of the name, in upper or lower case: `.gz` is gzip around CSV, and every other name is CSV.
  init(path: String) {
    isCompressed = path.lowercased().hasSuffix(".gz")
  }

  /// The text of a file of this format.
  func open(_ path: String) throws(TableError) -> any ByteSource {
    let file = try RegularFile(path: path)
    return isCompressed ? try GzipFile(file) : file
  }
}
