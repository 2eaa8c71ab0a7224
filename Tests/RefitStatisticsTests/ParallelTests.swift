import RefitStatistics
import RefitTesting
import Synchronization
import Testing

@Suite struct ParallelTests {
  @Test(arguments: [1, 2, 3, 8, 100])
  func `results are in order whatever the number of threads`(threads: Int) {
    #expect(Parallel.map(50, threads: threads) { $0 * $0 } == (0..<50).map { $0 * $0 })
  }

  @Test func `each element is computed once, and nothing of nothing`() {
    let calls = Atomic(0)
    _ = Parallel.map(1000, threads: 4) { _ in calls.add(1, ordering: .relaxed) }
    #expect(calls.load(ordering: .relaxed) == 1000)
    #expect(Parallel.map(0, threads: 4) { $0 }.isEmpty)
  }

  @Test func `profiles are the same to the last bit on any number of threads`() {
    var generator = SeededGenerator(seed: 5)
    let columns = (0..<6).map { _ in (0..<3000).map { _ in generator.bell() } }
    func profiles(threads: Int) -> [ColumnProfile] {
      Parallel.map(columns.count, threads: threads) {
        ColumnProfile(.numeric(NumericReference(columns[$0]).drift(of: columns[($0 + 1) % columns.count])))
      }
    }
    #expect(profiles(threads: 1) == profiles(threads: 3))
  }
}
