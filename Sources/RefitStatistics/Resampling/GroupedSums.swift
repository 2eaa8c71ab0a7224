/// Sums of up to four numbers a row over the rows of each group, and over resamples of these.
///
/// Each row is drawn on its own, a Poisson variable of mean 1. Of a group with many rows these are first put into blocks
/// at random and drawn by the block: rows that are independent add up to blocks that are, and a resample varies as it
/// does by rows, in a time that does not grow with them. Of 20,000 blocks a standard error strays from that of rows by
/// about 0.5 %, and that of 1,000 resamples by 2.2 %.
struct GroupedSums: Sendable {
  /// Of each group.
  let whole: [SIMD4<Double>]
  private let blocks: [SIMD4<Double>]
  /// Where the blocks of each group are.
  private let ranges: [Range<Int>]

  /// So many blocks in all, by the size of the groups, but each group has some.
  private static let mostBlocks = 20_000
  private static let fewestOfGroup = 1_000

  /// Traps unless there is a group or none (−1) a row.
  init(groups: [Int32], names: Int, _ numbers: (_ row: Int) -> SIMD4<Double>) {
    var sizes = [Int](repeating: 0, count: names)
    for group in groups where group >= 0 { sizes[Int(group)] += 1 }
    var ranges: [Range<Int>] = []
    for size in sizes {
      let share = Int((Double(Self.mostBlocks) * Double(size) / Double(groups.count)).rounded(.up))
      let first = ranges.last?.upperBound ?? 0
      ranges.append(first..<first + min(size, max(share, Self.fewestOfGroup)))
    }
    var blocks = [SIMD4<Double>](repeating: .zero, count: ranges.last?.upperBound ?? 0)
    var places = [Int](repeating: 0, count: names)
    let generator = Philox(seed: 0)
    for (row, group) in groups.enumerated() where group >= 0 {
      let (group, range) = (Int(group), ranges[Int(group)])
      let place =
        sizes[group] == range.count
        ? places[group]
        : Int(
          generator.bits(.rowBlocks, resample: 0, index: row).0.multipliedFullWidth(by: UInt64(range.count))
            .high)
      places[group] += 1
      blocks[range.lowerBound + place] += numbers(row)
    }
    self.ranges = ranges
    self.blocks = blocks
    whole = ranges.map { range in blocks[range].reduce(.zero, +) }
  }

  /// Of each resample the sums of each group.
  func resampled(_ plan: ResamplingPlan) -> [[SIMD4<Double>]] {
    let weights = PoissonWeights(seed: plan.seed)
    return plan.map(scratch: { [UInt8](repeating: 0, count: blocks.count) }) { drawn, resample in
      drawn.withUnsafeMutableBufferPointer { weights.fill($0, resample: resample) }
      let (drawn, blocks) = (drawn.span, blocks.span)
      return ranges.map { range in
        var sum = SIMD4<Double>.zero
        for block in range { sum += Double(drawn[block]) * blocks[block] }
        return sum
      }
    }
  }

  /// The sums of a group without each of its blocks, or rows where these are drawn alone.
  func leavingOut(group: Int) -> [SIMD4<Double>] { blocks[ranges[group]].map { whole[group] - $0 } }
}
