import Glibc

/// Tells a person on standard error how far long work is; says nothing where nobody reads along.
struct ProgressBar {
  private let terminal: Terminal
  private let write: (String) -> Void
  private let now: () -> Double
  private let label: ShownText
  private let started: Double
  private var drawn: Double?

  /// At most ten drawings a second: more can't be read.
  private static let pause = 0.1

  /// A bar on standard error.
  init(_ label: String) {
    self.init(label, terminal: .standardError, now: Self.monotonicSeconds, write: Self.writeToStandardError)
  }

  init(
    _ label: String, terminal: Terminal, now: @escaping () -> Double, write: @escaping (String) -> Void
  ) {
    self.label = ShownText(label)
    self.terminal = terminal
    self.now = now
    self.write = write
    started = now()
  }

  /// Draws the bar again, unless it was drawn just now. A total of 0 is one that is not known.
  mutating func update(done: Int, of total: Int) {
    guard terminal.isInteractive else { return }
    let time = now()
    if let drawn, time - drawn < Self.pause, done < total { return }
    drawn = time
    write("\r\(line(done: done, of: total, seconds: time - started))\u{1B}[K")
  }

  /// Takes the bar away.
  mutating func finish() {
    guard terminal.isInteractive, drawn != nil else { return }
    drawn = nil
    write("\r\u{1B}[K")
  }

  /// `Hashing outputs  ███▌      35%  12 s left`, one column narrower than the terminal.
  func line(done: Int, of total: Int, seconds: Double) -> String {
    let room = terminal.width - 1
    guard total > 0 else {
      return ShownText("\(label.text)  \(PersonNumber.count(done))").truncated(to: room, on: terminal)
    }
    let share = min(1, max(0, Double(done) / Double(total)))
    var tail = "\(Int(share * 100))%"
    tail = String(repeating: " ", count: 4 - tail.count) + tail
    if done > 0, done < total, seconds >= 1 {
      tail += "  \(PersonDuration.text(seconds: (seconds / share * (1 - share)).rounded(.up))) left"
    }
    let title = label.truncated(to: max(8, room - tail.count - 16), on: terminal)
    let width = min(30, room - DisplayWidth.of(title) - tail.count - 4)
    guard width >= 4 else { return ShownText("\(title) \(tail)").truncated(to: room, on: terminal) }
    return "\(title)  \(Sparkline.bar(share, width: width, on: terminal))  \(tail)"
  }

  private static func writeToStandardError(_ text: String) {
    var text = text
    // A drawing that does not arrive is not missed.
    text.withUTF8 { _ = Glibc.write(STDERR_FILENO, $0.baseAddress, $0.count) }
  }

  private static func monotonicSeconds() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
}
