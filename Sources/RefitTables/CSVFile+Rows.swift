extension CSVFile {
  /// The bytes of a file without the rows whose field in a column is to be left out; what stays is byte for byte as
  /// it was. Nil when every row stays; throws when the file is no table or lacks the column.
  ///
  /// - Parameter isLeftOut: is given the field's content without quotes; a missing one is empty.
  public static func bytes(
    of path: String, withoutRowsWhere column: String, _ isLeftOut: (UnsafeBufferPointer<UInt8>) -> Bool
  ) throws(TableError) -> [UInt8]? {
    let reader = try CSVReader(path: path)
    guard let index = reader.header.index(of: column) else {
      throw TableError(file: path, line: 1, message: reader.header.missing(column))
    }
    var bytes: [UInt8] = []
    let leftOut = try reader.copy(to: &bytes, withoutRowsWhere: index, isLeftOut)
    return leftOut == 0 ? nil : bytes
  }
}
