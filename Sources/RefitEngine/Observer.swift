import RefitCore
import RefitExecution
import RefitStatistics
import RefitTables

/// Computes a model's observations at one evaluation, from its prediction log, its feedback and its reference.
struct Observer {
  let model: Model
  let project: ProjectDirectory
  /// The nominal instant of the evaluation: windows end here.
  let nominal: Instant
  /// Labels that arrived later are not there yet.
  let knownAt: Instant
  /// The version that serves; nil: none.
  let champion: Int?
  /// Which version was published when; for logs without a version column.
  let serving: ServingHistory
  /// The model's own, else the champion's declared training data; nil where there is neither.
  let reference: MonitoredReference?
  /// New mature labels are counted from predictions after this instant.
  let feedbackSince: Instant?
  var subject = Subject.champion

  /// Whose performance is measured.
  enum Subject {
    /// Of the version that serves; without one, of none.
    case champion
    /// Without a version that serves, of each version that the log names in the window.
    case championOrLogged
  }

  /// What came of it. A number that could not be computed is there too, with the reason.
  struct Outcome: Codable, Sendable {
    var observations: [Observation] = []
    var files = LabelledLog.LogFiles(predictions: [], feedback: [])
  }

  private var countsFeedback: Bool { model.feedback != nil && champion != nil }

  func observe() -> Outcome { observe(in: MonitoredFiles(model: model, project: project)) }

  /// - Parameter files: those of the model, perhaps read for another occurrence before.
  func observe(in files: MonitoredFiles) -> Outcome {
    let work = files.work
    guard model.predictions != nil, !work.performance.isEmpty || !work.drift.isEmpty || countsFeedback else {
      return Outcome()
    }
    do {
      let (log, columns) = try files.log(knownAt: knownAt)
      let versions = try files.versions(of: log, serving)
      var observations = performance(work.performance, of: log, versions)
      observations += drift(work.drift, of: log, versions, columns: columns, in: files)
      observations += feedback(of: log)
      return Outcome(observations: observations, files: log.files)
    } catch {
      return unreadable(error)
    }
  }

  /// Each number that was asked for, unknown for the same reason.
  func unreadable(_ error: DataError) -> Outcome {
    let work = MonitorWork(model)
    var all = work.performance.map { work in
      observation(
        work.metric.rawValue, version: champion, window: work.period.window, .undefined(error.description),
        rows: 0)
    }
    all += undefined(work.drift, because: error.description)
    if let since = feedbackSince, countsFeedback {
      all.append(feedbackRows(.undefined(error.description), since: since))
    }
    return Outcome(observations: all)
  }

  // MARK: - Performance

  private func performance(
    _ work: [MonitorWork.Performance], of log: LabelledLog, _ versions: [Int?]
  ) -> [Observation] {
    guard champion != nil || subject == .championOrLogged else { return [] }
    // A window is read once, however many metrics are wanted of it.
    var windows: [MonitorWork.Period: [Int: LabelledWindow]] = [:]
    for period in Set(work.map(\.period)) {
      let byVersion = Dictionary(grouping: rows(of: log, labelledIn: period)) { versions[$0] }
      for case (let version?, let rows) in byVersion where champion == nil || version == champion {
        windows[period, default: [:]][version] = LabelledWindow(log: log, rows: rows)
      }
    }
    return work.flatMap { work in
      let window = windows[work.period] ?? [:]
      return (champion.map { [$0] } ?? window.keys.sorted()).map { version in
        observation(
          work.metric.rawValue, version: version, window: work.period.window,
          window[version]?.measure(work.metric)
            ?? .undefined("no labelled predictions of this version in the window"),
          rows: window[version]?.count ?? 0)
      }
    }
  }

  /// The rows with a mature label that the window takes.
  private func rows(of log: LabelledLog, labelledIn period: MonitorWork.Period) -> [Int] {
    let window = TimeWindow(after: nominal - period.window, through: nominal)
    return (0..<log.count).filter { row in
      guard let matured = log.maturedAt[row], matured <= nominal else { return false }
      return window.contains(period.by == .matured ? matured : log.times[row])
    }
  }

