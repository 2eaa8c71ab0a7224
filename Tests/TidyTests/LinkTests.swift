import Foundation
import RefitTesting
import Testing

@Suite struct LinkTests {
  @Test func everyRelativeLinkLeadsSomewhere() throws {
    let pages = SourceTree.files.filter { $0.path.hasSuffix(".md") }
    let link = try Pattern(#"\]\(\s*<?([^)\s>]+)>?(?:\s+"[^"]*")?\s*\)"#)
    expectNone(
      pages.flatMap { page in
        Self.prose(of: page).enumerated().flatMap { offset, line in
          link.groups(in: line).filter {
            !leadsSomewhere($0, from: page)
          }.map {
            page.finding(offset + 1, "the link to '\($0)' leads nowhere: correct it or write the page")
          }
        }
      })
  }

  private func leadsSomewhere(_ target: String, from page: SourceFile) -> Bool {
    if target.contains(":") || target.hasPrefix("#") { return true }
    let path = target.prefix { $0 != "#" && $0 != "?" }
    guard let plain = String(path).removingPercentEncoding, !plain.hasPrefix("/") else { return false }
    let folder = URL(fileURLWithPath: Repository.path(page.path)).deletingLastPathComponent()
    return FileManager.default.fileExists(atPath: folder.appendingPathComponent(plain).path)
  }

  /// The lines of a page; those in code blocks, and code in a line, blanked.
  private static func prose(of page: SourceFile) -> [String] {
    var isCode = false
    return page.lines.map { line in
      if line.drop(while: { $0 == " " }).hasPrefix("```") {
        isCode.toggle()
        return ""
      }
      return isCode ? "" : String(line).replacing(#/`[^`]*`/#, with: "")
    }
  }
}
