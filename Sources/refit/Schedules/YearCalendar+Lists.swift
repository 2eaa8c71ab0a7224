import RefitCore

extension YearCalendar {
  // MARK: - Clock changes

  private static let mostChanges = 20

  func changeList(on terminal: Terminal) -> String {
    let all = changes
    var text = terminal.styled("Clock changes", .bold) + "\n"
    for change in all.prefix(Self.mostChanges) {
      text += Self.wrapped(change.sentence, indent: 2, on: terminal)
      if lines.count > 1 {
        text += Self.wrapped(Self.names(change.schedules, most: 3), indent: 6, on: terminal)
      }
    }
    if all.count > Self.mostChanges {
      text += "  … and \(PersonNumber.count(all.count - Self.mostChanges)) more: --json has all\n"
    }
    return text
  }

  /// The first few, and how many there are besides.
  static func names(_ schedules: [ShownSchedule], most: Int) -> String {
    let first = schedules.prefix(most).map(\.title).joined(separator: ", ")
    return schedules.count > most ? "\(first) and \(PersonNumber.count(schedules.count - most)) more" : first
  }

  // MARK: - Collisions

  func crowdList(on terminal: Terminal) -> String {
    var text = terminal.styled("Most starts in one minute", .bold) + "\n"
    var table = TextTable([
      .init("  UTC"), .init("starts", .right), .init("days", .right), .init("schedules"),
    ])
    for crowd in crowds {
      table.append([
        .init("  " + Self.time(crowd.collision.minuteOfDay)), .init(PersonNumber.count(crowd.collision.most)),
        .init(PersonNumber.count(crowd.collision.days)), .init(Self.names(crowd.schedules, most: 2)),
      ])
    }
    text += table.rendered(for: terminal)
    if let example = crowds.first.flatMap(Self.fixed) {
      text += Self.wrapped(
        "\"\(example.advice)\" instead of \"\(example.written)\" gives each schedule a minute of its own, "
          + "fixed by its name.", indent: 2, on: terminal)
    }
    return text
  }

  static func time(_ minuteOfDay: Int) -> String {
    let minute = minuteOfDay % 60
    return "\(minuteOfDay / 60 < 10 ? "0" : "")\(minuteOfDay / 60):\(minute < 10 ? "0" : "")\(minute)"
  }

  /// An expression of a crowd of three or more whose minute is a plain number, and what `H` would make of it.
  private static func fixed(in crowd: Crowd) -> (written: String, advice: String)? {
    guard crowd.collision.most >= 3 else { return nil }
    for schedule in crowd.schedules {
      let written = schedule.expression.written
      let fields = written.split { $0 == " " || $0 == "\t" }
      if written == "@daily" || written == "@midnight" { return (written, "H 0 * * *") }
      guard fields.count == 5, Int(fields[0]) != nil else { continue }
      return (written, (["H"] + fields.dropFirst()).joined(separator: " "))
    }
    return nil
  }

  // MARK: - Totals

  private static let mostTotals = 20

  /// One line a schedule, the busiest first.
  func totals(on terminal: Terminal) -> String {
    let order = lines.enumerated().sorted {
      ($1.element.year.total, $0.offset) < ($0.element.year.total, $1.offset)
    }
    let shown = order.prefix(Self.mostTotals).map(\.element)
    let rows = shown.map { line in (line.year.months + [line.year.total]).map(Self.short) }
    let header = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec", "year"]
    let widths = header.indices.map { column in
      rows.reduce(header[column].count) { max($0, $1[column].count) }
    }
    let room = terminal.width - widths.reduce(widths.count, +)
    let longest = shown.map { ShownText($0.schedule.title).width }.max() ?? 0
    let width = max(8, terminal.isInteractive ? min(longest, room) : longest)
    func row(_ name: String, _ cells: [String]) -> String {
      let name = ShownText(name).truncated(to: width, on: terminal)
      let padding = String(repeating: " ", count: width - DisplayWidth.of(name))
      return name + padding
        + zip(cells, widths).map { " " + String(repeating: " ", count: $1 - $0.count) + $0 }.joined() + "\n"
    }
    var text = terminal.styled(row("Schedule", header), .bold)
    for (line, cells) in zip(shown, rows) { text += row(line.schedule.title, cells) }
    if order.count > shown.count {
      text += "… and \(PersonNumber.count(order.count - shown.count)) more: --json has all\n"
    }
    return text
  }

  /// In four characters at most, from ten thousand on rounded to thousands.
  private static func short(_ count: Int) -> String {
    count < 10_000 ? "\(count)" : "\((count + 500) / 1000)k"
  }

  /// Broken between words where a person reads along on a narrow terminal; later lines are indented by two more.
  static func wrapped(_ sentence: String, indent: Int, on terminal: Terminal) -> String {
    let margin = String(repeating: " ", count: indent)
    guard terminal.isInteractive else { return "\(margin)\(ShownText(sentence).text)\n" }
    var text = margin
    var used = indent
    for (index, word) in ShownText(sentence).text.split(separator: " ").enumerated() {
      let width = DisplayWidth.of(String(word))
      if index > 0, used + 1 + width > terminal.width {
        text += "\n\(margin)  "
        used = indent + 2
      } else if index > 0 {
        text += " "
        used += 1
      }
      text += word
      used += width
    }
    return text + "\n"
  }
}

extension YearCalendar.Change {
  /// The local time, what becomes of it, and when that is by UTC.
  var sentence: String {
    let times =
      "\(irregularity.localTime)\(irregularity.count > 1 ? " (and \(irregularity.count - 1) more)" : "")"
    let isOne = irregularity.count == 1
    switch irregularity.effect {
    case .skipped:
      return "\(times) \(zone) \(isOne ? "is" : "are") skipped at \(utc(irregularity.transition)) UTC"
    case .moved(let instant):
      return "\(times) \(zone) \(isOne ? "does" : "do") not exist: runs at \(utc(instant)) UTC"
    case .doubled(let first, let second):
      return "\(times) \(zone) \(isOne ? "comes" : "come") twice: at \(utc(first)) and \(utc(second)) UTC"
    }
  }

  /// The time, and the date where it is another than that of the local time.
  private func utc(_ instant: Instant) -> String {
    let time = LocalTime(instant, in: .utc)
    return time.date == irregularity.localTime.date ? "\("\(time)".suffix(5))" : "\(time)"
  }
}
