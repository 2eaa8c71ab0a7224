import Foundation
import Testing

@Suite struct LeftoverTests {
  // Put together here, so that this file does not find itself.
  private static let reminders = ["TO" + "DO", "FIX" + "ME"]
  private static let machinePaths = ["/wo" + "rk/", "/ro" + "ot/", "/Us" + "ers/"]

  @Test func nothingIsLeftForLater() throws {
    let pattern = try Pattern("\\b(?:\(Self.reminders.joined(separator: "|")))\\b")
    expectNone(
      SourceTree.files.filter { pattern.isFound(in: $0.text) }.flatMap { file in
        lines(of: file, where: { pattern.isFound(in: $0) }).map { line in
          file.finding(line, "a reminder is no code: do it, or write an issue and take the line out")
        }
      })
  }

  @Test func noPathOfSomeonesMachine() {
    expectNone(
      SourceTree.files.flatMap { file in
        lines(of: file, where: { line in Self.machinePaths.contains { line.contains($0) } }).map { line in
          file.finding(
            line, "a path of one machine: derive it from the repository's root or take it as an argument")
        }
      })
  }

  private func lines(of file: SourceFile, where matches: (Substring) -> Bool) -> [Int] {
    file.lines.enumerated().filter { matches($0.element) }.map { $0.offset + 1 }
  }
}
