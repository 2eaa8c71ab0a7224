import Testing

@testable import RefitReport

@Suite struct AxisTests {
  @Test(arguments: [
    (0.0, 1.0, ["0", "0.2", "0.4", "0.6", "0.8", "1.0"]),
    (-2.0, 3.0, ["−2", "−1", "0", "1", "2", "3"]),
    (17.0, 90.0, ["20", "30", "40", "50", "60", "70", "80", "90"]),
    (0.0, 4_500_000.0, ["0", "1e6", "2e6", "3e6", "4e6"]),
    (0.001, 0.0062, ["0.001", "0.002", "0.003", "0.004", "0.005", "0.006"]),
  ])
  func `marks are round numbers inside the range`(low: Double, high: Double, labels: [String]) {
    #expect(Axis("", from: low, to: high).ticks.map(\.label) == labels)
  }

  @Test(arguments: [
    (5.0, 5.0), (0.0, 0.0), (1e15, 1e15 + 0.25), (-8e307, 8e307), (0, 1e-307), (1e-300, 2e-300),
  ])
  func `any finite range has a few marks, each where it says`(low: Double, high: Double) throws {
    let axis = Axis("", from: low, to: high)
    #expect(axis.ticks.count <= 12)
    for tick in axis.ticks {
      let said = try #require(Double(tick.label.replacing("−", with: "-")))
      #expect(abs(said - tick.value) <= abs(tick.value) * 1e-9)
      #expect((0...1).contains(axis.position(tick.value)))
    }
  }
}
