import RefitStatistics
import Testing

@Suite struct ColumnProfileTests {
  private func numeric(_ reference: [Double], _ current: [Double]) -> ColumnProfile {
    ColumnProfile(.numeric(NumericReference(reference).drift(of: current)))
  }

  private func categorical(_ reference: [String: Int], _ current: [String: Int]) -> ColumnProfile {
    ColumnProfile(.categorical(CategoricalReference(counts: reference).drift(of: current)))
  }

  @Test func `each kind has the statistics that its scope says, each as it is alone`() {
    let drift = NumericReference([1, 2, 3, .nan]).drift(of: [2, 2, .infinity])
    let profile = ColumnProfile(.numeric(drift))
    #expect(profile.measures.map(\.name) == DriftStatistic.allCases.filter { $0.scope != .categorical })
    for measure in profile.measures {
      #expect(measure.value == drift.measure(measure.name), "\(measure.name)")
    }
    #expect(profile[.unseenShare] == .undefined("not a statistic of numeric columns"))
    let names = categorical(["a": 1], ["a": 1]).measures.map(\.name)
    #expect(names == DriftStatistic.allCases.filter { $0.scope != .numeric })
  }

  @Test func `the smallest distances are not rounded away`() {
    let step = Double.leastNonzeroMagnitude
    #expect(numeric([0], [step])[.wasserstein] == .defined(step))
    #expect(numeric([0, 0, 0], [3 * step, 3 * step])[.wasserstein] == .defined(3 * step))
    #expect(
      numeric([-.greatestFiniteMagnitude / 8], [0])[.wasserstein] == .defined(.greatestFiniteMagnitude / 8))
    #expect(numeric([-0x1p1022], [0x1p1022])[.wasserstein] == .defined(0x1p1023))
  }

  @Test(arguments: [
    ([1.0], [1.0], DriftStatus.ok), ([], [1], .emptyReference), ([.nan], [1], .emptyReference),
    ([1], [.infinity], .emptyCurrent), ([], [], .emptyBoth),
  ])
  func `the status says which side is empty`(reference: [Double], current: [Double], status: DriftStatus) {
    let profile = numeric(reference, current)
    #expect(profile.status == status)
    #expect(profile[.wasserstein].reason == (status == .ok ? nil : status.rawValue))
    #expect((profile.ksMethod == nil) == (status != .ok))
  }

  @Test func `categories of one side are listed, the most frequent first`() {
    let profile = categorical(["a": 5, "b": 1, "c": 4, "d": 4], ["a": 5, "x": 1, "y": 2])
    #expect(profile.oneSided.unseen.map(\.name) == ["y", "x"])
    #expect(profile.oneSided.vanished.map(\.name) == ["c", "d", "b"])
    guard case .categorical(let categories) = profile.shape else { Issue.record("not categorical"); return }
    let counts = Dictionary(uniqueKeysWithValues: zip(categories.map(\.name), profile.histogram.current))
    #expect(counts == ["a": 5, "b": 0, "c": 0, "d": 0, "x": 1, "y": 2])
  }

  @Test func `curves are the distribution functions over the middle of both sides`() throws {
    let reference = (0..<1000).map(Double.init) + [1e9]
    let current = (0..<1000).map { Double($0) + 500 }
    guard case .numeric(_, let curve?) = numeric(reference, current).shape else {
      Issue.record("no curve")
      return
    }
    #expect(try #require(curve.values.last) < 2000)
    for (index, value) in curve.values.enumerated() {
      #expect(curve.reference[index] == Double(reference.count { $0 <= value }) / 1001)
      #expect(curve.current[index] == Double(current.count { $0 <= value }) / 1000)
    }
    #expect(curve.values == curve.values.sorted())
  }

  @Test func `what is larger than a Double holds is undefined`() {
    let profile = numeric([-1.7e308, -1.6e308], [1.7e308])
    #expect(profile[.wasserstein].reason == "the result is larger than a Double can hold")
    #expect(profile[.ksStatistic] == .defined(1))
  }

  @Test(arguments: [1e-305, 1e-160, 1.0, 1e150, 1e300])
  func `the normalised distance does not depend on the unit`(unit: Double) throws {
    // With a small unit it is the least deviation that counts, 0.001.
    let (reference, current) = ([0.0, 1, 2, 3, 4, 8, 16], [1.0, 5, 6])
    let value = try #require(
      numeric(reference.map { $0 * unit }, current.map { $0 * unit })[.wassersteinNormalised].value)
    let plain = try #require(numeric(reference, current)[.wassersteinNormalised].value)
    let raw = try #require(numeric(reference, current)[.wasserstein].value)
    let expected = unit < 1 ? raw * unit / 0.001 : plain
    #expect(abs(value - expected) <= abs(expected) * 1e-9)
  }
}