  // MARK: - Drift

  private func drift(
    _ work: [MonitorWork.Drift], of log: LabelledLog, _ versions: [Int?], columns: [ColumnRequest],
    in files: MonitoredFiles
  ) -> [Observation] {
    guard let reference else {
      return undefined(
        work,
        because: "there is no reference: the model names none, and no champion declared its training data")
    }
    guard !columns.isEmpty else {
      return undefined(
        work,
        because:
          "there is no feature to compare: the model lists none, and no column of the prediction log is without "
          + "another role")
    }
    let none = [Observation?](repeating: nil, count: work.count)
    var byColumn = [[Observation?]](repeating: none, count: columns.count)
    // A window is sorted once, however many statistics are wanted of it.
    for (period, places) in Dictionary(grouping: work.indices, by: { work[$0].period }) {
      // Rows without a version are history: no production model saw them.
      let current = rows(of: log, in: period, until: nominal).filter { versions[$0] != nil }
      let references = references(reference, period, of: log, columns: columns, in: files)
      for (index, (column, reference)) in zip(columns, references).enumerated() {
        let (values, count) = reference.measure(places.map { work[$0].statistic }, of: log.table, current)
        for (place, value) in zip(places, values) {
          byColumn[index][place] = observation(
            work[place].statistic.rawValue, column: column.name, window: period.window, value, rows: count)
        }
      }
    }
    return byColumn.flatMap { $0.compactMap(\.self) }
  }

  private func undefined(_ work: [MonitorWork.Drift], because reason: String) -> [Observation] {
    work.map { observation($0.statistic.rawValue, window: $0.period.window, .undefined(reason), rows: 0) }
  }

  /// What each column of a window is compared with.
  private func references(
    _ reference: MonitoredReference, _ period: MonitorWork.Period, of log: LabelledLog,
    columns: [ColumnRequest], in files: MonitoredFiles
  ) -> [MonitoredColumn] {
    switch reference {
    case .table(let path, let title):
      return files.columns(ofTable: path, title: title, columns)
    case .season(let season):
      let end = nominal - season.distance
      // History counts here: what the season was like does not depend on who predicted it.
      return MonitoredColumn.season(
        of: log.table, rows(of: log, in: period, until: end), columns: columns,
        title: "\(season), \(end - period.window) to \(end)")
    }
  }

  private func rows(of log: LabelledLog, in period: MonitorWork.Period, until end: Instant) -> [Int] {
    let window = TimeWindow(after: end - period.window, through: end)
    return (0..<log.count).filter { row in
      let time = period.by == .predicted ? log.times[row] : log.maturedAt[row]
      return time.map(window.contains) ?? false
    }
  }

  // MARK: - Feedback

  private func feedback(of log: LabelledLog) -> [Observation] {
    guard countsFeedback, let since = feedbackSince else { return [] }
    guard !log.files.feedback.isEmpty else {
      let reason = "no file matches feedback.path '\(model.feedback?.path ?? "")'"
      return [feedbackRows(.undefined(reason), since: since)]
    }
    let rows = (0..<log.count).count { row in
      guard let matured = log.maturedAt[row] else { return false }
      return matured <= nominal && log.times[row] > since
    }
    return [feedbackRows(.defined(Double(rows)), since: since)]
  }

  private func feedbackRows(_ value: Statistic, since: Instant) -> Observation {
    Observation(
      metric: Observation.feedbackRows, version: champion,
      window: .init(start: min(since, nominal), end: nominal), value: value.value, undefined: value.reason,
      sampleSize: value.value.map { Int($0) }, source: Observation.monitorSource, knownAt: knownAt)
  }

  private func observation(
    _ metric: String, version: Int? = nil, column: String? = nil, window: Timespan, _ value: Statistic,
    rows: Int
  ) -> Observation {
    Observation(
      metric: metric, version: version, column: column,
      window: .init(start: nominal - window, end: nominal), value: value.value, undefined: value.reason,
      sampleSize: rows, source: Observation.monitorSource, knownAt: knownAt)
  }
}
