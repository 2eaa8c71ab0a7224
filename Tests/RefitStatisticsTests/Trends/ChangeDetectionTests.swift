import RefitStatistics
import RefitTesting
import Testing

@Suite struct ChangeDetectionTests {
  /// Streams of errors, 0 or 1 or real, whose mean jumps now and then.
  static func streams(_ count: Int, seed: UInt64) -> [[Double]] {
    var random = SeededGenerator(seed: seed)
    return (0..<count).map { _ in
      let isBinary = random.chance(0.5)
      return (0..<Int.random(in: 1...4, using: &random)).flatMap { _ in
        let mean = random.unit()
        return (0..<Int.random(in: 20...700, using: &random)).map { _ in
          isBinary ? (random.chance(mean) ? 1.0 : 0.0) : 5 * mean + random.bell()
        }
      }
    }
  }

  private struct PageCase: Encodable {
    var stream: [Double]
    var mode: String
    var parameters: [String: Double]
  }

  @Test func pageHinkleyTellsWhatRiverTells() throws {
    var random = SeededGenerator(seed: 161)
    let given = Self.streams(60, seed: 162).map { stream in
      var parameters = PageHinkley.Parameters()
      parameters.fewestValues = random.pick([1, 30, 100])
      parameters.tolerance = random.pick([0.005, 0.05, 0])
      parameters.threshold = random.pick([2, 10, 50])
      parameters.memory = random.pick([1, 0.9999, 0.99])
      parameters.direction = random.pick([.up, .down, .both])
      return (stream, parameters)
    }
    let cases = given.map { stream, parameters in
      PageCase(
        stream: stream, mode: parameters.direction.rawValue,
        parameters: [
          "min_instances": Double(parameters.fewestValues), "delta": parameters.tolerance,
          "threshold": parameters.threshold, "alpha": parameters.memory,
        ])
    }
    let answers = try Oracle.answers("page_hinkley", cases, as: [Int].self, from: "trend_oracle.py")
    for ((stream, parameters), answer) in zip(given, answers) {
      var test = PageHinkley(parameters)
      #expect(stream.indices.filter { test.append(stream[$0]) } == answer)
    }
    #expect(answers.count { !$0.isEmpty } > 20)
  }

  private struct WindowCase: Encodable {
    struct Parameters: Encodable {
      var delta: Double
      var clock: Int
      var max_buckets: Int
      var min_window_length: Int
      var grace_period: Int
    }
    var stream: [Double]
    var parameters: Parameters
  }

  @Test func theAdaptiveWindowTellsWhatRiverTells() throws {
    var random = SeededGenerator(seed: 163)
    let given = Self.streams(100, seed: 164).map { stream in
      var parameters = AdaptiveWindow.Parameters()
      parameters.significance = random.pick([0.002, 0.05, 0.3])
      parameters.every = random.pick([1, 8, 32])
      parameters.mostBuckets = random.pick([3, 5, 8])
      parameters.shortestPart = random.pick([1, 5, 20])
      parameters.gracePeriod = random.pick([0, 10, 100])
      return (stream, parameters)
    }
    let cases = given.map { stream, parameters in
      WindowCase(
        stream: stream,
        parameters: WindowCase.Parameters(
          delta: parameters.significance, clock: parameters.every, max_buckets: parameters.mostBuckets,
          min_window_length: parameters.shortestPart, grace_period: parameters.gracePeriod))
    }
    let answers = try Oracle.answers("adwin", cases, as: [Int].self, from: "trend_oracle.py")
    for ((stream, parameters), answer) in zip(given, answers) {
      var window = AdaptiveWindow(parameters)
      #expect(stream.indices.filter { window.append(stream[$0]) } == answer)
    }
    #expect(answers.count { !$0.isEmpty } > 50)
  }

  @Test func theAdaptiveWindowStaysSmallAndKnowsItsMean() throws {
    var window = AdaptiveWindow()
    #expect(window.mean == .undefined("the window is empty"))
    let early = (0..<20_000).filter { window.append(Double($0 % 4)) }
    #expect(early == [])
    #expect(window.count == 20_000 && window.total == 30_000 && window.mean == .defined(1.5))
    #expect(window.buckets <= 6 * 16)
    var shifted = 0
    while !window.append(9) { shifted += 1 }
    #expect(shifted < 200)
    #expect(try #require(window.mean.value) > 5, "the older part is dropped")
  }

  /// With one bucket a size a level may be empty for a while.
  @Test func oneBucketASizeIsEnough() {
    var parameters = AdaptiveWindow.Parameters()
    parameters.mostBuckets = 1
    parameters.every = 1
    var window = AdaptiveWindow(parameters)
    let changes = (0..<3_000).filter { window.append($0 / 1_000 % 2 == 0 ? 0 : 10) }
    #expect(changes.first.map { (1_000..<1_100).contains($0) } == true)
  }

  private struct CusumCase: Encodable {
    var stream: [Double]
    var target: Double
    var slack: Double
    var threshold: Double
  }

  /// An index is negative for a shift downwards.
  @Test func cusumTellsWhatItsDefinitionTells() throws {
    var random = SeededGenerator(seed: 165)
    let cases = (0..<40).map { _ in
      CusumCase(
        stream: (0..<120).map { Double($0 / 40 % 2) * random.pick([-1, 1]) * 0.8 + random.bell() },
        target: random.pick([0, 0.2]), slack: random.pick([0, 0.5]), threshold: random.pick([3, 5]))
    }
    let answers = try Oracle.answers("cusum", cases, as: [Int].self, from: "trend_oracle.py")
    for (given, answer) in zip(cases, answers) {
      #expect(Self.shifts(given.stream, given) == answer)
      let turned = Self.shifts(given.stream.map { 2 * given.target - $0 }, given)
      #expect(turned.map(abs) == answer.map(abs), "the chart is symmetric about its target")
    }
    #expect(answers.count { $0.contains { $0 > 0 } } > 5 && answers.count { $0.contains { $0 < 0 } } > 5)
  }

  private static func shifts(_ stream: [Double], _ given: CusumCase) -> [Int] {
    var chart = Cusum(target: given.target, slack: given.slack, threshold: given.threshold)
    return stream.indices.compactMap { index in
      chart.append(stream[index]).map { $0 == .up ? index : -index }
    }
  }

  @Test func aConstantStreamNeverChanges() {
    var page = PageHinkley()
    var window = AdaptiveWindow()
    var chart = Cusum(target: 0.3, slack: 0, threshold: 0)
    let changes = (0..<5_000).filter { _ in
      let told = [page.append(0.3), window.append(0.3), chart.append(0.3) != nil]
      return told.contains(true)
    }
    #expect(changes == [])
  }
}
