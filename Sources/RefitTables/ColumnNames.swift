/// The names in a header. They are compared by bytes, not by Unicode equivalence.
struct ColumnNames {
  let names: [String]

  init(_ names: [String]) { self.names = names }

  func index(of name: String) -> Int? { names.firstIndex { $0.hasSameBytes(as: name) } }

  /// The index of the first name that stands in the header before.
  var firstDuplicate: Int? {
    names.indices.first { index in names[..<index].contains { $0.hasSameBytes(as: names[index]) } }
  }

  /// The sentence that says that a column is not there, and what was probably meant.
  func missing(_ name: String) -> String {
    if let nearest = NearestName.of(name, among: names) {
      return "there is no column '\(name)'; did you mean '\(nearest)'?"
    }
    let listed = names.prefix(12).map { "'\($0)'" }.joined(separator: ", ")
    return "there is no column '\(name)'; the columns are \(listed)\(names.count > 12 ? ", …" : "")"
  }
}

extension String {
  /// Whether two texts have the same UTF-8 bytes.
  func hasSameBytes(as other: String) -> Bool { utf8.elementsEqual(other.utf8) }
}
