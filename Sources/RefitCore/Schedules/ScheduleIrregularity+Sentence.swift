extension ScheduleIrregularity {
  /// What the change of the clock does to the schedule, in words: which local time in which zone, what happens to
  /// it, and when that is by UTC.
  public func sentence(in zone: String) -> String {
    let times = count == 1 ? "\(localTime)" : "\(localTime) and \(count - 1) more"
    let isOne = count == 1
    switch effect {
    case .skipped:
      return
        "\(times) \(isOne ? "does" : "do") not exist in \(zone): the clock goes forward at \(transition), "
        + "and nothing runs in \(isOne ? "its" : "their") stead"
    case .moved(let instant):
      return "\(times) \(isOne ? "does" : "do") not exist in \(zone): the clock goes forward, "
        + "and \(isOne ? "it runs" : "they run once,") at \(instant)"
    case .doubled(let first, let second):
      return "\(times) \(isOne ? "comes" : "come") twice in \(zone): the clock goes back at \(transition), "
        + "and \(isOne ? "it runs" : "the first runs") at \(first) and at \(second)"
    }
  }
}
