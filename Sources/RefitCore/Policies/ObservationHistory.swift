/// A situation as the conditions read it: its evaluations in order, and of each window only what is known
/// best.
struct ObservationHistory {
  let situation: Situation
  /// Nominal instants of this schedule under this champion, newest first; the first is the present one.
  let evaluations: [Instant]
  private let byMetric: [String: [Observation]]

  init(_ situation: Situation) {
    self.situation = situation
    let earlier = Set(situation.earlierEvaluations).filter { $0 < situation.nominal }
    evaluations = [situation.nominal] + earlier.sorted(by: >)
    let known = situation.observations.filter { $0.knownAt <= situation.now && $0.slice == nil }
    byMetric = Dictionary(grouping: known, by: \.metric)
  }

  /// A time at which something is known of a column.
  struct Place: Hashable {
    var window: Observation.Window
    var column: String?
  }

  /// The newest knowledge of each window and column, by window and then by column.
  ///
  /// With a version: only of that version. Without: of the champion and what belongs to no version.
  /// With a window: only of windows that long.
  func series(
    of metric: String, version: Int? = nil, window: Timespan? = nil, perColumn: Bool = false
  ) -> [Observation] {
    var newest: [Place: Observation] = [:]
    for observation in byMetric[metric] ?? [] {
      guard version == nil ? belongsToChampionOrNone(observation) : observation.version == version,
        window == nil || observation.window.length == window, (observation.column != nil) == perColumn
      else { continue }
      let place = Place(window: observation.window, column: observation.column)
      if let other = newest[place], !observation.supersedes(other) { continue }
      newest[place] = observation
    }
    return newest.values.sorted { $0.precedes($1) }
  }

  private func belongsToChampionOrNone(_ observation: Observation) -> Bool {
    observation.version == nil || observation.version == situation.champion?.version
  }

  /// `credit-risk@3`, or nil without a champion.
  var championID: VersionID? {
    situation.champion.map { VersionID(model: situation.model, number: $0.version) }
  }

  /// The last judged run, when it brought no new champion.
  var fruitlessRun: Situation.EndedRun? {
    guard let run = situation.lastJudged, run.state != .promoted else { return nil }
    return run
  }
}

extension Observation {
  /// Whether this says of the same window and column what is to be believed, rather than an observation that
  /// comes before it in the situation: what became known later, then what Refit computed itself. Between two
  /// sources or versions the choice does not depend on the order.
  ///
  /// Within one source and version the order is that of recording: of two lines of one file that became known
  /// at the same time the later one is the correction.
  fileprivate func supersedes(_ earlier: Observation) -> Bool {
    if knownAt != earlier.knownAt { return knownAt > earlier.knownAt }
    let own = (source == Self.monitorSource, earlier.source == Self.monitorSource)
    if own.0 != own.1 { return own.0 }
    if source != earlier.source { return source < earlier.source }
    if version != earlier.version { return version ?? 0 > earlier.version ?? 0 }
    return true
  }

  fileprivate func precedes(_ other: Observation) -> Bool {
    if window.end != other.window.end { return window.end < other.window.end }
    if window.start != other.window.start { return window.start < other.window.start }
    return column ?? "" < other.column ?? ""
  }

  /// The number, when it is one and rests on enough rows.
  func number(restingOn minimumSamples: Int) -> Double? {
    guard let value, value.isFinite, minimumSamples <= 0 || sampleSize ?? -1 >= minimumSamples else {
      return nil
    }
    return value
  }

  /// The number, or why it can't be used.
  func usable(minimumSamples: Int, rows noun: String) -> Usability {
    if let number = number(restingOn: minimumSamples) { return .value(number) }
    guard let value else { return .unusable(undefined ?? "it does not exist, and no reason was given") }
    guard value.isFinite else { return .unusable("\(value) is no finite number") }
    let needed = "\(Figure.count(minimumSamples)) are needed"
    guard let sampleSize else {
      return .unusable("\(source) does not say how many rows it rests on, \(needed)")
    }
    return .unusable("\(Figure.count(sampleSize, noun)) in the window, \(needed)")
  }

  enum Usability {
    case value(Double)
    case unusable(String)
  }
}

extension Evaluation.Reading {
  init(_ observation: Observation) {
    self.init()
    observed = observation.value
    sampleSize = observation.sampleSize
    window = observation.window
    source = observation.source
    knownAt = observation.knownAt
  }
}
