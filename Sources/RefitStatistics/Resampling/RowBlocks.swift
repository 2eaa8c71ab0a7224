/// Rows that are put into blocks at random, where there are many, to be drawn by the block: rows that are independent add
/// up to blocks that are, so that a function of sums over rows varies over resamples of blocks as it does over those of
/// rows, in a time that does not grow with them.
///
/// Of 20,000 blocks a standard error strays from that of rows by about 0.5 %, and that of 1,000 resamples by 2.2 %.
/// Neighbouring rows, or every hundredth, would not do where a file is sorted: they are more alike, or less, than others.
struct RowBlocks: Sendable {
  /// At most so many blocks, and of no more rows than that each is one.
  static let most = 20_000

  let count: Int
  /// The block of each row; nil where each row is its own.
  private let places: [UInt32]?

  init(rows: Int) {
    count = min(rows, Self.most)
    places = rows > Self.most ? (0..<rows).map { UInt32(Self.place(ofRow: $0, among: Self.most)) } : nil
  }

  /// The same for a row whenever it is asked for.
  static func place(ofRow row: Int, among blocks: Int) -> Int {
    let bits = Philox(seed: 0).bits(.rowBlocks, resample: 0, index: row).0
    return Int(bits.multipliedFullWidth(by: UInt64(blocks)).high)
  }

  /// The sum of a column over the rows of each block.
  func sums(_ column: [Double]) -> [Double] {
    guard let places else { return column }
    precondition(column.count == places.count, "one number a row")
    var sums = [Double](repeating: 0, count: count)
    for row in column.indices { sums[Int(places[row])] += column[row] }
    return sums
  }

  /// How many rows each block has.
  var sizes: [Double] {
    guard let places else { return [Double](repeating: 1, count: count) }
    var sizes = [Double](repeating: 0, count: count)
    for place in places { sizes[Int(place)] += 1 }
    return sizes
  }
}
