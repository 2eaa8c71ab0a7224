/// A plane with its two axes.
struct Plot {
  var drawing: Drawing
  let left = 44.0
  let right = 470.0
  let top = 22.0
  let bottom = 252.0
  private let axes: (x: Axis?, y: Axis)

  /// - Parameter x: nil where what lies along it is no number, and its signs are drawn by others.
  init(x: Axis?, y: Axis, title: String, description: String) {
    axes = (x, y)
    drawing = Drawing(width: 480, height: 288, title: title, description: description)
    drawing.label(y.title, x: 4, y: 10, isTick: true)
    for tick in y.ticks {
      drawing.line("grid", left, self.y(tick.value), right, self.y(tick.value))
      drawing.label(tick.label, x: left - 6, y: self.y(tick.value) + 4, anchor: "end", isTick: true)
    }
    guard let x else { return }
    for tick in x.ticks {
      drawing.line("grid", self.x(tick.value), bottom, self.x(tick.value), bottom + 4)
      drawing.label(tick.label, x: self.x(tick.value), y: bottom + 16, anchor: "middle", isTick: true)
    }
    drawing.label(x.title, x: (left + right) / 2, y: bottom + 32, anchor: "middle", isTick: true)
  }

  func x(_ value: Double) -> Double { left + (axes.x?.position(value) ?? 0) * (right - left) }
  func y(_ value: Double) -> Double { bottom - axes.y.position(value) * (bottom - top) }
}
