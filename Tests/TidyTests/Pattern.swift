import Foundation

/// A regular expression in ICU's syntax, which knows what may stand before a match and searches fast.
struct Pattern: Sendable {
  private let expression: NSRegularExpression

  init(_ text: String) throws {
    expression = try NSRegularExpression(pattern: text)
  }

  func isFound(in text: some StringProtocol) -> Bool {
    let text = String(text)
    return expression.firstMatch(in: text, range: NSRange(text.startIndex..., in: text)) != nil
  }

  /// What the first group caught, at each match.
  func groups(in text: some StringProtocol) -> [String] {
    let text = String(text)
    return expression.matches(in: text, range: NSRange(text.startIndex..., in: text)).compactMap {
      Range($0.range(at: 1), in: text).map { String(text[$0]) }
    }
  }
}
