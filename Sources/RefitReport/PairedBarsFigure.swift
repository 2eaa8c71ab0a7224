/// Shares of both sides in named rows, one pair of bars a row.
public struct PairedBarsFigure: Sendable {
  /// A row: its name, and the shares of the first and the second side.
  public struct Row: Sendable {
    let label: String
    let first: Double
    let second: Double

    /// Shares are 0…1.
    public init(_ label: String, _ first: Double, _ second: Double) {
      self.label = label
      self.first = first
      self.second = second
    }
  }

  private let caption: String
  private let description: String
  private let names: (String, String)
  private let rows: [Row]

  /// - Parameter names: of the first and the second side.
  public init(caption: String, description: String, names: (String, String), rows: [Row]) {
    self.caption = caption
    self.description = description
    self.names = names
    self.rows = rows
  }

  /// The figure.
  public var figure: Figure {
    let most = rows.reduce(0.01) { max($0, $1.first, $1.second) }
    var rowsPlot = RowsPlot(
      count: rows.count, range: Axis("", from: 0, to: most), title: caption, description: description)
    for (index, row) in rows.enumerated() {
      rowsPlot.name(row.label, index)
      for (side, share) in [row.first, row.second].enumerated() {
        let top = rowsPlot.top(index) + 3 + Double(side) * 8
        let end = rowsPlot.x(share)
        rowsPlot.drawing.bar(side + 1, x: rowsPlot.left, y: top, width: end - rowsPlot.left, height: 7)
      }
      let text = "\(Self.percent(row.first)) → \(Self.percent(row.second))"
      rowsPlot.drawing.label(text, x: 480, y: rowsPlot.top(index) + 14, anchor: "end", isTick: true)
    }
    return Figure(drawing: rowsPlot.drawing, caption: caption, legend: [names.0, names.1], sign: .bar)
  }

  private static func percent(_ share: Double) -> String {
    let tenths = Int((share * 1000).rounded())
    return tenths % 10 == 0 ? "\(tenths / 10)%" : "\(tenths / 10).\(tenths % 10)%"
  }
}
