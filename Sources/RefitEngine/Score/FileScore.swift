import RefitCore
import RefitStatistics
import RefitTables

/// How well predictions meet their labels, and whether better than a champion's; it needs no project.
public struct FileScore: Sendable {
  public let request: ScoreRequest
  /// What was judged.
  public let outcomes: ScoredOutcomes
  /// Rows without a label, which were left out.
  public let unlabelled: Int
  /// Labels that belong to no prediction; nil where they did not come in files of their own.
  public let strayLabels: Int?
  public let metrics: [ScoredMetric]
  /// Of each group column, of the intersections of each two, and of all.
  public let fairness: [GroupScore]
  public let comparison: ScoreComparison?

  /// Rows that were judged.
  public var rows: Int { outcomes.count }

  /// Reads the files, each once, and computes everything; the same on any number of threads.
  ///
  /// - Throws: where a file is no table, lacks a column, or has a value that can't be used beside a label.
  public static func read(_ request: ScoreRequest) throws(ScoreError) -> FileScore {
    var wanted = [(files: request.predictions, columns: request.ownColumns)]
    if let labels = request.labels { wanted.append((labels, request.labelColumns)) }
    if case .files(let champion) = request.champion { wanted.append((champion, request.championColumns)) }
    var tables = try read(wanted, threads: request.plan.threads)[...]
    let predictions = tables.removeFirst()
    let late =
      request.labels == nil ? nil : try LateLabels(tables.removeFirst(), of: predictions, request)
    return try FileScore(
      request, predictions, labels: late?.table ?? predictions, strayLabels: late?.withoutPrediction,
      champion: tables.first)
  }

  /// Reads tables side by side.
  private static func read(
    _ wanted: [(files: TableFiles, columns: [ColumnRequest])], threads: Int
  ) throws(ScoreError) -> [ScoredTable] {
    let tables = Parallel.map(wanted.count, threads: threads) { index -> Result<ScoredTable, TableError> in
      do throws(TableError) {
        return .success(try ScoredTable.read(wanted[index].files, wanted[index].columns))
      } catch {
        return .failure(error)
      }
    }
    var read: [ScoredTable] = []
    for table in tables {
      do { read.append(try table.get()) } catch { throw .table(error) }
    }
    return read
  }

  private init(
    _ request: ScoreRequest, _ file: ScoredTable, labels: ScoredTable, strayLabels: Int?,
    champion: ScoredTable?
  ) throws(ScoreError) {
    self.request = request
    self.strayLabels = strayLabels
    let rows = try labels.labelledRows(request.label, request.task)
    guard !rows.isEmpty else {
      throw .file(
        file.name,
        file.rowCount == 0 ? "there are no rows" : "no row has a label in column '\(request.label)'")
    }
    unlabelled = file.rowCount - rows.count
    outcomes = try OutcomesReader(request: request, labels: labels, predictions: file, rows: rows).read(
      file, rows: rows, request.task)
    fairness = try Self.fairness(request, outcomes, file, rows)
    comparison = try Self.comparison(request, outcomes, file, labels, rows, champion)
    metrics = Self.metrics(outcomes, request)
  }

  private static func metrics(_ outcomes: ScoredOutcomes, _ request: ScoreRequest) -> [ScoredMetric] {
    switch outcomes {
    case .binary(let binary):
      binary.outcomes.scored(asked: request.asked, confidence: request.confidence, request.plan)
    case .multiclass(let classes): classes.outcomes.scored(confidence: request.confidence, request.plan)
    case .regression(let regression): regression.scoring.scored(confidence: request.confidence, request.plan)
    }
  }

  // MARK: - Fairness

  private static func fairness(
    _ request: ScoreRequest, _ outcomes: ScoredOutcomes, _ file: ScoredTable, _ rows: [Int]
  ) throws(ScoreError) -> [GroupScore] {
    var columns: [GroupColumn] = []
    for name in request.groups {
      let all = try file.categories(name)
      columns.append(GroupColumn(name: name, codes: rows.map { all.codes[$0] }, names: all.names).sorted)
    }
    columns += Self.intersections(of: columns)
    let scoring = GroupScoring(
      minimumGroup: request.minimumGroup, confidence: request.confidence, request.plan)
    return columns.compactMap { column in
      switch (outcomes, request.task) {
      case (.binary(let binary), .binary(let roles)):
        guard let predictions = binary.predictions else { return nil }
        let isAbove = roles.favourable == .above
        return scoring.score(
          selected: predictions.map { $0 == isAbove }, labels: binary.labels.map { $0 == isAbove },
          weights: binary.weights, column)
      case (.multiclass(let classes), _):
        guard let predictions = classes.predictions else { return nil }
        return scoring.score(
          right: zip(classes.labels, predictions).map { $0 == $1 }, weights: classes.weights, column)
      case (.regression(let regression), _):
        guard let predictions = regression.predictions else { return nil }
        return scoring.score(
          targets: regression.targets, predictions: predictions, weights: regression.weights, column)
      default: return nil
      }
    }
  }

