internal import FoundationEssentials
import RefitCore

/// The one JSON text of a value: keys sorted, no white space, no escaped slashes, numbers in the fewest digits that
/// read back as the same number. The same value gives the same bytes, always.
public enum CanonicalJSON {
  /// The value's JSON; throws for a number that is not finite.
  public static func encode(_ value: some Encodable) throws(StoreError) -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    do {
      return String(decoding: try encoder.encode(value), as: UTF8.self)
    } catch {
      throw .json("a value can't be written as JSON: \(error)")
    }
  }

  /// The value that the text says; throws where it is not JSON, or not of this type.
  public static func decode<Value: Decodable>(
    _ type: Value.Type = Value.self, from text: String
  ) throws(StoreError) -> Value {
    do {
      return try JSONDecoder().decode(type, from: Data(text.utf8))
    } catch {
      throw .json("the JSON is not of a \(type): \(error)")
    }
  }

  /// The SHA-256 of the text's UTF-8 bytes.
  public static func digest(of text: String) -> Digest {
    SHA256Hash.digest(of: Array(text.utf8))
  }
}
