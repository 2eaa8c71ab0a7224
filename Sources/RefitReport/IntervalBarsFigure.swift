/// Numbers in named rows, each a bar from zero with its interval; groups of a fairness measure, differences of models.
public struct IntervalBarsFigure: Sendable {
  /// A row: its name, its number, the interval around it and how the two are written.
  public struct Row: Sendable {
    let label: String
    let value: Double
    let interval: ClosedRange<Double>?
    let text: String

    /// All numbers are finite.
    public init(_ label: String, _ value: Double, interval: ClosedRange<Double>?, text: String) {
      self.label = label
      self.value = value
      self.interval = interval
      self.text = text
    }
  }

  private let caption: String
  private let description: String
  private let range: Axis
  private let rows: [Row]

  /// - Parameter range: holds 0 and every number and interval, or cuts them off.
  public init(caption: String, description: String, range: Axis, rows: [Row]) {
    self.caption = caption
    self.description = description
    self.range = range
    self.rows = rows
  }

  /// The figure.
  public var figure: Figure {
    var plot = RowsPlot(count: rows.count, range: range, title: caption, description: description)
    plot.marks()
    for (index, row) in rows.enumerated() {
      plot.name(row.label, index)
      let (zero, end) = (plot.x(0), plot.x(row.value))
      let top = plot.top(index)
      plot.drawing.bar(1, x: min(zero, end), y: top + 5, width: abs(end - zero), height: 11)
      if let interval = row.interval {
        let (low, high) = (plot.x(interval.lowerBound), plot.x(interval.upperBound))
        plot.drawing.line("interval", low, top + 10.5, high, top + 10.5)
        for x in [low, high] { plot.drawing.line("interval", x, top + 6, x, top + 15) }
      }
      plot.drawing.label(row.text, x: 480, y: top + 14, anchor: "end", isTick: true)
    }
    return Figure(drawing: plot.drawing, caption: caption, legend: [], sign: .bar)
  }
}
