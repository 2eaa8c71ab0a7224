/// A CSV file (RFC 4180, UTF-8, with a header) held as bytes and looked at by column name.
public struct CommaSeparatedTable: Sendable {
  public let path: String
  public let header: [String]
  public let rowCount: Int
  private let bytes: [UInt8]
  private let fields: [Field]

  private struct Field: Sendable {
    var range: Range<Int>
    var quoted: Bool
  }

  /// Reads and splits the file at `path`; throws `unreadable`, or `malformed` with the line.
  public init(path: String) throws(LendingError) {
    try self.init(bytes: try Files.read(path), path: path)
  }

  /// Splits `bytes`; `path` is only for messages.
  public init(bytes: [UInt8], path: String) throws(LendingError) {
    var fields: [Field] = []
    var width = 0
    var (position, line) = (0, 1)
    while position < bytes.count {
      let before = fields.count
      try Self.readRecord(bytes, &position, &line, path: path, into: &fields)
      let count = fields.count - before
      if width == 0 { width = count }
      guard count == width else {
        throw .malformed(path: path, line: line - 1, reason: "\(count) fields where the header has \(width)")
      }
    }
    guard width > 0 else { throw .malformed(path: path, line: 1, reason: "the file has no header") }
    self.path = path
    self.bytes = bytes
    self.fields = fields
    rowCount = fields.count / width - 1
    header = fields[..<width].map { Self.text($0, in: bytes) }
  }

  /// The values of a column as text; throws `missingColumn`.
  public func texts(_ column: String) throws(LendingError) -> [String] {
    let index = try index(of: column)
    var values: [String] = []
    values.reserveCapacity(rowCount)
    for row in 1..<(rowCount + 1) { values.append(Self.text(fields[row * header.count + index], in: bytes)) }
    return values
  }

  /// The values of a column as numbers, NaN where a field is empty; throws `malformed` for any other text.
  public func numbers(_ column: String) throws(LendingError) -> [Double] {
    var row = 1
    var values: [Double] = []
    values.reserveCapacity(rowCount)
    for text in try texts(column) {
      row += 1
      guard let value = text.isEmpty ? .nan : Double(text) else {
        throw .malformed(path: path, line: row, reason: "'\(text)' in column '\(column)' is not a number")
      }
      values.append(value)
    }
    return values
  }

  private func index(of column: String) throws(LendingError) -> Int {
    guard let index = header.firstIndex(of: column) else {
      throw .missingColumn(path: path, column: column)
    }
    return index
  }

  private static func text(_ field: Field, in bytes: [UInt8]) -> String {
    let text = String(decoding: bytes[field.range], as: UTF8.self)
    guard field.quoted, text.contains("\"") else { return text }
    var result = ""
    var afterQuote = false
    for character in text.unicodeScalars {
      afterQuote = character == "\"" && !afterQuote
      if !afterQuote { result.unicodeScalars.append(character) }
    }
    return result
  }

  private static func readRecord(
    _ bytes: [UInt8], _ position: inout Int, _ line: inout Int, path: String, into fields: inout [Field]
  ) throws(LendingError) {
    let (comma, quote, newline, carriage) = (UInt8(44), UInt8(34), UInt8(10), UInt8(13))
    while true {
      var field = Field(range: position..<position, quoted: false)
      if position < bytes.count, bytes[position] == quote {
        let start = position + 1
        position = start
        while position < bytes.count {
          if bytes[position] == newline { line += 1 }
          if bytes[position] == quote {
            guard position + 1 < bytes.count, bytes[position + 1] == quote else { break }
            position += 1
          }
          position += 1
        }
        guard position < bytes.count else {
          throw .malformed(path: path, line: line, reason: "a quoted field has no end")
        }
        field = Field(range: start..<position, quoted: true)
        position += 1
      } else {
        let start = position
        while position < bytes.count, bytes[position] != comma, bytes[position] != newline { position += 1 }
        var end = position
        let last = position == bytes.count || bytes[position] == newline
        if last, end > start, bytes[end - 1] == carriage { end -= 1 }
        field = Field(range: start..<end, quoted: false)
      }
      fields.append(field)
      if position < bytes.count, bytes[position] == carriage { position += 1 }
      guard position < bytes.count, bytes[position] == comma else { break }
      position += 1
    }
    if position < bytes.count {
      guard bytes[position] == newline else {
        throw .malformed(path: path, line: line, reason: "text after the closing quote of a field")
      }
      position += 1
    }
    line += 1
  }
}

/// A CSV field for `text`, quoted where RFC 4180 wants it.
public func commaSeparatedField(_ text: String) -> String {
  let special: (UInt8) -> Bool = { $0 == 44 || $0 == 34 || $0 == 10 || $0 == 13 }
  guard text.utf8.contains(where: special) else { return text }
  var quoted = "\""
  for character in text.unicodeScalars {
    if character == "\"" { quoted += "\"" }
    quoted.unicodeScalars.append(character)
  }
  return quoted + "\""
}
