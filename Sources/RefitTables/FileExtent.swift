/// How much was read of a file.
struct FileExtent: Sendable {
  /// The file, as its path was given.
  let path: String
  var rowCount = 0
  /// The length of the text, unpacked.
  var byteCount = 0
  /// Which file it was; nil where that is not known.
  var identity: FileIdentity?

  /// Whether it is the same file, with as many rows, whatever the text that they were read from.
  func hasSameRows(as other: FileExtent) -> Bool {
    identity == other.identity && rowCount == other.rowCount
  }
}

extension TableError {
  /// Says that a file is not what it was when a part of it was read before.
  static func changed(_ path: String) -> TableError {
    TableError(file: path, message: "the file was changed while it was read; read it again")
  }
}
