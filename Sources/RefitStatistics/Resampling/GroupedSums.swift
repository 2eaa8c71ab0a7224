/// Sums of up to four numbers a row over the rows of each group, and over resamples of these.
///
/// Each row is drawn on its own, a Poisson variable of mean 1; where there are many, those of a group by the block
/// (`RowBlocks`).
struct GroupedSums: Sendable {
  /// Of each group.
  let whole: [SIMD4<Double>]
  private let blocks: [SIMD4<Double>]
  /// Where the blocks of each group are.
  private let ranges: [Range<Int>]

  /// - Parameters:
  ///   - groups: of each row, or −1; traps unless each is under `names`.
  ///   - most: blocks of a group that has all rows; others have fewer by their share, but `fewest` at least.
  ///   - numbers: of each row that has a group.
  init(
    groups: [Int32], names: Int, most: Int = RowBlocks.most, fewest: Int = 5_000,
    _ numbers: (_ row: Int) -> SIMD4<Double>
  ) {
    var sizes = [Int](repeating: 0, count: names)
    for group in groups where group >= 0 { sizes[Int(group)] += 1 }
    var ranges: [Range<Int>] = []
    for size in sizes {
      let share = Int((Double(most) * Double(size) / Double(max(1, groups.count))).rounded(.up))
      let first = ranges.last?.upperBound ?? 0
      ranges.append(first..<first + min(size, max(share, fewest)))
    }
    var blocks = [SIMD4<Double>](repeating: .zero, count: ranges.last?.upperBound ?? 0)
    var places = [Int](repeating: 0, count: names)
    for (row, group) in groups.enumerated() where group >= 0 {
      let (group, range) = (Int(group), ranges[Int(group)])
      let place =
        sizes[group] == range.count
        ? places[group] : RowBlocks.place(ofRow: row, among: range.count)
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
