/// A column of categories: a code for each row, and what the codes stand for.
public struct CategoryColumn: Sendable {
  /// For each row the index of its category in `names`; -1 where it is missing.
  public let codes: [Int32]
  /// The distinct categories in the order of their first appearance. They differ by bytes; Swift may call two of
  /// them equal where Unicode does (`é` has two spellings), so compare codes.
  public let names: [String]

  /// A column of these codes; each is -1 or an index of `names`.
  public init(codes: [Int32], names: [String]) {
    precondition(codes.allSatisfy { $0 >= -1 && $0 < names.count }, "a code names no category")
    self.codes = codes
    self.names = names
  }

  /// The number of rows.
  public var count: Int { codes.count }

  /// The category of a row; nil where it is missing.
  public subscript(row: Int) -> String? { codes[row] < 0 ? nil : names[Int(codes[row])] }
}
