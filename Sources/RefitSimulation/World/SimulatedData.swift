import RefitCore

/// The files of a simulated project that no job writes: code, a holdout, and a short log of the past.
enum SimulatedData {
  static let rows = 40

  static func x(_ row: Int) -> Double { Double((row * 37 + 11) % rows) / Double(rows) }

  /// One in ten labels is not what x says.
  static func isPositive(_ row: Int) -> Bool { (x(row) >= 0.5) != (row % 10 == 0) }

  static func write(_ model: String, before start: Instant, in project: ScratchProject) throws {
    var holdout = "id,at,x,label\n"
    var predictions = "id,at,x,score,version\n"
    var labels = "id,at,label\n"
    for row in 0..<rows {
      let at = start - .hours(Int64(24 * 7 - row))
      let label = isPositive(row) ? 1 : 0
      holdout += "h\(row),\(at),\(x(row)),\(label)\n"
      predictions += "p\(row),\(at),\(x(row)),\(x(row)),\n"
      labels += "p\(row),\(at + .hours(22)),\(label)\n"
    }
    try project.write(holdout, to: "data/\(model)/holdout.csv")
    try project.write(predictions, to: "data/\(model)/predictions/past.csv")
    try project.write(labels, to: "data/\(model)/labels/past.csv")
  }
}
