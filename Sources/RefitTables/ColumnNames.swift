/// Names of columns in their order, each once. They are compared by bytes, not by Unicode equivalence.
struct ColumnNames: Sendable {
  let names: [String]
  /// The place, among the names that were given, of the first that was given before.
  let firstRepeated: Int?
  /// Numbers the names by their places.
  let places: DistinctBytes

  /// Takes names, of which those that were given before are left out.
  init(_ given: [String]) {
    var names: [String] = []
    var firstRepeated: Int?
    var places = DistinctBytes()
    for (index, name) in given.enumerated() {
      var name = name
      let place = name.withUTF8 { places.code(of: $0) }
      if place == names.count { names.append(name) } else { firstRepeated = firstRepeated ?? index }
    }
    self.names = names
    self.firstRepeated = firstRepeated
    self.places = places
  }

  func index(of name: String) -> Int? {
    var name = name
    return name.withUTF8(places.knownCode(of:)).map(Int.init)
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
