extension Payload: Codable {
  /// Reads any JSON value; a whole number that fits is `whole`, any other one `number`.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    // Which kind a value is of can only be found by trying.
    if container.decodeNil() {
      self = .null
    } else if let flag = try? container.decode(Bool.self) {
      self = .flag(flag)
    } else if let whole = try? container.decode(Int64.self) {
      self = .whole(whole)
    } else if let number = try? container.decode(Double.self) {
      self = .number(number)
    } else if let text = try? container.decode(String.self) {
      self = .text(text)
    } else if let parts = try? container.decode([Payload].self) {
      self = .list(parts)
    } else {
      self = .object(try container.decode([String: Payload].self))
    }
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .null: try container.encodeNil()
    case .flag(let flag): try container.encode(flag)
    case .whole(let number): try container.encode(number)
    case .number(let number): try container.encode(number)
    case .text(let text): try container.encode(text)
    case .list(let parts): try container.encode(parts)
    case .object(let fields): try container.encode(fields)
    }
  }
}
