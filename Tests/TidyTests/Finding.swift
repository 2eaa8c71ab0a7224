import Testing

/// Something that is not as it should be, where it is, and the remedy.
struct Finding: Hashable, CustomStringConvertible {
  let path: String
  var line: Int?
  let sentence: String

  var description: String { line.map { "\(path):\($0): \(sentence)" } ?? "\(path): \(sentence)" }
}

/// Fails the test once for each finding.
func expectNone(_ findings: [Finding]) {
  for finding in findings { Issue.record(Comment(rawValue: finding.description)) }
}

extension SourceFile {
  /// The lines of code, comments and strings left out, that a pattern matches, counted from 1.
  func codeLines(matching pattern: String) throws -> [Int] {
    let pattern = try Pattern(pattern)
    // Searching once is faster than searching in each line, and most files have no match.
    guard pattern.isFound(in: code) else { return [] }
    return codeLines.enumerated().filter { pattern.isFound(in: $0.element) }.map { $0.offset + 1 }
  }

  func finding(_ line: Int?, _ sentence: String) -> Finding {
    Finding(path: path, line: line, sentence: sentence)
  }
}
