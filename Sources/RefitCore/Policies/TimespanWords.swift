extension Timespan {
  /// The span as a person says it, in its two largest units: `30 days 15 minutes`.
  var words: String {
    let units: [(name: String, seconds: Int64)] = [
      ("day", 86_400), ("hour", 3600), ("minute", 60), ("second", 1),
    ]
    var rest = Int64(seconds.magnitude)
    var parts: [String] = []
    for unit in units where rest >= unit.seconds && parts.count < 2 {
      parts.append(Figure.count(Int(rest / unit.seconds), unit.name))
      rest %= unit.seconds
    }
    return parts.isEmpty ? "no time" : parts.joined(separator: " ")
  }
}
