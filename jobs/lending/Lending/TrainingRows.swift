/// The labelled applications that a training may use, read from the logs.
public struct TrainingRows: Sendable {
  public private(set) var frame = Frame()
  public private(set) var ids: [String] = []
  public private(set) var times: [String] = []
  public private(set) var labels: [Bool] = []

  /// What bounds the rows: scored in (`after`, `through`], label known by `knownAt`, id not in `withheld`.
  public struct Bounds: Sendable {
    public var after: Instant
    public var through: Instant
    public var knownAt: Instant
    public var withheld: Set<String>

    public init(after: Instant, through: Instant, knownAt: Instant, withheld: Set<String>) {
      self.after = after
      self.through = through
      self.knownAt = knownAt
      self.withheld = withheld
    }
  }

  /// Reads the daily files in `predictions` and `labels` that can hold rows within `bounds`.
  public init(
    predictions: String, labels folder: String, within bounds: Bounds
  ) throws(LendingError) {
    let known = try Self.knownLabels(folder, bounds)
    for path in try Self.dailyFiles(predictions, from: bounds.after, through: bounds.through) {
      let table = try CommaSeparatedTable(path: path)
      let (fileIDs, fileTimes) = (try table.texts(Columns.id), try table.texts(Columns.scoredAt))
      var chosen: [Int] = []
      for (row, id) in fileIDs.enumerated() where known[id] != nil && !bounds.withheld.contains(id) {
        let scoredAt = try Instant(fileTimes[row])
        if bounds.after < scoredAt, scoredAt <= bounds.through { chosen.append(row) }
      }
      let all = try Frame(table, numeric: Columns.numeric, categorical: Columns.categorical)
      frame.append(all.rows(chosen))
      ids += chosen.map { fileIDs[$0] }
      times += chosen.map { fileTimes[$0] }
      labels += chosen.map { known[fileIDs[$0]]! }
    }
  }

  /// Id → label, for the labels that were known in time; a later label for the same id wins.
  private static func knownLabels(_ folder: String, _ bounds: Bounds) throws(LendingError) -> [String: Bool] {
    var known: [String: Bool] = [:]
    for path in try dailyFiles(folder, from: bounds.after, through: bounds.knownAt) {
      let table = try CommaSeparatedTable(path: path)
      let (ids, times) = (try table.texts(Columns.id), try table.texts(Columns.labelledAt))
      let labels = try table.texts(Columns.label)
      for (row, id) in ids.enumerated() where try Instant(times[row]) <= bounds.knownAt {
        known[id] = labels[row] == "1"
      }
    }
    return known
  }

  /// The files of a folder that are named by a day within the given time, oldest first.
  private static func dailyFiles(
    _ folder: String, from first: Instant, through last: Instant
  ) throws(LendingError) -> [String] {
    try Files.names(in: folder)
      .filter { $0.hasSuffix(".csv") && $0 >= first.date && $0.prefix(10) <= last.date }
      .map { folder + "/" + $0 }
  }

  /// The rows as CSV, for the leak check and as the reference of drift: id, time, all features of the log, label.
  public var text: String {
    let (numeric, categorical) = (frame.numeric.keys.sorted(), frame.categorical.keys.sorted())
    let header = [Columns.id, Columns.scoredAt] + numeric + categorical + [Columns.label]
    var text = header.joined(separator: ",") + "\n"
    for row in ids.indices {
      text += commaSeparatedField(ids[row]) + "," + times[row]
      for column in numeric {
        let value = frame.numeric[column]![row]
        text += value.isNaN ? "," : ",\(value)"
      }
      for column in categorical { text += "," + commaSeparatedField(frame.categorical[column]![row]) }
      text += labels[row] ? ",1\n" : ",0\n"
    }
    return text
  }
}
