import Testing

@testable import RefitStatistics

@Suite struct PhiloxTests {
  /// The three lines `philox4x32 10` of Random123's `kat_vectors`: counter, key, answer.
  @Test(arguments: [
    (SIMD4<UInt32>(0, 0, 0, 0), UInt64(0), SIMD4<UInt32>(0x6627_e8d5, 0xe169_c58d, 0xbc57_ac4c, 0x9b00_dbd8)),
    (
      SIMD4(.max, .max, .max, .max), UInt64.max,
      SIMD4(0x408f_276d, 0x41c8_3b0e, 0xa20b_c7c6, 0x6d54_51fd)
    ),
    (
      SIMD4(0x243f_6a88, 0x85a3_08d3, 0x1319_8a2e, 0x0370_7344), 0x299f_31d0_a409_3822,
      SIMD4(0xd16c_fe09, 0x94fd_cceb, 0x5001_e420, 0x2412_6ea1)
    ),
  ])
  func `gives the published answers`(counter: SIMD4<UInt32>, seed: UInt64, answer: SIMD4<UInt32>) {
    func halves(_ words: SIMD4<UInt32>) -> [UInt64] {
      [UInt64(words.y) << 32 | UInt64(words.x), UInt64(words.w) << 32 | UInt64(words.z)]
    }
    let (counter, expected) = (halves(counter), halves(answer))
    #expect(Philox(seed: seed).halves(counter[0], counter[1]) == (expected[0], expected[1]))
  }
}