  /// Each pair of columns, and all of them where there are more than two.
  private static func intersections(of columns: [GroupColumn]) -> [GroupColumn] {
    let pairs = columns.indices.flatMap { first in
      columns[(first + 1)...].map { GroupColumn.crossing([columns[first], $0]) }
    }
    return columns.count > 2 ? pairs + [.crossing(columns)] : pairs
  }

  // MARK: - The champion

  private static func comparison(
    _ request: ScoreRequest, _ outcomes: ScoredOutcomes, _ file: ScoredTable, _ labels: ScoredTable,
    _ rows: [Int], _ champion: ScoredTable?
  ) throws(ScoreError) -> ScoreComparison? {
    guard let task = request.championTask else { return nil }
    let compare = { (candidate: ScoredOutcomes, other: ScoredOutcomes, joined: JoinedRows?) in
      ScoreComparison(
        candidate, other, asked: request.asked, onlyHere: joined?.onlyOwn ?? 0,
        onlyThere: joined?.onlyOther ?? 0, confidence: request.confidence, request.plan)
    }
    func reader(_ rows: [Int]) -> OutcomesReader {
      OutcomesReader(request: request, labels: labels, predictions: file, rows: rows)
    }
    guard let champion else { return compare(outcomes, try reader(rows).read(file, rows: rows, task), nil) }
    // A champion's labels are those of files of their own, where there are such.
    let hasLabels = request.labels == nil && champion.contains(request.label)
    let labelled =
      hasLabels ? try champion.labelledRows(request.label, request.task) : Array(0..<champion.rowCount)
    let joined = try JoinedRows(file, champion, id: request.id, labelled: (rows, labelled))
    if hasLabels { try refuseOtherLabels(request, labels, champion, joined) }
    let reader = reader(joined.own)
    return compare(
      try reader.read(file, rows: joined.own, request.task),
      try reader.read(champion, rows: joined.other, task), joined)
  }

  /// - Throws: where the champion's table has another label of a row.
  private static func refuseOtherLabels(
    _ request: ScoreRequest, _ own: ScoredTable, _ champion: ScoredTable, _ joined: JoinedRows
  ) throws(ScoreError) {
    func differ(_ row: Int, _ other: Int, _ text: String, _ otherText: String) -> ScoreError {
      champion.value(
        other,
        "the label '\(otherText)' is not the one at \(own.location(row)), '\(text)'")
    }
    if case .regression = request.task {
      let (labels, others) = (try own.numbers(request.label), try champion.numbers(request.label))
      for (row, other) in zip(joined.own, joined.other)
      where !others[other].isNaN && labels[row] != others[other] {
        throw differ(row, other, "\(labels[row])", "\(others[other])")
      }
      return
    }
    let columns = (try own.categories(request.label), try champion.categories(request.label))
    let names = (columns.0.names.map(LabelText.init), columns.1.names.map(LabelText.init))
    var areTruths = false
    if case .binary(let binary) = request.task { areTruths = binary.positive == nil }
    // Of a binary task 1 and true are one label, whichever file has which.
    func meaning(_ label: LabelText) -> LabelText {
      areTruths ? label.truth.map { LabelText($0 ? "1" : "0") } ?? label : label
    }
    let places = Dictionary(names.0.enumerated().map { (meaning($1), Int32($0)) }) { first, _ in first }
    let (here, there) = (
      names.0.map { places[meaning($0)] ?? -1 }, names.1.map { places[meaning($0)] ?? -2 }
    )
    for (row, other) in zip(joined.own, joined.other) where columns.1.codes[other] >= 0 {
      let (mine, theirs) = (Int(columns.0.codes[row]), Int(columns.1.codes[other]))
      if here[mine] != there[theirs] { throw differ(row, other, names.0[mine].text, names.1[theirs].text) }
    }
  }
}

extension GroupColumn {
  /// The same groups in the order of their names.
  fileprivate var sorted: GroupColumn {
    let order = names.indices.sorted { names[$0].utf8.lexicographicallyPrecedes(names[$1].utf8) }
    var places = [Int32](repeating: 0, count: names.count)
    for (place, index) in order.enumerated() { places[index] = Int32(place) }
    return GroupColumn(
      name: name, codes: codes.map { $0 < 0 ? -1 : places[Int($0)] }, names: order.map { names[$0] })
  }
}
