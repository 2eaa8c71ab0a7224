import RefitTesting
import Testing

@testable import RefitTables

@Suite struct TimeWindowTests {
  @Test func beginsAfterItsStartAndEndsWithItsEnd() {
    #expect([21, 20, 10, 11, 9, 15].filter(TimeWindow(after: 10, through: 20).contains) == [20, 11, 15])
    #expect([4, 5, 6].filter(TimeWindow(after: 5, through: 5).contains).isEmpty)
    #expect([4, 5, 6].filter(TimeWindow(after: 6, through: 5).contains).isEmpty)
  }

  @Test func windowsEndToEndHaveEachRowOnce() {
    var generator = SeededGenerator(seed: 3)
    let times = (0..<500).map { _ in Int.random(in: 1...100, using: &generator) }
    let found = stride(from: 0, to: 100, by: 7).flatMap { start in
      times.filter(TimeWindow(after: start, through: start + 7).contains)
    }
    #expect(found.sorted() == times.sorted())
  }
}
