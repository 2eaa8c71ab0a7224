/// Writes a CSV table as UTF-8 bytes by RFC 4180, lines ending with LF; what `CSVFile` reads back is the same.
public struct CSVWriter: Sendable {
  /// A field to write.
  public enum Field: Sendable, Hashable {
    case text(String)
    case number(Double)
    case missing
  }

  /// What has been written so far.
  public private(set) var bytes: [UInt8] = []
  private let columnCount: Int
  private var column = 0

  /// A table with these column names; there is at least one.
  public init(header: [String]) {
    precondition(!header.isEmpty, "a table has a column or more")
    columnCount = header.count
    bytes = []
    for name in header { append(name) }
    endRow()
  }

  /// Writes the next field of a row, in quotes where that is needed.
  public mutating func append(_ text: String) {
    beginField()
    var text = text
    text.withUTF8 { appendContent($0) }
  }

  /// Writes the next field of a row from UTF-8 bytes, in quotes where that is needed.
  public mutating func append(_ field: UnsafeBufferPointer<UInt8>) {
    beginField()
    appendContent(field)
  }

  /// Writes the next field of a row: the shortest digits that read back as the same number, nothing for NaN.
  public mutating func append(_ number: Double) {
    beginField()
    if number.isNaN { return }
    bytes.append(contentsOf: number.description.utf8)
  }

  /// Ends a row, which must have as many fields as the header.
  public mutating func endRow() {
    precondition(column == columnCount, "a row has as many fields as the header")
    // A blank line would be read as no row, so that the only field of a row shows itself by its quotes.
    if columnCount == 1, bytes.isEmpty || bytes.last == .newline { bytes += [.quote, .quote] }
    bytes.append(.newline)
    column = 0
  }

  /// Writes one row, which must have as many fields as the header.
  public mutating func append(row: [Field]) {
    for field in row {
      switch field {
      case .text(let text): append(text)
      case .number(let number): append(number)
      case .missing: append("")
      }
    }
    endRow()
  }

  private mutating func beginField() {
    precondition(column < columnCount, "a row has as many fields as the header")
    if column > 0 { bytes.append(.comma) }
    column += 1
  }

  private mutating func appendContent(_ field: UnsafeBufferPointer<UInt8>) {
    let needsQuotes = field.contains {
      $0 == .comma || $0 == .quote || $0 == .newline || $0 == .carriageReturn
    }
    guard needsQuotes else {
      bytes.append(contentsOf: field)
      return
    }
    bytes.append(.quote)
    for byte in field {
      if byte == .quote { bytes.append(.quote) }
      bytes.append(byte)
    }
    bytes.append(.quote)
  }
}
