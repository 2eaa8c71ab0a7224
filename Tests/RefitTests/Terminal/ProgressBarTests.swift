import Testing

@testable import refit

@Suite struct ProgressBarTests {
  /// What a bar wrote, and the time that it is told.
  private final class Screen {
    var written = ""
    var seconds = 0.0
  }

  private func bar(_ label: String, on screen: Screen, isInteractive: Bool = true, width: Int = 60)
    -> ProgressBar
  {
    let terminal = Terminal(isInteractive: isInteractive, width: width, hasColour: false, hasUnicode: true)
    return ProgressBar(label, terminal: terminal, now: { screen.seconds }) { screen.written += $0 }
  }

  @Test func saysNothingWhereNobodyLooks() {
    let screen = Screen()
    var bar = bar("Hashing", on: screen, isInteractive: false)
    bar.update(done: 1, of: 2)
    bar.finish()
    #expect(screen.written.isEmpty)
  }

  @Test func drawsAtMostTenTimesASecond() {
    let screen = Screen()
    var bar = bar("Hashing", on: screen)
    for step in 0..<1000 {
      screen.seconds = Double(step) / 1000
      bar.update(done: step, of: 1000)
    }
    #expect(screen.written.split(separator: "\r").count == 10)
    bar.update(done: 1000, of: 1000)
    #expect(screen.written.hasSuffix("100%\u{1B}[K"))
    bar.finish()
    #expect(screen.written.hasSuffix("\r\u{1B}[K"))
  }

  @Test func leavesNothingBehindWhereNothingWasDrawn() {
    let screen = Screen()
    var bar = bar("Hashing", on: screen)
    bar.finish()
    #expect(screen.written.isEmpty)
  }

  @Test func drawsALine() {
    let bar = bar("Hashing outputs", on: Screen())
    func bars(_ full: Int) -> String {
      String(repeating: "█", count: full) + String(repeating: " ", count: 30 - full)
    }
    #expect(bar.line(done: 0, of: 4, seconds: 0) == "Hashing outputs  \(bars(0))    0%")
    #expect(bar.line(done: 2, of: 4, seconds: 0.5) == "Hashing outputs  \(bars(15))   50%")
    #expect(
      bar.line(done: 1, of: 4, seconds: 30) == "Hashing outputs  ████▊                 25%  1 min 30 s left")
    #expect(bar.line(done: 4, of: 4, seconds: 30).hasSuffix("  100%"))
    #expect(bar.line(done: 1234, of: 0, seconds: 30) == "Hashing outputs  1,234")
  }

  @Test(arguments: [20, 25, 30, 40, 200]) func neverReachesTheLastColumn(width: Int) {
    let bar = bar("\u{1B}[2J" + String(repeating: "日", count: 100), on: Screen(), width: width)
    for done in 0...10 {
      let line = bar.line(done: done, of: 10, seconds: 100_000)
      #expect(DisplayWidth.of(line) < width)
      #expect(!line.contains("\u{1B}"))
    }
  }
}
