import Testing

@Suite struct SwiftCodeTests {
  @Test(arguments: [
    ("let a = 1 // print(\nb", "let a = 1          \nb"),
    ("a /* b /* c */ d */ e", "a                   e"),
    (#"f("print(x)") + g"#, "f(          ) + g"),
    (#"f("a \(Date()) b")"#, "f(    (Date())   )"),
    (#"f("a \(g("x)") + h) b")"#, "f(    (g(    ) + h)   )"),
    (##"f(#"a " \(b) \#(c)"# + d)"##, "f(             (c)   + d)"),
    ("f(\"\"\"\n  a \"b\" // c\n  \"\"\") // d", "f(   \n            \n     )     "),
    (#"f("\\") + "\"" + g"#, "f(    ) +      + g"),
    ("f(\"//\") // \"x\ng(\"y\")", "f(    )      \ng(   )"),
    ("#if os(Linux)\n#expect(a == \"b\")", "#if os(Linux)\n#expect(a ==    )"),
  ])
  func leavesOnlyCode(text: String, code: String) {
    #expect(SwiftCode.withoutTextAndComments(text) == code)
  }

  @Test func keepsEveryLineOfEveryFile() {
    for file in SourceTree.swift(under: "Sources", "Tests") {
      #expect(file.codeLines.count == file.lines.count, "\(file.path)")
    }
  }
}
