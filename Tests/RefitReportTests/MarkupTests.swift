import RefitReport
import Testing

@Suite struct MarkupTests {
  @Test(arguments: [
    ("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"),
    ("a & b", "a &amp; b"), ("\"quoted\" 'too'", "&quot;quoted&quot; &#39;too&#39;"),
    ("\u{1B}[31m\n", "\\u{1B}[31m\\n"), ("\u{202E}lleks", "\\u{202E}lleks"),
    ("Zürich 東京 👩‍👧", "Zürich 東京 👩‍👧"), ("&amp;", "&amp;amp;"),
  ])
  func `a text that is put in is text and nothing else`(text: String, escaped: String) {
    let markup: Markup = "<b title=\"\(text)\">\(text)</b>"
    #expect(markup.source == "<b title=\"\(escaped)\">\(escaped)</b>")
  }

  @Test func `markup that is put in stays markup`() {
    let inner: Markup = "<i>\("<")</i>"
    #expect(("<b>\(inner)</b>" as Markup).source == "<b><i>&lt;</i></b>")
  }

  @Test func `a long name may break behind its underscores`() {
    #expect(Markup(breaking: "a_rate_of_<i>").source == "a_<wbr/>rate_<wbr/>of_<wbr/>&lt;i&gt;")
    #expect(Markup(breaking: "rate").source == "rate")
  }

  @Test(arguments: [
    (1.0, "1"), (0.5, "0.5"), (-0.25, "-0.25"), (12.3456, "12.35"), (0.001, "0"), (-3.0, "-3"),
    (0.05, "0.05"),
    (-0.004, "0"), (Double.nan, "0"),
  ])
  func `a coordinate has two decimals at most`(value: Double, text: String) {
    #expect(("\(value)" as Markup).source == text)
  }
}
