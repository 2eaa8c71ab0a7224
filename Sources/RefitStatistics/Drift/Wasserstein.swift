/// The Wasserstein distance of order 1, or earth mover's distance.
enum Wasserstein {
  /// ∫ |F − G| of two ascending samples of finite values, each with one, in their unit
  /// (`scipy.stats.wasserstein_distance`); infinite where it is larger than a Double holds.
  static func distance(sorted reference: [Double], _ current: [Double]) -> Double {
    let (n, m) = (reference.count, current.count)
    let scale = 1 / (Double(n) * Double(m))
    return reference.withUnsafeBufferPointer { reference in
      current.withUnsafeBufferPointer { current in
        var sum = CompensatedSum()
        var i = 0
        var j = 0
        while i < n || j < m {
          let value = j == m || (i < n && reference[i] <= current[j]) ? reference[i] : current[j]
          while i < n, reference[i] == value { i += 1 }
          while j < m, current[j] == value { j += 1 }
          guard i < n || j < m else { break }
          let next = j == m || (i < n && reference[i] <= current[j]) ? reference[i] : current[j]
          let gap = Double(abs(i * m - j * n)) * scale
          // The width alone may be more than a Double holds.
          if gap > 0 { sum.add((next / 2 - value / 2) * gap) }
        }
        return sum.value * 2
      }
    }
  }
}
