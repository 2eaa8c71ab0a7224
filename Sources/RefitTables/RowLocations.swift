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
    var file: Int
    var firstLine: Int
  }

  private var files: [String] = []
  private var runs: [Run] = []
  /// The line of the next row if it goes on as before; a file's first row never does.
  private var nextLine = 0

  /// Goes on to a file; rows without one are those of a part of a file.
  mutating func beginFile(_ path: String) {
    files.append(path)
    nextLine = 0
  }

  mutating func append(row: Int, line: Int) {
    if line != nextLine { runs.append(Run(firstRow: row, file: files.count - 1, firstLine: line)) }
    nextLine = line + 1
  }

  /// Takes the rows of a part of the present file, which begins behind so many rows and lines.
  mutating func append(_ part: RowLocations, row firstRow: Int, line firstLine: Int) {
    guard !part.runs.isEmpty else { return }
    for run in part.runs where run.firstLine + firstLine != nextLine || run.firstRow > 0 {
      runs.append(
        Run(
          firstRow: run.firstRow + firstRow, file: files.count - 1, firstLine: run.firstLine + firstLine))
    }
    nextLine = part.nextLine + firstLine
  }

  subscript(row: Int) -> RowLocation {
    var low = 0
    var high = runs.count
    while low + 1 < high {
      let middle = (low + high) / 2
      if runs[middle].firstRow <= row { low = middle } else { high = middle }
    }
    return RowLocation(file: files[runs[low].file], line: runs[low].firstLine + row - runs[low].firstRow)
  }
}
