extension Table {
  /// The values of a text column, each read by `parse`, which is given its UTF-8 bytes.
  ///
  /// - Parameter expected: what a field should be, for the error: `a time; write ISO 8601`.
  /// - Throws: the place of the first field that can't be read, a missing one among them.
  public func values<Value>(
    of name: String, expected: String, _ parse: (UnsafeBufferPointer<UInt8>) -> Value?
  ) throws(TableError) -> [Value] {
    let column = try text(name)
    var values: [Value] = []
    values.reserveCapacity(column.count)
    for row in 0..<column.count {
      guard let value = column.withBytes(at: row, parse) else {
        let place = location(ofRow: row)
        throw TableError(
          file: place.file, line: place.line, message: "column '\(name)': '\(column[row])' is not \(expected)"
        )
      }
      values.append(value)
    }
    return values
  }
}
