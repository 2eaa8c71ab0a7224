import RefitCore
import RefitTesting
import Testing

@testable import RefitStore

@Suite struct ObservationTests {
  @Test func anObservationIsKeptOnce() throws {
    let place = try Workplace()
    let store = try place.configured()
    let first = Observation.sample(knownAt: .day(7))
    #expect(try store.append([first, first], model: "credit-risk") == 1)
    #expect(try store.append([.sample(knownAt: .day(9))], model: "credit-risk") == 0)
    #expect(try store.observations("credit-risk", matching: ObservationFilter(), limit: 9) == [first])
  }

  /// Lines of a file: values (nil: undefined) with the hours at which they became known.
  private static func lines(_ said: [(value: Double?, hour: Int64)]) -> [Observation] {
    said.map { value, hour in
      .sample(
        value: value, undefined: value == nil ? "no positives" : nil, source: "a.jsonl",
        knownAt: .day(7, hour: hour))
    }
  }

  private static func known(_ store: Store, hour: Int64 = 23) throws -> [Double?] {
    try store.observations("credit-risk", metric: "roc_auc", version: 1, knownAt: .day(7, hour: hour))
      .map(\.value)
  }

  /// A file is read as a whole at each evaluation, whatever of it is known already.
  @Test(
    arguments: [
      ([(0.5, 0), (0.9, 10), (0.5, 12)], [0.5, 0.9, 0.5]), ([(0.5, 0), (0.5, 10)], [0.5]),
      ([(0.5, 0), (nil, 10), (0.5, 12)], [0.5, nil, 0.5]), ([(0.5, 10), (0.9, 0)], [0.9, 0.5]),
      ([(0.9, 0), (0.5, 0)], [0.5]), ([(0.5, 0), (0.9, 0), (0.5, 0)], [0.5]),
    ] as [([(Double?, Int64)], [Double?])])
  func aCorrectionIsKeptAlsoBackToAnEarlierValue(said: [(Double?, Int64)], kept: [Double?]) throws {
    let place = try Workplace()
    let store = try place.configured()
    let lines = Self.lines(said)
    #expect(try store.append(lines, model: "credit-risk") == kept.count)
    #expect(try Self.known(store) == kept)
    #expect(try store.append(lines, model: "credit-risk") == 0)
    // Line by line, as the file grew; a correction at the same time is a further row then.
    let grown = try Workplace().configured()
    for end in 1...lines.count { try grown.append(Array(lines[..<end]), model: "credit-risk") }
    #expect(try Self.known(grown).last == kept.last)
    #expect(try grown.append(lines, model: "credit-risk") == 0)
    let first = try grown.firstWindow(
      "credit-risk", metric: "roc_auc", version: 1, windowLength: .days(7), startingAtOrAfter: .day(0),
      minimumSamples: 0, knownAt: .day(8))
    #expect(first?.value == kept.last!)
  }

  @Test func anotherNumberOfSamplesIsNews() throws {
    let place = try Workplace()
    let store = try place.configured()
    try store.append([.sample(samples: 10)], model: "credit-risk")
    #expect(try store.append([.sample(samples: 500, knownAt: .day(8))], model: "credit-risk") == 1)
  }

  /// Each part of an observation's place, changed by itself, makes another observation.
  static let others: [Observation] = [
    .sample("accuracy"), .sample(version: 2), .sample(version: nil), .sample(column: "income"),
    .sample(end: .day(8)),
    .sample(length: .days(1)), .sample(source: "state/monitoring/a.jsonl"),
  ]

