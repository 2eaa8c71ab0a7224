import RefitCore

/// The JSON object on one line, taken apart key by key.
struct ObservationLine {
  private let values: [String: StrictJSON]

  private static let keys = [
    "metric", "value", "sample_size", "window", "version", "column", "slice", "known_at",
  ]

  init(_ line: ArraySlice<UInt8>) throws(LineRefusal) {
    values = try Self.members(of: try StrictJSON.parse(line), called: "the line", keys: Self.keys)
  }

  private init(window: StrictJSON) throws(LineRefusal) {
    values = try Self.members(of: window, called: "window", keys: ["start", "end"])
  }

  /// The observation that the line tells; refuses a window or a `known_at` that lies ahead of now, a window that ends
  /// before it starts, and a number that was known before its window was over.
  func observation(source: String, now: Instant) throws(LineRefusal) -> Observation {
    let window = try window()
    try ClockTolerance.check(window.end, called: "the window's end", now: now)
    let knownAt = values["known_at"] == nil ? now : try instant("known_at")
    try ClockTolerance.check(knownAt, called: "known_at", now: now)
    guard knownAt + ClockTolerance.ahead >= window.end else {
      throw LineRefusal(
        "known_at \(knownAt) is before the window's end \(window.end); a number is known once its window is over"
      )
    }
    return Observation(
      metric: try text("metric"),
      version: values["version"] == nil ? nil : try wholeNumber("version", from: 1),
      column: values["column"] == nil ? nil : try text("column"),
      slice: values["slice"] == nil ? nil : try text("slice"),
      window: window,
      value: try number("value"),
      sampleSize: values["sample_size"] == nil ? nil : try wholeNumber("sample_size", from: 0),
      source: source, knownAt: knownAt)
  }

  private func window() throws(LineRefusal) -> Observation.Window {
    let bounds = try ObservationLine(window: try value("window"))
    let window = Observation.Window(start: try bounds.instant("start"), end: try bounds.instant("end"))
    guard window.start <= window.end else {
      throw LineRefusal("the window starts at \(window.start), after its end \(window.end); swap them")
    }
    return window
  }

  private static func members(
    of value: StrictJSON, called name: String, keys: [String]
  ) throws(LineRefusal) -> [String: StrictJSON] {
    guard case .object(let members) = value else {
      throw LineRefusal("\(name) is \(value.kind); write an object with \(keys.joined(separator: ", "))")
    }
    if let stranger = members.first(where: { !keys.contains($0.key) }) {
      let known = keys.joined(separator: ", ")
      throw LineRefusal("unknown key \(quoted(stranger.key)) in \(name); the keys are \(known)")
    }
    return Dictionary(uniqueKeysWithValues: members.map { ($0.key, $0.value) })
  }
}

// MARK: - Typed values

extension ObservationLine {
  private func value(_ key: String) throws(LineRefusal) -> StrictJSON {
    guard let value = values[key] else { throw LineRefusal("the key '\(key)' is missing; add it") }
    return value
  }

  /// One to 200 characters, none of them a control character.
  private func text(_ key: String) throws(LineRefusal) -> String {
    let value = try value(key)
    guard case .string(let text) = value else {
      throw LineRefusal("\(key) is \(value.kind); write a string")
    }
    let isPlain = text.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control }
    guard !text.isEmpty, text.unicodeScalars.count <= 200, isPlain else {
      throw LineRefusal("\(key) is \(quoted(text)); write 1 to 200 characters, no control characters")
    }
    return text
  }

  private func number(_ key: String) throws(LineRefusal) -> Double {
    let value = try value(key)
    guard case .number(let digits) = value else {
      throw LineRefusal("\(key) is \(value.kind); write a number, or leave the line out where there is none")
    }
    guard let number = Double(digits), number.isFinite else {
      throw LineRefusal("\(key) is \(quoted(digits)), too large; write a number that a double can hold")
    }
    return number
  }

  private func wholeNumber(_ key: String, from least: Int) throws(LineRefusal) -> Int {
    let value = try value(key)
    let right = least == 0 ? "write a whole number, 0 or more" : "write a whole number, \(least) or more"
    guard case .number(let digits) = value else { throw LineRefusal("\(key) is \(value.kind); \(right)") }
    // Some writers say 1200.0.
    guard let number = Double(digits), let whole = Int(digits) ?? Int(exactly: number), whole >= least else {
      throw LineRefusal("\(key) is \(quoted(digits)); \(right)")
    }
    return whole
  }

  private func instant(_ key: String) throws(LineRefusal) -> Instant {
    let value = try value(key)
    let right = "write a time such as \"2026-12-01T02:15:00Z\""
    guard case .string(let text) = value else { throw LineRefusal("\(key) is \(value.kind); \(right)") }
    guard let instant = Instant(text) else { throw LineRefusal("\(key) is \(quoted(text)); \(right)") }
    return instant
  }
}
