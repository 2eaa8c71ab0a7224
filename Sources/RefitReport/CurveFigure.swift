/// Lines in a plane: distribution functions, ROC curves, calibration curves.
public struct CurveFigure: Sendable {
  /// One line; its points in order.
  public struct Line: Sendable {
    let name: String
    let points: [(x: Double, y: Double)]

    /// A line through finite points.
    public init(_ name: String, _ points: [(x: Double, y: Double)]) {
      self.name = name
      self.points = points
    }
  }

  /// Whether the line from the lower left to the upper right is drawn, as what chance or perfection would give.
  public enum Diagonal: Sendable { case none, drawn }

  private let caption: String
  private let description: String
  private let x: Axis
  private let y: Axis
  private let lines: [Line]
  private let diagonal: Diagonal

  /// One line, or two.
  public init(
    caption: String, description: String, x: Axis, y: Axis, lines: [Line], diagonal: Diagonal = .none
  ) {
    precondition(lines.count <= 2, "more than two lines can't be told apart")
    self.caption = caption
    self.description = description
    self.x = x
    self.y = y
    self.lines = lines
    self.diagonal = diagonal
  }

  /// The figure.
  public var figure: Figure {
    var plot = Plot(x: x, y: y, title: caption, description: description)
    if diagonal == .drawn {
      plot.drawing.line("diagonal", plot.left, plot.bottom, plot.right, plot.top)
    }
    // A line of its own is drawn as the second of two is, solid.
    let first = lines.count == 1 ? 2 : 1
    for (index, line) in lines.enumerated() {
      let places = line.points.map { point -> Markup in "\(plot.x(point.x)),\(plot.y(point.y))" }
      let joined = Markup(stringLiteral: places.map(\.source).joined(separator: " "))
      plot.drawing.add("<polyline class=\"line-\(first + index)\" points=\"\(joined)\"/>")
    }
    return Figure(
      drawing: plot.drawing, caption: caption, legend: lines.count == 1 ? [] : lines.map(\.name), sign: .line)
  }
}
