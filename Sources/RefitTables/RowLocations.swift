/// The place of a row in the files that it was read from.
public struct RowLocation: Hashable, Sendable, CustomStringConvertible {
  /// The file, as its path was given.
  public let file: String
  /// The line on which the row begins, from 1.
  public let line: Int

  /// `file:line`.
  public var description: String { "\(file):\(line)" }
}

/// The places of all rows, kept as runs of consecutive lines.
struct RowLocations: Sendable {
  private struct Run {
    var firstRow: Int
    var file: String
    var firstLine: Int
  }

  private var runs: [Run] = []
  /// The line of the next row if it goes on as before; a file's first row never does.
  private var nextLine = 0

  mutating func beginFile() { nextLine = 0 }

  mutating func append(row: Int, file: String, line: Int) {
    if line != nextLine { runs.append(Run(firstRow: row, file: file, firstLine: line)) }
    nextLine = line + 1
  }

  subscript(row: Int) -> RowLocation {
    var low = 0
    var high = runs.count
    while low + 1 < high {
      let middle = (low + high) / 2
      if runs[middle].firstRow <= row { low = middle } else { high = middle }
    }
    return RowLocation(file: runs[low].file, line: runs[low].firstLine + row - runs[low].firstRow)
  }
}
