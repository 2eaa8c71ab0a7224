/// What the name of a file says of its contents.
struct TableFormat: Hashable {
  /// How rows are written.
  enum Rows {
    case csv, jsonLines, parquet
  }

  let rows: Rows
  /// Whether the text is packed with gzip.
  let isCompressed: Bool

  /// The format by the end of the name, in upper or lower case: `.parquet` and `.pq` are Parquet, `.jsonl` and `.ndjson`
  /// are JSON lines, and every other name is CSV; the latter two are packed with gzip where `.gz` follows.
  init(path: String) {
    let name = path.lowercased()
    isCompressed = name.hasSuffix(".gz")
    let plain = isCompressed ? name.dropLast(3) : name[...]
    if name.hasSuffix(".parquet") || name.hasSuffix(".pq") {
      rows = .parquet
      return
    }
    rows = plain.hasSuffix(".jsonl") || plain.hasSuffix(".ndjson") ? .jsonLines : .csv
  }

  /// The text of a file of this format.
  func open(_ path: String) throws(TableError) -> any ByteSource {
    let file = try RegularFile(path: path)
    return isCompressed ? try GzipFile(file) : file
  }
}
