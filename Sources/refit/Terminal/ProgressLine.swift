/// How far something is, on one line of a terminal that is written over; nothing where nobody reads along.
final class ProgressLine {
  private let title: String
  private let stream: Stream
  private let terminal: Terminal
  private var shown = ""

  init(_ title: String, on stream: Stream) {
    self.title = title
    self.stream = stream
    terminal = stream == .standardError ? .standardError : .standardOutput
  }

  /// Written only when it looks different.
  func show(done: Int, total: Int) {
    guard terminal.isInteractive, total > 0 else { return }
    let bar = Sparkline.bar(Double(done) / Double(total), width: 24, on: terminal)
    let line = "\(title) \(bar) \(done * 100 / total) %"
    guard line != shown else { return }
    shown = line
    say("\r\(line)", to: stream, terminator: "")
  }

  /// Leaves nothing behind.
  func clear() {
    guard !shown.isEmpty else { return }
    say("\r\(String(repeating: " ", count: shown.count))\r", to: stream, terminator: "")
    shown = ""
  }
}
