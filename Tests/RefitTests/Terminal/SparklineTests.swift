import Testing

@testable import refit

@Suite struct SparklineTests {
  private let ascii = Terminal(isInteractive: false, width: 80, hasColour: false, hasUnicode: false)

  @Test func drawsACurve() {
    #expect(Sparkline.text([1, 2, 3, 4, 5, 6, 7, 8], on: .plain) == "▁▂▃▄▅▆▇█")
    #expect(Sparkline.text([1, 2, 3, 4, 5, 6, 7, 8], on: ascii) == "_.-~=+*#")
    #expect(Sparkline.text([0, nil, 1, .nan, 0.5], on: .plain) == "▁ █ ▅")
    #expect(Sparkline.text([3, 3], on: .plain) == "▅▅")
    #expect(Sparkline.text([nil, .infinity], on: .plain) == "  ")
    #expect(Sparkline.text([], on: .plain) == "")
    #expect(Sparkline.text([-Double.greatestFiniteMagnitude, .greatestFiniteMagnitude], on: .plain) == "▁█")
  }

  @Test(arguments: [
    (0.0, "    "), (0.5, "██  "), (1, "████"), (0.53125, "██▏ "), (-3, "    "), (7, "████"), (.nan, "    "),
    (0.999, "████"), (0.9, "███▋"),
  ])
  func fillsABar(share: Double, bar: String) {
    #expect(Sparkline.bar(share, width: 4, on: .plain) == bar)
  }

  @Test func fillsABarInASCII() {
    #expect(Sparkline.bar(0.5, width: 4, on: ascii) == "##--")
    for percent in 0...100 {
      #expect(Sparkline.bar(Double(percent) / 100, width: 7, on: ascii).count == 7)
      #expect(Sparkline.bar(Double(percent) / 100, width: 7, on: .plain).count == 7)
    }
  }
}
