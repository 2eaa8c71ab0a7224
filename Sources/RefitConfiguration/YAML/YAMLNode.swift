/// A value of a YAML document, with its place.
struct YAMLNode {
  enum Content {
    case scalar(YAMLScalar)
    case list([YAMLNode])
    case map([YAMLEntry])
    /// Something that the file may not have (an alias, a tagged value); it has been remarked upon.
    case refused
  }

  var place: Place
  var content: Content
  /// False for a map without those of its entries whose keys may not be keys; they have been remarked upon.
  var isWhole = true

  /// What a person would call it, for a sentence that says what was found instead of what was expected.
  var found: String {
    switch content {
    case .scalar(let scalar): scalar.found
    case .list: "a list"
    case .map: "a map"
    case .refused: "what is refused"
    }
  }

  var isNull: Bool {
    if case .scalar(let scalar) = content, scalar.value == .null { return true }
    return false
  }
}

/// A key of a map, and its value.
struct YAMLEntry {
  var key: String
  var place: Place
  var value: YAMLNode
}
