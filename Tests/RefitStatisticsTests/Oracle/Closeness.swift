import RefitStatistics

/// Whether two numbers agree to `relative` of the larger, or to 1e-14 near 0, where differences cancel.
func agree(_ left: Double, _ right: Double, relative: Double = 1e-9, absolute: Double = 1e-14) -> Bool {
  if left == right { return true }
  return abs(left - right) <= max(relative * max(abs(left), abs(right)), absolute)
}

/// Whether both are undefined, or both are numbers that agree.
func agree(_ statistic: Statistic, _ expected: Double?, relative: Double = 1e-9) -> Bool {
  switch (statistic.value, expected) {
  case (nil, nil): true
  case (let value?, let expected?): agree(value, expected, relative: relative)
  default: false
  }
}
