import RefitCore

extension YearCalendar {
  /// The calendar for people: 80 columns are enough.
  func text(on terminal: Terminal) -> String {
    let schedules = PersonNumber.count(lines.count, "schedule")
    let starts = PersonNumber.count(sum.total, "start")
    var text = terminal.styled(
      "\(title), \(year): \(lines.count == 1 ? "" : "\(schedules), ")\(starts)", .bold)
    text += "\n\n" + grid(on: terminal) + "\n" + hourBars(on: terminal)
    if !changes.isEmpty { text += "\n" + changeList(on: terminal) }
    if !crowds.isEmpty { text += "\n" + crowdList(on: terminal) }
    if lines.count > 1 { text += "\n" + totals(on: terminal) }
    return text
  }

  // MARK: - Days

  private static let monthNames = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ]

  /// Months down, days across, each day in two columns: how much, and whether a clock changes.
  private func grid(on terminal: Terminal) -> String {
    let scale = CountScale(highest: sum.days.max() ?? 0, on: terminal)
    let header = (1...31).map { $0 == 1 || $0 % 5 == 0 ? "\($0)" + ($0 < 10 ? " " : "") : "  " }.joined()
    var text = terminal.styled("     \(header)   starts", .dim) + "\n"
    let changedDays = Set(lines.flatMap { $0.changes.map(\.localTime.date) })
    var rest = sum.days[...]
    for (index, name) in Self.monthNames.enumerated() {
      let month = Int64(index + 1)
      let length = Int(CivilDate.days(inMonth: month, of: year))
      let cells = zip(Int64(1)..., rest.prefix(length)).map { day, count in
        let date = CivilDate(year: year, month: month, day: day)
        let isChanged = date.map(changedDays.contains) ?? false
        return cell(count, isWeekend: date?.isWeekend ?? false, isChanged: isChanged, scale, terminal)
      }
      let total = rest.prefix(length).reduce(0, +)
      let number = PersonNumber.count(total)
      let fill = String(repeating: " ", count: 2 * (31 - length) + max(0, 9 - number.count))
      text += " \(name) \(cells.joined())\(fill)\(number)\n"
      rest = rest.dropFirst(length)
    }
    text += terminal.styled("     \(scale.legend)", .dim) + "\n"
    if changedDays.isEmpty { return text }
    return text + terminal.styled("     ! a clock change moves, skips or doubles something", .dim) + "\n"
  }

  private func cell(
    _ count: Int, isWeekend: Bool, isChanged: Bool, _ scale: CountScale, _ terminal: Terminal
  ) -> String {
    let sign = terminal.styled(scale.sign(count), isWeekend || count == 0 ? .dim : .accent)
    return sign + (isChanged ? terminal.styled("!", .warning) : " ")
  }

  private func hourBars(on terminal: Terminal) -> String {
    let scale = CountScale(bars: sum.hours.max() ?? 0, on: terminal)
    let header = (0..<24).map { $0 < 10 ? " \($0) " : "\($0) " }.joined()
    let bars = sum.hours.map { " \(scale.sign($0)) " }.joined()
    let busiest = sum.hours.enumerated().max { ($0.element, $1.offset) < ($1.element, $0.offset) }
    let words = busiest.map {
      "most from \(Self.time($0.offset * 60)): \(PersonNumber.count($0.element, "start"))"
    }
    return terminal.styled("Hour \(Self.trimmed(header))", .dim) + "\n     "
      + terminal.styled(Self.trimmed(bars), .accent) + "\n"
      + terminal.styled("     by each schedule's own clock; \(words ?? "")", .dim) + "\n"
  }

  private static func trimmed(_ text: String) -> String {
    var text = text
    while text.last == " " { text.removeLast() }
    return text
  }
}

extension CivilDate {
  fileprivate var isWeekend: Bool {
    let weekday = LocalTime(Instant(seconds: daysSinceEpoch * 86_400), in: .utc).weekday
    return weekday == "Sat" || weekday == "Sun"
  }
}
