/// Quantiles of sorted values.
enum Quantile {
  /// The quantile at a share (0…1) of ascending, finite values, at least one: Hyndman and Fan's type 7, as
  /// `numpy.quantile(values, share)` computes it, whose position is the rounded product of the share and the count
  /// less one.
  static func typeSeven(ofSorted values: [Double], at share: Double) -> Double {
    let position = Double(values.count - 1) * share
    let below = min(values.count - 1, Int(position))
    let above = min(values.count - 1, below + 1)
    return interpolate(values[below], values[above], at: position - Double(below))
  }

  /// A value from `low` to `high`, which it never leaves; the two may be further apart than a Double can hold.
  private static func interpolate(_ low: Double, _ high: Double, at weight: Double) -> Double {
    if low == high { return low }
    let distance = high - low
    let value =
      distance.isFinite
      ? (weight < 0.5 ? low + distance * weight : high - distance * (1 - weight))
      : low * (1 - weight) + high * weight
    return min(max(value, low), high)
  }
}
