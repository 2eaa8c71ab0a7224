/// A column that puts rows into groups: a row holds an index into the names, or −1 where its group is missing.
public struct GroupColumn: Sendable, Hashable {
  /// The column's name.
  public let name: String
  /// One a row.
  public let codes: [Int32]
  /// The groups' names, each once.
  public let names: [String]

  /// Traps when a code is out of range.
  public init(name: String, codes: [Int32], names: [String]) {
    precondition(codes.allSatisfy { $0 >= -1 && Int($0) < names.count }, "a group's index is out of range")
    self.name = name
    self.codes = codes
    self.names = names
  }

  /// The intersections of several columns as one column: its groups are the combinations that occur, ordered by
  /// the first column's groups, then the second's, and so on. A row that lacks a group in any column has none.
  ///
  /// The column is named `sex & race` and a group `sex=F & race=B`. A column's or a group's name that is empty
  /// or holds `=`, `&` or `"` stands in double quotes, its own ones doubled, so that no two combinations
  /// read alike. Traps without a column and when the columns differ in rows.
  public static func crossing(_ columns: [GroupColumn]) -> GroupColumn {
    precondition(!columns.isEmpty, "at least one column")
    var crossed = Combinations(of: columns[0])
    for column in columns.dropFirst() { crossed.cross(with: column) }
    let names = crossed.members.map { members in
      zip(columns, members).map { "\(quoted($0.name))=\(quoted($0.names[$1]))" }.joined(separator: " & ")
    }
    return GroupColumn(
      name: columns.map { quoted($0.name) }.joined(separator: " & "), codes: crossed.codes, names: names)
  }

  private static func quoted(_ name: String) -> String {
    let isPlain = !name.isEmpty && !name.utf8.contains { [UInt8(ascii: "="), 0x26, 0x22].contains($0) }
    return isPlain
      ? name
      : "\""
        + name.split(separator: "\"", omittingEmptySubsequences: false)
        .joined(separator: "\"\"") + "\""
  }
}

/// The combinations of groups that occur in rows.
private struct Combinations {
  /// Of each row, an index into `members`, or −1.
  var codes: [Int32]
  /// Of each combination, its group in each column, ascending.
  var members: [[Int]]

  init(of column: GroupColumn) {
    codes = [Int32](repeating: 0, count: column.codes.count)
    members = [[]]
    cross(with: column)
  }

  mutating func cross(with column: GroupColumn) {
    precondition(column.codes.count == codes.count, "the columns of one table have as many rows")
    let width = column.names.count
    let keys = zip(codes, column.codes).map { $0 < 0 || $1 < 0 ? -1 : Int($0) * width + Int($1) }
    let occurring = Set(keys).subtracting([-1]).sorted()
    let code = Dictionary(uniqueKeysWithValues: occurring.enumerated().map { ($1, Int32($0)) })
    codes = keys.map { code[$0] ?? -1 }
    members = occurring.map { members[$0 / width] + [$0 % width] }
  }
}
