import RefitTables

/// Data that a monitor, a draw or a gate needs, and that can't be used: a sentence that names the file and the place.
public struct DataError: Error, Hashable, Sendable, CustomStringConvertible {
  public let description: String

  public init(_ description: String) {
    self.description = description
  }

  init(_ error: TableError) {
    description = "\(error)"
  }
}
