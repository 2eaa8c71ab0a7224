extension CronSchedule {
  /// Calls `body` with every occurrence in a year of the schedule's own clock, ascending: its local minute, counted
  /// from 1970-01-01 00:00, and its second since 1970-01-01T00:00:00Z.
  ///
  /// They are those that `next(after:)` gives, found by whole days instead of one by one.
  func forEachOccurrence(inYear year: Int64, _ body: (_ localMinute: Int64, _ second: Int64) -> Void) {
    let minutes =
      CivilDate(firstOf: 1, in: year).daysSinceEpoch * 1440..<CivilDate(firstOf: 1, in: year + 1)
      .daysSinceEpoch * 1440
    // No offset is larger than two days.
    var from = minutes.lowerBound * 60 - 2 * 86_400
    let end = minutes.upperBound * 60 + 2 * 86_400
    while from < end {
      let span = timeZone.span(at: from)
      forEachOccurrence(in: span, from: from, within: minutes, body)
      guard let next = span.end else { return }
      from = next
    }
  }

  private func forEachOccurrence(
    in span: OffsetSpan, from: Int64, within minutes: Range<Int64>, _ body: (Int64, Int64) -> Void
  ) {
    var first = max(minutes.lowerBound, firstLocalMinute(in: span, from: span.start ?? from))
    if let replay = replay(at: span) {
      let minute = (replay + span.offset) / 60
      if minutes.contains(minute) { body(minute, replay) }
      first = max(first, minute + 1)
    }
    let last = min(minutes.upperBound, span.end.map { Self.minute(notBefore: $0 + span.offset) } ?? .max)
    guard first < last else { return }
    expression.forEachMinute(in: first..<last) { body($0, $0 * 60 - span.offset) }
  }
}

extension CronExpression {
  /// Calls `body` with every matching local minute of a range, ascending.
  fileprivate func forEachMinute(in range: Range<Int64>, _ body: (Int64) -> Void) {
    var from = Instant.floorDivide(range.lowerBound, 1440)
    while from * 1440 < range.upperBound, let day = days.first(from: from), day * 1440 < range.upperBound {
      var hours = hours
      while hours != 0 {
        let hour = day * 1440 + Int64(hours.trailingZeroBitCount) * 60
        hours &= hours - 1
        var minutes = minutes
        while minutes != 0 {
          let minute = hour + Int64(minutes.trailingZeroBitCount)
          minutes &= minutes - 1
          if range.contains(minute) { body(minute) }
        }
      }
      from = day + 1
    }
  }
}
