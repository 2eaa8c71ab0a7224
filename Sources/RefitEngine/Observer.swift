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

  /// The performance windows that are to be computed: the monitor's, and those that conditions read.
  private var performanceWork: [PerformanceWork] {
    var work: [PerformanceWork] = []
    if let monitor = model.monitors.performance {
      work += monitor.metrics.map { PerformanceWork(metric: $0, window: monitor.window, by: monitor.by) }
    }
    for case .performance(let condition) in model.retrain.when?.leaves ?? [] {
      let by = model.monitors.performance?.by ?? .matured
      work.append(PerformanceWork(metric: condition.metric, window: condition.window, by: by))
    }
    return work.uniqued()
  }

  private var driftWork: [DriftWork] {
    var work: [DriftWork] = []
    if let monitor = model.monitors.drift {
      work += monitor.statistics.map { DriftWork(statistic: $0, window: monitor.window, by: monitor.by) }
    }
    for case .drift(let condition) in model.retrain.when?.leaves ?? [] {
      let by = model.monitors.drift?.by ?? .predicted
      work.append(DriftWork(statistic: condition.statistic, window: condition.window, by: by))
    }
    return work.uniqued()
  }

  private var countsFeedback: Bool { model.feedback != nil && champion != nil }

  func observe() -> Outcome { observe(in: MonitoredFiles(model: model, project: project)) }

  /// - Parameter files: those of the model, perhaps read for another occurrence before.
  func observe(in files: MonitoredFiles) -> Outcome {
    guard model.predictions != nil, !performanceWork.isEmpty || !driftWork.isEmpty || countsFeedback else {
      return Outcome()
    }
    do {
      let (log, columns) = try files.log(knownAt: knownAt, drifting: !driftWork.isEmpty)
      let versions = try files.versions(of: log, serving)
      var observations = performance(of: log, versions)
      observations += drift(of: log, versions, columns: columns, in: files)
      observations += feedback(of: log)
      return Outcome(observations: observations, files: log.files)
    } catch {
      return unreadable(error)
    }
  }

  /// Each number that was asked for, unknown for the same reason.
  func unreadable(_ error: DataError) -> Outcome {
    var all = performanceWork.map { work in
      observation(
        work.metric.rawValue, version: champion, window: work.window, .undefined(error.description),
        rows: 0)
    }
    all += driftWork.map { work in
      observation(work.statistic.rawValue, window: work.window, .undefined(error.description), rows: 0)
    }
    if let since = feedbackSince, countsFeedback {
      all.append(feedbackRows(.undefined(error.description), since: since))
    }
    return Outcome(observations: all)
  }

  // MARK: - Performance

  private func performance(of log: LabelledLog, _ versions: [Int?]) -> [Observation] {
    if let champion {
      return performanceWork.map { work in
        let rows = rows(of: log, in: work).filter { versions[$0] == champion }
        return performance(work, version: champion, of: log, rows)
      }
    }
    guard subject == .championOrLogged else { return [] }
    return performanceWork.flatMap { work in
      let byVersion = Dictionary(grouping: rows(of: log, in: work)) { versions[$0] }
      return byVersion.keys.compactMap(\.self).sorted().map { version in
        performance(work, version: version, of: log, byVersion[version] ?? [])
      }
    }
  }

  /// The rows with a mature label that the window takes.
  private func rows(of log: LabelledLog, in work: PerformanceWork) -> [Int] {
    let start = nominal - work.window
    return (0..<log.count).filter { row in
      guard let matured = log.maturedAt[row], matured <= nominal else { return false }
      let time = work.by == .matured ? matured : log.times[row]
      return time > start && time <= nominal
    }
  }

  private func performance(
    _ work: PerformanceWork, version: Int, of log: LabelledLog, _ rows: [Int]
  ) -> Observation {
    let (value, count) = measure(work.metric, of: log, rows)
    return observation(work.metric.rawValue, version: version, window: work.window, value, rows: count)
  }

  private func measure(_ metric: PerformanceMetric, of log: LabelledLog, _ rows: [Int]) -> (Statistic, Int) {
    guard !rows.isEmpty else {
      return (.undefined("no labelled predictions of this version in the window"), 0)
    }
    do {
      let outcomes = try LabelledOutcomes(log: log, rows: rows)
      return (outcomes.measure(metric), rows.count)
    } catch {
      return (.undefined(error.description), rows.count)
    }
  }

  // MARK: - Drift

  private func drift(
    of log: LabelledLog, _ versions: [Int?], columns: [ColumnRequest], in files: MonitoredFiles
  ) -> [Observation] {
    guard !driftWork.isEmpty else { return [] }
    guard let reference else {
      let reason = "there is no reference: the model names none, and no champion declared its training data"
      return driftWork.map {
        observation($0.statistic.rawValue, window: $0.window, .undefined(reason), rows: 0)
      }
    }
    let none = [Observation?](repeating: nil, count: driftWork.count)
    var byColumn = [[Observation?]](repeating: none, count: columns.count)
    // A window is sorted once, however many statistics are wanted of it.
    for (period, places) in Dictionary(grouping: driftWork.indices, by: { driftWork[$0].period }) {
      // Rows without a version are history: no production model saw them.
      let current = rows(of: log, in: period, until: nominal).filter { versions[$0] != nil }
      let references = references(reference, period, of: log, columns: columns, in: files)
      for (index, (column, reference)) in zip(columns, references).enumerated() {
        let (values, count) = reference.measure(
          places.map { driftWork[$0].statistic }, of: log.table, current)
        for (place, value) in zip(places, values) {
          byColumn[index][place] = observation(
            driftWork[place].statistic.rawValue, column: column.name, window: period.window, value,
            rows: count)
        }
      }
    }
    return byColumn.flatMap { $0.compactMap(\.self) }
  }

  /// What each column of a window is compared with.
  private func references(
    _ reference: MonitoredReference, _ period: DriftWork.Period, of log: LabelledLog,
    columns: [ColumnRequest],
    in files: MonitoredFiles
  ) -> [MonitoredColumn] {
    switch reference {
    case .table(let path, let title): return files.reference(path, title: title, columns: columns)
    case .season(let season):
      let end = nominal - season.distance
      // History counts here: what the season was like does not depend on who predicted it.
      return MonitoredColumn.season(
        of: log.table, rows(of: log, in: period, until: end), columns: columns,
        title: "\(season), \(end - period.window) to \(end)")
    }
  }

  private func rows(of log: LabelledLog, in period: DriftWork.Period, until end: Instant) -> [Int] {
    let start = end - period.window
    return (0..<log.count).filter { row in
      let time = period.by == .predicted ? log.times[row] : log.maturedAt[row]
      return time.map { $0 > start && $0 <= end } ?? false
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

private struct PerformanceWork: Hashable {
  let metric: PerformanceMetric
  let window: Timespan
  let by: WindowTime
}

private struct DriftWork: Hashable {
  struct Period: Hashable {
    let window: Timespan
    let by: WindowTime
  }

  let statistic: DriftStatistic
  let window: Timespan
  let by: WindowTime

  /// Which rows it is about.
  var period: Period { Period(window: window, by: by) }
}

extension Array where Element: Hashable {
  /// The elements in order, each once.
  fileprivate func uniqued() -> [Element] {
    var seen: Set<Element> = []
    return filter { seen.insert($0).inserted }
  }
}
