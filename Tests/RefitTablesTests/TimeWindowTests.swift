import RefitTesting
import Testing

@testable import RefitTables

@Suite struct TimeWindowTests {
  @Test func beginsAfterItsStartAndEndsWithItsEnd() {
    let window = TimeWindow(after: 10, through: 20)
    #expect(window.rows(of: [21, 20, 10, 11, 9, 15]) == [1, 3, 5])
    #expect(TimeWindow(after: 5, through: 5).rows(of: [4, 5, 6]).isEmpty)
    #expect(TimeWindow(after: 6, through: 5).rows(of: [4, 5, 6]).isEmpty)
  }

  @Test func windowsEndToEndHaveEachRowOnce() {
    var generator = SeededGenerator(seed: 3)
    let times = (0..<500).map { _ in Int.random(in: 1...100, using: &generator) }
    let rows = stride(from: 0, to: 100, by: 7).flatMap { start in
      TimeWindow(after: start, through: start + 7).rows(of: times)
    }
    #expect(rows.sorted() == Array(times.indices))
  }
}
