import Testing

@Suite struct DocumentationTests {
  /// Nested types are told by the type around them; those that stand alone say what they are.
  @Test func everyPublicTypeSaysWhatItIs() throws {
    let declaration = try Pattern(
      #"^(?:@\w+\s+)*public\s+(?:final\s+|indirect\s+)*(?:struct|enum|class|actor|protocol)\s+(\w+)"#)
    var count = 0
    for file in SourceTree.swift(under: "Sources") {
      let code = file.codeLines
      let lines = file.lines
      for index in code.indices {
        guard let name = declaration.groups(in: code[index]).first else { continue }
        count += 1
        guard !isDocumented(index, in: lines) else { continue }
        expectNone([
          file.finding(index + 1, "public type '\(name)' has no contract sentence: write one with ///")
        ])
      }
    }
    #expect(count > 0)
  }

  private func isDocumented(_ index: Int, in lines: [Substring]) -> Bool {
    var above = index - 1
    while above >= 0, lines[above].hasPrefix("@") { above -= 1 }
    return above >= 0 && lines[above].hasPrefix("///")
  }
}
