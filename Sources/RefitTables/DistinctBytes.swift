/// Numbers distinct byte sequences in the order of their first appearance, by open addressing.
struct DistinctBytes {
  private var bytes: [UInt8] = []
  private var offsets: [Int] = []
  private var hashes: [UInt64] = []
  /// Codes by slot, -1 where a slot is free; the number of slots is a power of two, or 0 until there is a sequence:
  /// most columns of numbers never have one.
  private var slots: [Int32] = []
  private var lastCode: Int32 = -1

  /// How many sequences there are.
  var count: Int { hashes.count }

  /// The sequences as text.
  var names: [String] {
    (0..<count).map { String(decoding: bytes[offsets[$0]..<offsets[$0 + 1]], as: UTF8.self) }
  }

  /// The number of a sequence, a new one when it was not seen before.
  mutating func code(of field: UnsafeBufferPointer<UInt8>) -> Int32 {
    // Rows of one category often follow one another.
    if lastCode >= 0, holds(lastCode, field) { return lastCode }
    if slots.isEmpty {
      slots = [Int32](repeating: -1, count: 32)
      offsets = [0]
    }
    let hash = ByteHash.hash(field)
    let slot = slot(of: field, hash: hash)
    guard slots[slot] >= 0 else { return add(field, hash: hash, at: slot) }
    lastCode = slots[slot]
    return lastCode
  }

  /// The number of a sequence; nil where it was not seen before.
  func knownCode(of field: UnsafeBufferPointer<UInt8>) -> Int32? {
    guard !slots.isEmpty else { return nil }
    let code = slots[slot(of: field, hash: ByteHash.hash(field))]
    return code < 0 ? nil : code
  }

  /// The slot that holds a sequence, or the free one where it belongs.
  private func slot(of field: UnsafeBufferPointer<UInt8>, hash: UInt64) -> Int {
    var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
    while slots[slot] >= 0 {
      let code = slots[slot]
      if hashes[Int(code)] == hash, holds(code, field) { return slot }
      slot = (slot + 1) & (slots.count - 1)
    }
    return slot
  }

  /// The numbers that the sequences here have in another numbering, which takes in those that it lacks.
  func codes(in other: inout DistinctBytes) -> [Int32] {
    bytes.withUnsafeBufferPointer { bytes in
      (0..<count).map { other.code(of: UnsafeBufferPointer(rebasing: bytes[offsets[$0]..<offsets[$0 + 1]])) }
    }
  }

  /// Whether a number that was given is that of a sequence.
  func holds(_ code: Int32, _ field: UnsafeBufferPointer<UInt8>) -> Bool {
    let range = offsets[Int(code)]..<offsets[Int(code) + 1]
    guard range.count == field.count else { return false }
    return bytes.withUnsafeBufferPointer { UnsafeBufferPointer(rebasing: $0[range]).hasSameBytes(as: field) }
  }

  private mutating func add(_ field: UnsafeBufferPointer<UInt8>, hash: UInt64, at slot: Int) -> Int32 {
    let code = Int32(hashes.count)
    bytes.append(contentsOf: field)
    offsets.append(bytes.count)
    hashes.append(hash)
    slots[slot] = code
    lastCode = code
    if hashes.count * 2 > slots.count { grow() }
    return code
  }

  private mutating func grow() {
    slots = [Int32](repeating: -1, count: slots.count * 2)
    for (code, hash) in hashes.enumerated() {
      var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
      while slots[slot] >= 0 { slot = (slot + 1) & (slots.count - 1) }
      slots[slot] = Int32(code)
    }
  }
}
