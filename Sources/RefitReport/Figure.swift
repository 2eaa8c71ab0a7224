/// A drawing with its caption and what its signs mean.
public struct Figure: Sendable {
  /// What stands for one series.
  public enum Sign: Sendable { case bar, line }

  let drawing: Drawing
  let caption: String
  let legend: [String]
  let sign: Sign

  /// The figure, with a description for those who can't see it.
  public var markup: Markup {
    let signs = legend.enumerated().map { index, name -> Markup in
      let shape: Markup =
        sign == .bar
        ? "<rect class=\"bar-\(index + 1)\" x=\"1\" y=\"1\" width=\"18\" height=\"8\"/>"
        : "<path class=\"line-\(index + 1)\" d=\"M0 5H20\"/>"
      return "<span><svg viewBox=\"0 0 20 10\" aria-hidden=\"true\">\(shape)</svg><bdi>\(name)</bdi></span>"
    }
    let legend: Markup = signs.isEmpty ? "" : "<span class=\"legend\">\(Markup(lines: signs))</span>"
    return """
      <figure>
      \(drawing.markup)
      <figcaption>\(caption)\(legend)</figcaption>
      </figure>
      """
  }
}

/// An SVG under construction.
struct Drawing: Sendable {
  let width: Double
  let height: Double
  /// What it shows, in a few words.
  let title: String
  /// What can be seen in it, in words.
  let description: String
  private(set) var shapes: [Markup] = []

  init(width: Double, height: Double, title: String, description: String) {
    self.width = width
    self.height = height
    self.title = title
    self.description = description
  }

  mutating func add(_ shape: Markup) { shapes.append(shape) }

  /// A text at a place, `anchor` as SVG's text-anchor.
  mutating func label(_ text: String, x: Double, y: Double, anchor: Markup = "start", isTick: Bool = false) {
    let style: Markup = isTick ? " class=\"tick\"" : ""
    add("<text x=\"\(x)\" y=\"\(y)\" text-anchor=\"\(anchor)\"\(style)>\(text)</text>")
  }

  mutating func line(_ style: Markup, _ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double) {
    add("<line class=\"\(style)\" x1=\"\(x1)\" y1=\"\(y1)\" x2=\"\(x2)\" y2=\"\(y2)\"/>")
  }

  mutating func bar(_ series: Int, x: Double, y: Double, width: Double, height: Double) {
    add(
      "<rect class=\"bar-\(series)\" x=\"\(x)\" y=\"\(y)\" width=\"\(max(0, width))\" height=\"\(max(0, height))\"/>"
    )
  }

  var markup: Markup {
    """
    <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(width) \(height)" role="img" aria-label="\(title)">
    <title>\(title)</title>
    <desc>\(description)</desc>
    \(Markup(lines: shapes))
    </svg>
    """
  }
}
