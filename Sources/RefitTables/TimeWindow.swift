/// A stretch of time that begins after an instant and ends with another, so that windows laid end to end have each
/// row once.
public struct TimeWindow<Time: Comparable & Sendable>: Sendable {
  /// The last instant before the window.
  public let start: Time
  /// The last instant of the window.
  public let end: Time

  /// The window after `start` and up to `end`; empty when that is no later.
  public init(after start: Time, through end: Time) {
    self.start = start
    self.end = end
  }

  /// Whether an instant is in the window.
  public func contains(_ time: Time) -> Bool { start < time && time <= end }

  /// The indices of the instants that are in the window, in their order, which is as it is.
  public func rows(of times: [Time]) -> [Int] { times.indices.filter { contains(times[$0]) } }
}

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
