import RefitCore

/// Observations for people and for programs.
enum ObservationTable {
  static func tell(_ observations: [Observation], asJSON: Bool) throws {
    if asJSON {
      try sayJSON(["observations": observations])
      return
    }
    let terminal = Terminal.standardOutput
    var table = TextTable([
      .init("metric"), .init("column"), .init("version"), .init("value", .right), .init("rows", .right),
      .init("window"), .init("source"),
    ])
    for observation in observations {
      let name = observation.slice.map { "\(observation.metric) [\($0)]" } ?? observation.metric
      table.append([
        .init(name), .init(observation.column ?? ""),
        .init(observation.version.map { "@\($0)" } ?? ""),
        .init(
          PersonNumber.text(observation.value, on: terminal), observation.value == nil ? .warning : .plain),
        .init(observation.sampleSize.map { PersonNumber.count($0) } ?? ""),
        .init(
          "\(PersonDuration.text(observation.window.length)) to \(ReaderTime.system.text(observation.window.end))"
        ),
        .init(observation.undefined.map { "\(observation.source): \($0)" } ?? observation.source),
      ])
    }
    say(table.rendered(for: terminal), terminator: "")
  }
}