  @Test(arguments: others.indices)
  func anotherObservationIsKeptBeside(index: Int) throws {
    let place = try Workplace()
    let store = try place.configured()
    #expect(try store.append([.sample(), Self.others[index]], model: "credit-risk") == 2)
    #expect(try store.append([Self.others[index]], model: "credit-risk") == 0)
    #expect(
      Set(try store.observations("credit-risk", matching: ObservationFilter(), limit: 9)) == [
        .sample(), Self.others[index],
      ])
  }

  @Test(arguments: [Double.nan, .infinity, -.infinity])
  func aNumberThatIsNotFiniteIsRefused(value: Double) throws {
    let place = try Workplace()
    let store = try place.configured()
    #expect(throws: StoreError.self) {
      try store.append([.sample(), .sample("accuracy", value: value)], model: "credit-risk")
    }
    #expect(try store.observations("credit-risk", matching: ObservationFilter(), limit: 9).isEmpty)
  }

  /// Every question against a filter over all that there is, on random observations.
  @Test(arguments: 0..<20 as Range<UInt64>)
  func whatIsFoundIsWhatAFilterFinds(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let place = try Workplace()
    let store = try place.configured()
    var all: [Observation] = []
    for _ in 0..<300 {
      let observation = random.observation()
      if try store.append([observation], model: "credit-risk") == 1 { all.append(observation) }
    }
    for _ in 0..<40 {
      let metric = random.pick(["roc_auc", "accuracy"])
      let version = random.pick([nil, 1, 2])
      let length = random.pick([nil, Timespan.days(1), .days(7)])
      let ends = random.ends()
      let knownAt = Instant.day(random.day())
      let newest = random.pick([nil, 1, 2, 5])
      let found = try store.observations(
        "credit-risk", metric: metric, version: version, windowLength: length, ends: ends, knownAt: knownAt,
        newest: newest)
      let expected = all.filter { observation in
        observation.metric == metric && observation.version == version && observation.knownAt <= knownAt
          && ends.has(observation.window.end) && (length.map { $0 == observation.window.length } ?? true)
      }
      let kept = Set(Set(expected.map(\.window.end)).sorted().suffix(newest ?? .max))
      #expect(Set(found) == Set(expected.filter { kept.contains($0.window.end) }))
      #expect(found.map(\.window.end) == found.map(\.window.end).sorted())
      try Self.compareFirstWindow(store, all, metric: metric, version: version, knownAt: knownAt, &random)
    }
  }

  private static func compareFirstWindow(
    _ store: Store, _ all: [Observation], metric: String, version: Int?, knownAt: Instant,
    _ random: inout SeededGenerator
  ) throws {
    let start = Instant.day(random.day())
    let samples = random.pick([0, 200, 500])
    let first = try store.firstWindow(
      "credit-risk", metric: metric, version: version, windowLength: .days(1), startingAtOrAfter: start,
      minimumSamples: samples, knownAt: knownAt)
    // Of each window only what was known last counts, even if that says less than what was known before.
    let windows = Dictionary(
      grouping: all.filter {
        $0.metric == metric && $0.version == version && $0.window.start >= start
          && $0.window.length == .days(1)
          && $0.knownAt <= knownAt && $0.column == nil && $0.slice == nil
      }, by: \.window.end)
    let possible = windows.values.compactMap { window in
      window.last { $0.knownAt == window.map(\.knownAt).max() }
    }.filter { $0.value != nil && $0.sampleSize.map { $0 >= samples } ?? false }
    let end = possible.map(\.window.end).min()
    #expect(first?.window.end == end)
    #expect(first.map(possible.contains) ?? (end == nil))
  }

  @Test func browsingFiltersAndGoesFromTheNewest() throws {
    let place = try Workplace()
    let store = try place.configured([.sample(), .sample("churn")])
    try store.append(
      [
        .sample(end: .day(7)), .sample(end: .day(8)), .sample("psi", column: "income", end: .day(9)),
        .sample("psi", column: "age", end: .day(9), source: "a.jsonl"),
        .sample("latency", version: nil, end: .day(9)),
      ], model: "credit-risk")
    try store.append([.sample()], model: "churn")
    func found(_ filter: ObservationFilter, limit: Int = 9) throws -> [Instant] {
      try store.observations("credit-risk", matching: filter, limit: limit).map(\.window.end)
    }
    #expect(try found(ObservationFilter()) == [.day(9), .day(9), .day(9), .day(8), .day(7)])
    #expect(try found(ObservationFilter(), limit: 1) == [.day(9)])
    #expect(try found(ObservationFilter(metric: "roc_auc")) == [.day(8), .day(7)])
    #expect(try found(ObservationFilter(version: 1)).count == 4)
    #expect(try found(ObservationFilter(column: "income")).count == 1)
    #expect(try found(ObservationFilter(source: "a.jsonl")).count == 1)
    #expect(try found(ObservationFilter(after: .day(7))).count == 4)
    #expect(try found(ObservationFilter(slice: "north")).isEmpty)
  }
}

extension WindowEnds {
  fileprivate func has(_ end: Instant) -> Bool {
    switch self {
    case .any: true
    case .among(let instants): instants.contains(end)
    case .within(let after, let through): end <= through && (after.map { end > $0 } ?? true)
    }
  }
}

extension SeededGenerator {
  fileprivate mutating func day() -> Int64 { Int64.random(in: 0..<20, using: &self) }

  fileprivate mutating func ends() -> WindowEnds {
    switch Int.random(in: 0..<3, using: &self) {
    case 0: .any
    case 1: .among((0..<5).map { _ in .day(day()) })
    default: .within(after: pick([nil, .day(day())]), through: .day(day()))
    }
  }

  fileprivate mutating func observation() -> Observation {
    let end = Instant.day(day())
    return .sample(
      pick(["roc_auc", "accuracy"]), version: pick([nil, 1, 2]), column: pick([nil, nil, "income"]), end: end,
      length: pick([.days(1), .days(7)]), value: Double(Int.random(in: 0..<3, using: &self)),
      samples: pick([nil, 100, 300, 700]), knownAt: end + .days(Int64.random(in: 0..<5, using: &self)))
  }
}
