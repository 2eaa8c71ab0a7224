import Testing

@testable import refit

@Suite struct TextTreeTests {
  private let tree = TextTree(
    "any", sign: "✓", notes: ["since 2 days"],
    children: [
      TextTree(
        "all", sign: "✗",
        children: [TextTree("drift", notes: ["psi 0.31 > 0.2", "3 columns"]), TextTree("age")]),
      TextTree("feedback", sign: "?"),
    ])

  @Test func drawsBranches() {
    #expect(
      tree.rendered(for: .plain) == """
        ✓ any
        │  since 2 days
        ├─ ✗ all
        │  ├─ drift
        │  │     psi 0.31 > 0.2
        │  │     3 columns
        │  └─ age
        └─ ? feedback

        """)
  }

  @Test func drawsInASCIIWhereItMust() {
    let ascii = Terminal(isInteractive: false, width: 80, hasColour: false, hasUnicode: false)
    let small = TextTree("a", children: [TextTree("b", children: [TextTree("c")]), TextTree("d")])
    #expect(small.rendered(for: ascii) == "a\n|- b\n|  `- c\n`- d\n")
  }

  @Test func escapesAndCuts() {
    let hostile = TextTree("a\nb\u{1B}[2J", children: [TextTree(String(repeating: "x", count: 200))])
    let terminal = Terminal(isInteractive: true, width: 30, hasColour: false, hasUnicode: true)
    #expect(
      hostile.rendered(for: terminal)
        == #"a\nb\u{1B}[2J"# + "\n└─ " + String(repeating: "x", count: 26) + "…\n")
    #expect(hostile.rendered(for: .plain).contains(String(repeating: "x", count: 200)))
  }

  @Test func goesAsDeepAsALineage() {
    var deep = TextTree("bottom")
    for level in 0..<2_000 { deep = TextTree("\(level)", children: [deep]) }
    let lines = deep.rendered(for: .plain).split(separator: "\n")
    #expect(lines.count == 2_001)
    #expect(lines.last?.hasSuffix("└─ bottom") == true)
  }
}
