/// What the name of a file says of its contents.
struct TableFormat: Hashable {
  /// How rows are written.
  enum Rows {
    case csv, jsonLines, parquet
  }

  let rows: Rows
  /// Whether the text is packed with gzip.
  let isCompressed: Bool

  /// Ends of the names of files that are told at once not to be tables of these formats.
  private static let others = [
    "tsv", "tab", "json", "xlsx", "xls", "ods", "feather", "arrow", "orc", "avro", "zip", "bz2", "xz", "zst",
    "pkl",
    "npy", "npz",
  ]

  /// The format by the end of the name, in upper or lower case: `.parquet` and `.pq` are Parquet, `.jsonl` and `.ndjson`
  /// are JSON lines, and every other name is CSV; the latter two are packed with gzip where `.gz` follows. Throws where
  /// the name is that of another format or of Parquet packed with gzip.
  init(path: String) throws(TableError) {
    let name = path.lowercased()
    isCompressed = name.hasSuffix(".gz")
    let plain = isCompressed ? name.dropLast(3) : name[...]
    if plain.hasSuffix(".parquet") || plain.hasSuffix(".pq") {
      rows = .parquet
      if isCompressed { throw TableError(file: path, message: FileSignature.parquet.adviceOnPacked) }
      return
    }
    rows = plain.hasSuffix(".jsonl") || plain.hasSuffix(".ndjson") ? .jsonLines : .csv
    if rows == .csv, let other = Self.others.first(where: { plain.hasSuffix(".\($0)") }) {
      throw TableError(
        file: path,
        message:
          "tables in '.\(other)' files are not read: export it as CSV (.csv), JSON lines (.jsonl) or Parquet "
          + "(.parquet)")
    }
  }

  /// The text of a file of this format.
  func open(_ path: String) throws(TableError) -> any ByteSource {
    let file = try RegularFile(path: path)
    if isCompressed { return try GzipFile(file) }
    if let found = FileSignature(file.firstBytes(FileSignature.size)) {
      throw TableError(file: path, message: found.advice)
    }
    return file
  }
}
