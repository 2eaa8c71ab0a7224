/// How the fields of a column are read.
public enum ColumnKind: String, Hashable, Sendable, Codable {
  /// Floating-point numbers; the empty field and `NaN` are missing.
  case numeric
  /// The bytes as they are; the empty field is missing.
  case text
  /// One code for each distinct sequence of bytes; the empty field is missing.
  case category
}

/// A column that a reader wants from a file.
public struct ColumnRequest: Hashable, Sendable {
  /// The column's name in the header, compared by bytes.
  public var name: String
  /// How it is read; nil to infer it: numeric when every field that is not missing is a number, else category.
  public var kind: ColumnKind?
  /// Whether a file without this column is refused. A column that is not required is missing in the rows of the
  /// files without it, and is not in the table when no file has it.
  public var required: Bool

  /// A request for one column.
  public init(_ name: String, as kind: ColumnKind?, required: Bool = true) {
    self.name = name
    self.kind = kind
    self.required = required
  }
}
