import Glibc

/// What is known of where text goes: whether a person reads it there, and what can be shown.
struct Terminal: Hashable, Sendable {
  /// False for a pipe or a file: nothing is cut to a width, nothing moves.
  var isInteractive: Bool
  /// In columns; of no meaning where nobody reads along.
  var width: Int
  var hasColour: Bool
  /// Whether box characters, block characters and marks can be shown; else ASCII stands for them.
  var hasUnicode: Bool

  /// A pipe that takes UTF-8.
  static let plain = Terminal(isInteractive: false, width: 80, hasColour: false, hasUnicode: true)

  static var standardOutput: Terminal { Terminal(descriptor: STDOUT_FILENO) }
  static var standardError: Terminal { Terminal(descriptor: STDERR_FILENO) }

  init(isInteractive: Bool, width: Int, hasColour: Bool, hasUnicode: Bool) {
    self.isInteractive = isInteractive
    self.width = width
    self.hasColour = hasColour
    self.hasUnicode = hasUnicode
  }

  private init(descriptor: Int32) {
    self.init(
      isInteractive: isatty(descriptor) == 1, reportedWidth: Self.reportedWidth(of: descriptor),
      variable: { getenv($0).map { String(cString: $0) } })
  }

  /// Decides from what the system reports and from the environment: `NO_COLOR` and `TERM=dumb` take the
  /// colours, `COLUMNS` stands in for an unknown width, and `LC_ALL`, `LC_CTYPE`, `LANG` say in this order
  /// whether text is UTF-8. Where none of the three is set it is taken to be.
  init(isInteractive: Bool, reportedWidth: Int?, variable: (String) -> String?) {
    func value(_ name: String) -> String? { variable(name).flatMap { $0.isEmpty ? nil : $0 } }
    let locale = value("LC_ALL") ?? value("LC_CTYPE") ?? value("LANG")
    self.init(
      isInteractive: isInteractive,
      width: max(20, reportedWidth ?? value("COLUMNS").flatMap { Int($0) } ?? 80),
      hasColour: isInteractive && value("NO_COLOR") == nil && value("TERM") != "dumb",
      hasUnicode: locale.map(Self.isUTF8) ?? true)
  }

  private static func isUTF8(_ locale: String) -> Bool {
    let name = locale.lowercased()
    return name.hasSuffix("utf-8") || name.hasSuffix("utf8") || name.contains("utf-8@")
      || name.contains("utf8@")
  }

  private static func reportedWidth(of descriptor: Int32) -> Int? {
    var size = winsize()
    guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
    return Int(size.ws_col)
  }
}
