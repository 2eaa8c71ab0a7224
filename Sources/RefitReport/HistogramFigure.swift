/// Shares of both sides in the same bins, side by side, over edges that are written between the bins.
public struct HistogramFigure: Sendable {
  private let caption: String
  private let description: String
  private let names: (String, String)
  private let edges: [String]
  private let shares: [(Double, Double)]

  /// - Parameters:
  ///   - names: of the first and the second side.
  ///   - edges: what separates neighbouring bins, one fewer than bins.
  ///   - shares: of the first and the second side in each bin, 0…1.
  public init(
    caption: String, description: String, names: (String, String), edges: [String], shares: [(Double, Double)]
  ) {
    precondition(edges.count + 1 == shares.count, "an edge stands between two bins")
    self.caption = caption
    self.description = description
    self.names = names
    self.edges = edges
    self.shares = shares
  }

  /// The figure.
  public var figure: Figure {
    let most = shares.reduce(0.01) { max($0, $1.0, $1.1) }
    var plot = Plot(
      x: nil, y: Axis("share", from: 0, to: most), title: caption, description: description)
    let slot = (plot.right - plot.left) / Double(shares.count)
    let bar = slot * 0.4
    for (index, share) in shares.enumerated() {
      let start = plot.left + (Double(index) + 0.1) * slot
      for (side, value) in [share.0, share.1].enumerated() {
        let y = plot.y(value)
        plot.drawing.bar(side + 1, x: start + Double(side) * bar, y: y, width: bar, height: plot.bottom - y)
      }
    }
    for (index, edge) in edges.enumerated() {
      let x = plot.left + Double(index + 1) * slot
      plot.drawing.line("grid", x, plot.bottom, x, plot.bottom + 4)
      // Every other edge is lower, so that long numbers have room.
      plot.drawing.label(
        edge, x: x, y: plot.bottom + (index % 2 == 0 ? 16 : 30), anchor: "middle", isTick: true)
    }
    return Figure(drawing: plot.drawing, caption: caption, legend: [names.0, names.1], sign: .bar)
  }
}
