import FoundationEssentials
import RefitCore

/// Prints a value as JSON for programs: keys sorted, indented, one document a call.
func sayJSON(_ value: some Encodable) throws {
  let encoder = JSONEncoder()
  encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
  say(safeJSON(String(decoding: try encoder.encode(value), as: UTF8.self)))
}

/// The same JSON, in which what a terminal would obey stands as its escape. It can stand in texts only.
func safeJSON(_ json: String) -> String {
  guard json.unicodeScalars.contains(where: { $0 != "\n" && ShownText.isHarmful($0) }) else { return json }
  var safe = ""
  for scalar in json.unicodeScalars {
    guard scalar != "\n", ShownText.isHarmful(scalar) else {
      safe.unicodeScalars.append(scalar)
      continue
    }
    for unit in String(scalar).utf16 {
      let digits = String(unit, radix: 16)
      safe += "\\u\(String(repeating: "0", count: 4 - digits.count))\(digits)"
    }
  }
  return safe
}

extension Payload {
  /// JSON that was stored as text and is shown as part of an answer.
  init(stored text: String) throws {
    self = try JSONDecoder().decode(Payload.self, from: Data(text.utf8))
  }
}
