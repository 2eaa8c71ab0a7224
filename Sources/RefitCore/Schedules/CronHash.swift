/// What fixes the values of `H` in one schedule: a number for each field, taken from the SHA-256 of its name.
public struct CronHash: Sendable {
  /// The name that is hashed: `project/model/schedule`.
  public let name: String

  private let sha256: @Sendable ([UInt8]) -> [UInt8]

  /// The hash of a name; `sha256` gives the 32 bytes of the digest of any bytes.
  public init(name: String, sha256: @escaping @Sendable ([UInt8]) -> [UInt8]) {
    self.name = name
    self.sha256 = sha256
  }

  /// The first four bytes, as a big-endian number, of the SHA-256 of the name, a slash and the field's key.
  func number(for field: CronField) -> Int {
    let digest = sha256(Array("\(name)/\(field.key)".utf8))
    precondition(digest.count == 32, "SHA-256 has 32 bytes")
    return digest.prefix(4).reduce(0) { $0 << 8 | Int($1) }
  }
}
