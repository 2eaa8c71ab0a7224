import FoundationEssentials
import RefitCore

/// Prints a value as JSON for programs: keys sorted, indented, one document a call.
func sayJSON(_ value: some Encodable) throws {
  let encoder = JSONEncoder()
  encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
  say(String(decoding: try encoder.encode(value), as: UTF8.self))
}

extension Payload {
  /// JSON that was stored as text and is shown as part of an answer.
  init(stored text: String) throws {
    self = try JSONDecoder().decode(Payload.self, from: Data(text.utf8))
  }
}
