/// One JSON value, with the members of an object in the order of the text and numbers as they are written.
enum StrictJSON: Equatable {
  case null
  case bool(Bool)
  case number(String)
  case string(String)
  case array([StrictJSON])
  case object([Member])

  struct Member: Equatable {
    let key: String
    let value: StrictJSON
  }

  /// With its article, as a sentence needs it.
  var kind: String {
    switch self {
    case .null: "null"
    case .bool: "a truth value"
    case .number: "a number"
    case .string: "a string"
    case .array: "an array"
    case .object: "an object"
    }
  }

  /// Reads exactly one value by RFC 8259. Refuses what many readers let through: a key that stands twice in an object,
  /// half a surrogate pair, `NaN`, text after the value, more than 32 levels. The bytes must be valid UTF-8.
  static func parse(_ bytes: ArraySlice<UInt8>) throws(LineRefusal) -> StrictJSON {
    var parser = StrictJSONParser(bytes: bytes)
    return try parser.document()
  }
}
