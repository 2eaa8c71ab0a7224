/// Why a table could not be read or used, and where.
public struct TableError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The file, as its path was given.
  public let file: String
  /// The line in the file, from 1; nil when the error concerns no single line.
  public let line: Int?
  /// The place in the line, in characters from 1; nil when the error concerns no single place.
  public let column: Int?
  /// What is wrong; names the table's column where there is one.
  public let message: String
  /// The system's `errno`, where it was the system that could not open or read the file.
  public let code: Int32?

  /// An error at a place of a file.
  public init(file: String, line: Int? = nil, column: Int? = nil, message: String, code: Int32? = nil) {
    self.file = file
    self.line = line
    self.column = column
    self.message = message
    self.code = code
  }

  /// `file:line:column: message`, as compilers write it.
  public var description: String {
    let place = [line, column].compactMap { $0 }.map { ":\($0)" }.joined()
    return "\(file)\(place): \(message)"
  }
}
