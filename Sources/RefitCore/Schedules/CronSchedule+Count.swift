extension CronSchedule {
  /// How many occurrences are later than `start` and not later than `end`. Days far from a clock change are counted,
  /// not walked: a century takes milliseconds.
  public func count(after start: Instant, through end: Instant) -> Int {
    let limit = end.seconds + 1
    var from = start.seconds + 1
    var total = 0
    while from < limit {
      let span = timeZone.span(at: from)
      // For some hours after a clock change there are rules of their own.
      let plain = span.start.map { $0 + 86_400 } ?? from
      if from < plain {
        let stop = min(plain, limit)
        total += walked(from: from, to: stop)
        from = stop
      } else {
        let stop = min(span.end ?? limit, limit)
        total += expression.matches(
          from: Self.minute(notBefore: from + span.offset), to: Self.minute(notBefore: stop + span.offset))
        from = stop
      }
    }
    return total
  }

  /// The newest occurrences later than `start` and not later than `end`, ascending, at most `limit` of them.
  public func newest(_ limit: Int, after start: Instant, through end: Instant) -> [Instant] {
    guard limit > 0, start < end else { return [] }
    var reach: Int64 = 3600
    while true {
      let from = end.seconds - start.seconds > reach ? Instant(seconds: end.seconds - reach) : start
      let isEnough = from == start || count(after: from, through: end) >= limit
      if isEnough { return occurrences(after: from, through: end, limit: .max).suffix(limit) }
      reach *= 4
    }
  }

  private func walked(from: Int64, to end: Int64) -> Int {
    var count = 0
    var current = Instant(seconds: from - 1)
    while let next = next(after: current), next.seconds < end {
      count += 1
      current = next
    }
    return count
  }
}

extension CronExpression {
  /// How many local minutes match, from one up to but not including another.
  fileprivate func matches(from start: Int64, to end: Int64) -> Int {
    let firstDay = Instant.floorDivide(start + 1439, 1440)
    let lastDay = Instant.floorDivide(end, 1440)
    guard firstDay < lastDay else { return walked(from: start, to: end) }
    let daily = minutes.nonzeroBitCount * hours.nonzeroBitCount
    var total = walked(from: start, to: firstDay * 1440) + walked(from: lastDay * 1440, to: end)
    var day = firstDay
    while let next = days.first(from: day), next < lastDay {
      total += daily
      day = next + 1
    }
    return total
  }

  private func walked(from start: Int64, to end: Int64) -> Int {
    var count = 0
    var minute = start
    while minute < end, let next = firstMinute(from: minute), next < end {
      count += 1
      minute = next + 1
    }
    return count
  }
}
