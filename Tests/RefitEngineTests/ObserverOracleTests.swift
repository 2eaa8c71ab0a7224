import RefitCore
import RefitStatistics
import Testing

@testable import RefitEngine

/// Random logs, observed by the engine and counted row by row from what policies.md says of windows and maturity.
@Suite("The observer against brute force")
struct ObserverOracleTests {
  private struct Random {
    var state: UInt64

    mutating func below(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % bound
    }

    /// A day with an hour, so that instants often coincide with a window's ends.
    mutating func day(_ range: Int) -> Double { Double(below(range * 24)) / 24 }
  }

  /// What one row is to an evaluation.
  private struct Judged {
    var score: Double
    var isPositive: Bool
  }

  private func randomLog(_ random: inout Random) throws -> ObservedLog {
    var log = try ObservedLog()
    let versions = ["2", "loans@2", "1", "", "other@2"]
    for row in 0..<120 {
      let day = random.day(20)
      var next = ObservedLog.Row(
        id: "\(row)", time: ObservedLog.time(day), score: Double(random.below(20)) / 20,
        version: versions[random.below(versions.count)])
      // No two labels of a row arrive at once: which of them holds would be anybody's guess.
      for _ in 0..<random.below(4) {
        let arrival = ObservedLog.time(day + random.day(8))
        if next.labels.contains(where: { $0.arrives == arrival }) { continue }
        next.labels.append(.init(arrives: arrival, text: "\(random.below(2))"))
      }
      log.rows.append(next)
    }
    log.feedbackSince = ObservedLog.time(random.day(10))
    log.model.monitors.performance?.by = random.below(2) == 0 ? .matured : .predicted
    return log
  }

  /// The newest label that had arrived by then, and when it matured.
  private func label(of row: ObservedLog.Row, knownAt: Instant) -> (text: String, matured: Instant)? {
    let arrived = row.labels.filter { $0.arrives <= knownAt }
    guard let newest = arrived.max(by: { $0.arrives < $1.arrives }) else { return nil }
    return (newest.text, max(newest.arrives, row.time + .days(1)))
  }

  private func window(_ log: ObservedLog, _ nominal: Instant, _ knownAt: Instant) -> [Judged] {
    log.rows.compactMap { row in
      guard row.version == "2" || row.version == "loans@2", let score = row.score,
        let label = label(of: row, knownAt: knownAt), label.matured <= nominal
      else { return nil }
      let time = log.model.monitors.performance?.by == .predicted ? row.time : label.matured
      guard nominal - .days(7) < time, time <= nominal else { return nil }
      return Judged(score: score, isPositive: label.text == "1")
    }
  }

  private func area(_ rows: [Judged]) -> Double? {
    let (positive, negative) = (rows.filter(\.isPositive), rows.filter { !$0.isPositive })
    guard !positive.isEmpty, !negative.isEmpty else { return nil }
    var wins = 0.0
    for one in positive {
      for other in negative { wins += one.score > other.score ? 1 : one.score == other.score ? 0.5 : 0 }
    }
    return wins / Double(positive.count * negative.count)
  }

  @Test("random logs", arguments: 1...25)
  func randomLogs(seed: UInt64) throws {
    var random = Random(state: seed &* 0x9E37_79B9_7F4A_7C15)
    let log = try randomLog(&random)
    try log.write(files: 1 + random.below(3))
    for _ in 0..<8 {
      let day = random.day(24)
      let late = day + (random.below(2) == 0 ? 0 : random.day(4))
      let (nominal, knownAt) = (ObservedLog.time(day), ObservedLog.time(late))
      let observed = log.observe(day, knownAt: late)
      let rows = window(log, nominal, knownAt)

      let accuracy = try #require(observed.first { $0.metric == "accuracy" })
      #expect(accuracy.sampleSize == rows.count)
      let right = rows.count { ($0.score >= 0.5) == $0.isPositive }
      #expect(accuracy.value == (rows.isEmpty ? nil : Double(right) / Double(rows.count)))
      let auc = try #require(observed.first { $0.metric == "roc_auc" })
      #expect((auc.value == nil) == (area(rows) == nil))
      #expect(abs((auc.value ?? 0) - (area(rows) ?? 0)) < 1e-12)

      let fresh = log.rows.count { row in
        guard let label = label(of: row, knownAt: knownAt) else { return false }
        return label.matured <= nominal && row.time > log.feedbackSince!
      }
      #expect(observed.first { $0.metric == "feedback_rows" }?.value == Double(fresh))
    }
  }
}
