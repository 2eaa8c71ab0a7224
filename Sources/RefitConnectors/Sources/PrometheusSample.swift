import RefitCore

/// One sample line: `http_requests_total{method="post",code="200"} 1027 1395066363000`.
struct PrometheusSample: Equatable {
  /// The name with its labels sorted by name, each value escaped: `http_requests_total{code="200",method="post"}`.
  var metric: String
  var value: Double
  var timestamp: Instant?

  /// Nil for a comment. The line is valid UTF-8 and not blank.
  init?(line: ArraySlice<UInt8>) throws(LineRefusal) {
    var reader = PrometheusLineReader(bytes: line)
    reader.skipBlanks()
    if reader.current == UInt8(ascii: "#") { return nil }
    let name = try reader.name(allowingColon: true)
    reader.skipBlanks()
    metric = name + Self.text(of: try reader.labels())
    reader.skipBlanks()
    value = try Self.value(reader.word())
    reader.skipBlanks()
    timestamp = try Self.timestamp(reader.word())
    reader.skipBlanks()
    guard reader.current == nil else {
      throw LineRefusal("text after the timestamp; a sample is: name{label=\"value\"} number milliseconds")
    }
  }

  private static func text(of labels: [PrometheusLineReader.Label]) -> String {
    guard !labels.isEmpty else { return "" }
    let pairs = labels.sorted { $0.name < $1.name }.map { "\($0.name)=\"\(escaped($0.value))\"" }
    return "{\(pairs.joined(separator: ","))}"
  }

  private static func escaped(_ value: String) -> String {
    var text = ""
    for scalar in value.unicodeScalars {
      switch scalar {
      case "\\": text += "\\\\"
      case "\"": text += "\\\""
      case "\n": text += "\\n"
      default: text.unicodeScalars.append(scalar)
      }
    }
    return text
  }

  private static func value(_ word: String) throws(LineRefusal) -> Double {
    guard !word.isEmpty else { throw LineRefusal("the value is missing; write a number, NaN, +Inf or -Inf") }
    switch word.lowercased() {
    case "nan", "+nan", "-nan": return .nan
    case "inf", "+inf", "infinity", "+infinity": return .infinity
    case "-inf", "-infinity": return -.infinity
    default: break
    }
    // `Double` also reads hexadecimal, which the format does not have.
    let isDecimal = word.utf8.allSatisfy { byte in
      (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || "+-.eE".utf8.contains(byte)
    }
    guard isDecimal, let value = Double(word) else {
      throw LineRefusal("the value is \(quoted(word)); write a number, NaN, +Inf or -Inf")
    }
    return value
  }

  /// Nil for an empty word.
  private static func timestamp(_ word: String) throws(LineRefusal) -> Instant? {
    if word.isEmpty { return nil }
    guard let milliseconds = Int64(word),
      case let (microseconds, overflow) = milliseconds.multipliedReportingOverflow(by: 1000), !overflow,
      latest.contains(microseconds)
    else { throw LineRefusal("the timestamp is \(quoted(word)); write whole milliseconds since 1970") }
    return Instant(microseconds: microseconds)
  }

  /// The years 0 to 9999, which is what an instant's text can say.
  private static let latest: ClosedRange<Int64> = -62_167_219_200_000_000...253_402_300_799_999_000
}
