/// A place in a text: line and column, both from 1. Columns count Unicode scalars.
struct Place: Hashable, Comparable, Sendable {
  var line: Int
  var column: Int

  static let start = Place(line: 1, column: 1)

  static func < (left: Place, right: Place) -> Bool {
    (left.line, left.column) < (right.line, right.column)
  }
}

/// A sentence about a place.
struct Remark: Error, Hashable, Sendable {
  var place: Place
  var message: String
}
