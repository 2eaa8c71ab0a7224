import RefitConfiguration
import Testing

/// A good file with something changed for the worse. The mark `«` in the new text, which is not part of the
/// file, stands where the error is expected.
struct BadFile: Sendable, CustomTestStringConvertible {
  /// Why the JSON Schema does not refuse the file too.
  enum BeyondSchema: String, Sendable, CaseIterable {
    /// A schema sees values, not how they are written: duplicate keys, anchors, tags, directives, documents.
    case spelling
    /// A schema sees each value by itself, not what one part of a file says of another.
    case relation
    /// What needs a calendar, a database of zones or a scanner: dates that never come, zones, references.
    case meaning
    /// JSON has no word for it: not a number.
    case json
  }

  let text: String
  let line: Int
  let column: Int
  let message: String
  let beyondSchema: BeyondSchema?

  /// Each old text must be in the file once when its turn comes.
  init(
    _ message: String, _ changes: (old: String, new: String)..., in file: String = SampleFile.lending,
    beyondSchema: BeyondSchema? = nil
  ) {
    var text = file
    for change in changes {
      let parts = text.split(separator: change.old, omittingEmptySubsequences: false)
      precondition(parts.count == 2, "'\(change.old)' is \(parts.count - 1) times in the file")
      text = parts.joined(separator: change.new)
    }
    let marked = MarkedText(text)
    self.text = marked.text
    (line, column) = (marked.line, marked.column)
    self.message = message
    self.beyondSchema = beyondSchema
  }

  var expected: String { "refit.yaml:\(line):\(column): \(message)" }

  var testDescription: String { message }
}

/// A text without the mark `«` that stood in it, and the place of the mark.
struct MarkedText {
  let text: String
  let line: Int
  let column: Int

  init(_ marked: String) {
    let parts = marked.split(separator: "«", omittingEmptySubsequences: false)
    precondition(parts.count == 2, "one mark is needed, not \(parts.count - 1)")
    let lines = parts[0].split(separator: "\n", omittingEmptySubsequences: false)
    text = parts.joined()
    line = lines.count
    column = lines[lines.count - 1].unicodeScalars.count + 1
  }
}
