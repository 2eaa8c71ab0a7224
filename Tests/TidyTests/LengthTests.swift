import Testing

@Suite struct LengthTests {
  private static let most = 400
  private static let endings = [".swift", ".c", ".h", ".py", ".sh", "Makefile"]

  /// A file of code has one noun; a page of prose may be long.
  @Test func noFileIsLong() {
    let code = SourceTree.files.filter { file in
      Self.endings.contains { file.path.hasSuffix($0) }
    }
    #expect(!code.isEmpty)
    expectNone(
      code.compactMap { file in
        let count = file.lines.count - 1
        guard count > Self.most else { return nil }
        return file.finding(nil, "\(count) lines, at most \(Self.most): split it by nouns")
      })
  }
}
