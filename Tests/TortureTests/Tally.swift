import Synchronization

/// How often what was killed.
final class Tally: Sendable {
  private let counts = Mutex<[String: Int]>([:])

  func add(_ what: String, _ number: Int = 1) {
    counts.withLock { $0[what, default: 0] += number }
  }

  func sum(_ prefix: String) -> Int {
    counts.withLock { $0.filter { $0.key.hasPrefix(prefix) }.values.reduce(0, +) }
  }

  /// One line for each kind, the most frequent first.
  var lines: [String] {
    counts.withLock { counts in
      counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { "\($0.value)  \($0.key)" }
    }
  }
}
