/// Numbers the keys of rows, quickly where rows have the same keys in the same order, and without a search through all
/// of them where they have not.
struct JSONKeys {
  private struct Spelling {
    /// Where the key as it is written is among the bytes of all.
    let range: Range<Int>
    let number: Int
  }

  /// What the keys say, by their numbers.
  private(set) var texts: DistinctBytes
  /// Keys as they are written, in the order of their first appearance.
  private var spellings: [Spelling] = []
  private var bytesOfSpellings: [UInt8] = []
  /// Finds the place of a key among the spellings.
  private var places = DistinctBytes()
  /// The place of the key that will probably be next.
  private var expected = 0
  private let unescaped = UnescapeBuffer()

  /// The first numbers are those of the names, others are given to keys when they first appear.
  init(_ names: ColumnNames = ColumnNames([])) { texts = names.places }

  /// The numbers of the keys that were met, in the order of their first appearance: one for each way to write a key.
  var numbers: [Int] { spellings.map(\.number) }

  mutating func beginRow() { expected = 0 }

  /// The number of a key; the same for all that say the same.
  @inline(__always)
  mutating func number(of key: FieldSpan, in bytes: UnsafeBufferPointer<UInt8>) -> Int {
    let raw = UnsafeBufferPointer(rebasing: bytes[Int(key.start)..<key.end])
    defer { expected += 1 }
    if expected < spellings.count, isExpected(raw) { return spellings[expected].number }
    return find(raw, isEscaped: key.quoting == .escaped)
  }

  @inline(__always)
  private func isExpected(_ key: UnsafeBufferPointer<UInt8>) -> Bool {
    bytesOfSpellings.withUnsafeBufferPointer {
      UnsafeBufferPointer(rebasing: $0[spellings[expected].range]).hasSameBytes(as: key)
    }
  }

  /// Finds or adds a key. It stands apart, so that the way of the expected key stays short.
  @inline(never)
  private mutating func find(_ key: UnsafeBufferPointer<UInt8>, isEscaped: Bool) -> Int {
    expected = Int(places.code(of: key))
    if expected == spellings.count {
      let range = bytesOfSpellings.count..<bytesOfSpellings.count + key.count
      let number = texts.code(of: isEscaped ? unescaped.unescapeJSON(key) : key)
      spellings.append(Spelling(range: range, number: Int(number)))
      bytesOfSpellings += key
    }
    return spellings[expected].number
  }
}
