/// HTML or SVG that is safe to put into a page: what is written out in the program stands as it is, and every text
/// that is put in by `\(…)` is escaped.
public struct Markup: Sendable, Hashable, ExpressibleByStringInterpolation {
  /// The markup itself.
  public private(set) var source: String

  /// What a program writes out is markup.
  public init(stringLiteral source: String) { self.source = source }

  /// A text of the program's or of anybody else's, escaped.
  public init(text: String) { source = Markup.escaped(text) }

  /// An escaped text that may go on in the next line behind each underscore.
  public init(breaking text: String) {
    source = Markup.escaped(text).split(separator: "_", omittingEmptySubsequences: false).joined(
      separator: "_<wbr/>")
  }

  /// Pieces one after the other, each on lines of its own.
  public init(lines: [Markup]) { source = lines.map(\.source).joined(separator: "\n") }

  /// Markup with texts put in.
  public init(stringInterpolation interpolation: StringInterpolation) { source = interpolation.source }

  /// Takes apart what the program wrote out and what it put in.
  public struct StringInterpolation: StringInterpolationProtocol {
    fileprivate var source = ""

    public init(literalCapacity: Int, interpolationCount: Int) { source.reserveCapacity(literalCapacity) }

    public mutating func appendLiteral(_ literal: String) { source += literal }

    /// Escapes a text.
    public mutating func appendInterpolation(_ text: String) { source += Markup.escaped(text) }

    /// Takes markup as it is.
    public mutating func appendInterpolation(_ markup: Markup) { source += markup.source }

    /// A whole number.
    public mutating func appendInterpolation(_ number: Int) { source += String(number) }

    /// A coordinate of a drawing, to a hundredth.
    public mutating func appendInterpolation(_ coordinate: Double) { source += Markup.coordinate(coordinate) }
  }

  /// The text as HTML and XML have it, in elements and in attributes. Control characters, which XML has no way to
  /// write, and those that turn the direction of reading stand as `\u{1B}`.
  private static func escaped(_ text: String) -> String {
    var escaped = ""
    escaped.reserveCapacity(text.utf8.count)
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": escaped += "&amp;"
      case "<": escaped += "&lt;"
      case ">": escaped += "&gt;"
      case "\"": escaped += "&quot;"
      case "'": escaped += "&#39;"
      default:
        if isHarmful(scalar) {
          escaped += scalar.escaped(asASCII: true)
        } else {
          escaped.unicodeScalars.append(scalar)
        }
      }
    }
    return escaped
  }

  private static func isHarmful(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    // The two joiners shape emoji and several scripts.
    case 0x20..<0x7F, 0x200C, 0x200D: return false
    case 0xFFFE, 0xFFFF: return true
    default: break
    }
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator: return true
    default: return false
    }
  }

  private static func coordinate(_ value: Double) -> String {
    guard value.isFinite, abs(value) < 1e9 else { return "0" }
    let hundredths = Int((value * 100).rounded())
    let (whole, rest) = abs(hundredths).quotientAndRemainder(dividingBy: 100)
    let sign = hundredths < 0 ? "-" : ""
    if rest == 0 { return "\(sign)\(whole)" }
    return "\(sign)\(whole).\(rest % 10 == 0 ? "\(rest / 10)" : rest < 10 ? "0\(rest)" : "\(rest)")"
  }
}
