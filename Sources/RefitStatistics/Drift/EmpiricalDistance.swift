/// The distances of two empirical distribution functions F and G, from one pass over both samples.
struct EmpiricalDistance: Sendable, Hashable {
  /// sup |F − G| times the product of both sample sizes, which is whole and so free of rounding.
  let largestGap: Int
  /// ∫ |F − G|, the Wasserstein distance of order 1, in the samples' unit (`scipy.stats.wasserstein_distance`);
  /// infinite where it is larger than a Double holds.
  let area: Double

  /// Takes two ascending samples of finite values, each with one.
  init(sorted reference: [Double], _ current: [Double]) {
    // A width may be more than a Double holds; then halves are added up. Of all else every bit counts.
    let largest = max(abs(reference[0]), abs(current[0]), abs(reference.last!), abs(current.last!))
    let factor = largest < .greatestFiniteMagnitude / 4 ? 1 : 0.5
    var sweep = Sweep(reference.count, current.count, factor: factor)
    reference.withUnsafeBufferPointer { reference in
      current.withUnsafeBufferPointer { current in
        sweep.throughBoth(reference, current)
        sweep.throughRest(reference, current)
      }
    }
    largestGap = sweep.largest
    area = sweep.area.value / factor
  }
}

/// A walk over the distinct values of two ascending samples.
private struct Sweep {
  private let n: Int
  private let m: Int
  private let scale: Double
  private let factor: Double
  private var i = 0
  private var j = 0
  private var last = 0.0
  var largest = 0
  /// Times the factor.
  var area = CompensatedSum()

  init(_ n: Int, _ m: Int, factor: Double) {
    (self.n, self.m, self.factor) = (n, m, factor)
    scale = 1 / (Double(n) * Double(m))
  }

  /// Takes the stretch from the last value to this one, along which |F − G| does not change.
  @inline(__always)
  private mutating func pass(to value: Double) {
    let gap = abs(i * m - j * n)
    largest = max(largest, gap)
    area.add((value * factor - last * factor) * (Double(gap) * scale))
    last = value
  }

  /// Until one sample is used up. Which sample the next value is from is a coin toss that no processor predicts, so
  /// that nothing branches on it.
  mutating func throughBoth(_ reference: UnsafeBufferPointer<Double>, _ current: UnsafeBufferPointer<Double>)
  {
    var (a, b) = (reference[0], current[0])
    last = min(a, b)
    while true {
      let value = a <= b ? a : b
      pass(to: value)
      i += a == value ? 1 : 0
      j += b == value ? 1 : 0
      guard i < n, j < m else { return }
      (a, b) = (reference[i], current[j])
      if a == value || b == value {
        while i < n, reference[i] == value { i += 1 }
        while j < m, current[j] == value { j += 1 }
        guard i < n, j < m else { return }
        (a, b) = (reference[i], current[j])
      }
    }
  }

  /// What is left of the other sample.
  mutating func throughRest(_ reference: UnsafeBufferPointer<Double>, _ current: UnsafeBufferPointer<Double>)
  {
    while i < n || j < m {
      let value = i < n ? reference[i] : current[j]
      if value > last { pass(to: value) }
      if i < n { i += 1 } else { j += 1 }
    }
  }
}
