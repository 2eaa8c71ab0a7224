/// A seeded CSV of twenty columns: sixteen of numbers with four decimals, four of categories.
enum SampleTable {
  static let numeric = 16
  static let categorical = 4

  /// - Parameter shift: how far the numbers' mean is from 0, and how much likelier the first category is.
  static func write(rows: Int, seed: UInt64, shift: Double, to path: String) {
    var random = SplitMix(state: seed)
    var text: [UInt8] = []
    text.reserveCapacity(rows * 130)
    let header = (0..<numeric).map { "x\($0)" } + (0..<categorical).map { "c\($0)" }
    text += Array(header.joined(separator: ",").utf8)
    text.append(newline)
    let letters = Array("abcdefghij".utf8)
    for _ in 0..<rows {
      for _ in 0..<numeric {
        append(random.normal() + shift, to: &text)
        text.append(comma)
      }
      for column in 0..<categorical {
        let drawn = random.unit() < shift ? 0 : Int(random.next() % UInt64(letters.count))
        text.append(letters[column])
        text.append(letters[drawn])
        text.append(column + 1 < categorical ? comma : newline)
      }
    }
    text.withUnsafeBytes { ColumnFile.write($0, to: path) }
  }

  private static let comma = UInt8(ascii: ","), newline = UInt8(ascii: "\n"), zero = UInt8(ascii: "0")

  /// The number with four decimals.
  private static func append(_ value: Double, to text: inout [UInt8]) {
    let scaled = Int((value.magnitude * 1e4).rounded())
    if value < 0 && scaled > 0 { text.append(UInt8(ascii: "-")) }
    text += Array("\(scaled / 10_000)".utf8)
    text.append(UInt8(ascii: "."))
    var place = 1000
    while place > 0 {
      text.append(zero + UInt8(scaled / place % 10))
      place /= 10
    }
  }
}
