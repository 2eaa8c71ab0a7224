/// Rows under one another, their names on the left and what they are on the right.
struct RowsPlot {
  var drawing: Drawing
  let left = 150.0
  private let right = 380.0
  private let range: Axis
  private let count: Int

  init(count: Int, range: Axis, title: String, description: String) {
    self.range = range
    self.count = count
    drawing = Drawing(
      width: 480, height: Double(count) * 22 + 26, title: title, description: description)
  }

  func top(_ index: Int) -> Double { Double(index) * 22 }
  func x(_ value: Double) -> Double { left + range.position(value) * (right - left) }

  mutating func name(_ label: String, _ index: Int) {
    let most = 24
    let shown = label.count > most ? "\(label.prefix(most - 1))…" : label
    drawing.label(shown, x: left - 8, y: top(index) + 14, anchor: "end")
  }

  mutating func marks() {
    let bottom = top(count)
    for tick in range.ticks {
      drawing.line("grid", x(tick.value), 0, x(tick.value), bottom + 4)
      drawing.label(tick.label, x: x(tick.value), y: bottom + 18, anchor: "middle", isTick: true)
    }
  }
}
