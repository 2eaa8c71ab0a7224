import RefitStatistics

/// Keys that are names from data: of metrics, groups, columns.
struct NameKey: CodingKey {
  let stringValue: String
  let intValue: Int? = nil

  init(_ name: String) { stringValue = name }
  init?(stringValue: String) { self.init(stringValue) }
  init?(intValue: Int) { nil }
}

extension KeyedEncodingContainer where Key == NameKey {
  /// The number under a name, or `null` with the reason under `NAME_undefined`.
  mutating func encode(_ statistic: Statistic, under name: String) throws {
    try encode(statistic.value, under: name, otherwise: statistic.reason ?? "")
  }

  /// The same of a value of any kind.
  mutating func encode(
    _ value: (some Encodable)?, under name: String, otherwise reason: @autoclosure () -> String
  ) throws {
    if let value { return try encode(value, forKey: NameKey(name)) }
    try encodeNil(forKey: NameKey(name))
    try encode(reason(), forKey: NameKey("\(name)_undefined"))
  }
}

/// Numbers under their names.
struct NamedStatistics: Encodable {
  let values: [(name: String, value: Statistic)]

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: NameKey.self)
    for (name, value) in values { try container.encode(value, under: name) }
  }
}

/// Intervals under the names of what they are of.
struct NamedIntervals: Encodable {
  let values: [(name: String, interval: IntervalEstimate)]

  private struct Interval: Encodable {
    var lower: Double
    var upper: Double
    var standardError: Double?
    var method: MetricInterval.Method
    var confidence: Double

    enum CodingKeys: String, CodingKey {
      case lower, upper, method, confidence
      case standardError = "standard_error"
    }
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: NameKey.self)
    for (name, interval) in values {
      switch interval {
      case .defined(let interval):
        try container.encode(
          Interval(
            lower: interval.lower, upper: interval.upper, standardError: interval.standardError,
            method: interval.method, confidence: interval.confidence), forKey: NameKey(name))
      case .undefined(let reason): try container.encode(.undefined(reason), under: name)
      }
    }
  }
}

/// Values of one kind under their names.
struct Named<Value: Encodable>: Encodable {
  let values: [(name: String, value: Value)]

  /// Names differ by bytes, but to the encoder two spellings of `é` are one: the second is spelt out, `e\u{301}`.
  init(values: [(name: String, value: Value)]) {
    var seen: Set<String> = []
    self.values = values.map { name, value in
      guard !seen.insert(name).inserted else { return (name, value) }
      let spelt = name.unicodeScalars.map { $0.escaped(asASCII: true) }.joined()
      seen.insert(spelt)
      return (spelt, value)
    }
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: NameKey.self)
    for (name, value) in values { try container.encode(value, forKey: NameKey(name)) }
  }
}
