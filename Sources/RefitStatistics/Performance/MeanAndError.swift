/// The mean of some numbers and its standard error: their standard deviation (n − 1) over √n.
struct MeanAndError {
  let mean: Double
  /// Nil with one number.
  let standardError: Double?

  /// Nil without numbers, and when a sum is larger than a Double can hold.
  init?(_ values: [Double]) {
    guard !values.isEmpty else { return nil }
    let count = Double(values.count)
    var sum = CompensatedSum()
    for value in values { sum.add(value) }
    let mean = sum.value / count
    guard mean.isFinite else { return nil }
    self.mean = mean
    guard values.count > 1 else {
      standardError = nil
      return
    }
    let largest = values.reduce(0) { max($0, abs($1 - mean)) }
    guard largest > 0 else {
      standardError = 0
      return
    }
    // A power of two keeps the squares within a Double.
    let scale = largest.binade
    var squares = CompensatedSum()
    for value in values { squares.add((value - mean) / scale * ((value - mean) / scale)) }
    standardError = (squares.value / (count - 1) / count).squareRoot() * scale
  }
}
