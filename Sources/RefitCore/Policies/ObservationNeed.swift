/// Which observations of a model a condition reads, so that no others need to be loaded. All are without a
/// slice and known at the time of the decision; of each window and column the newest knowledge is enough.
public struct ObservationNeed: Hashable, Sendable {
  public enum Columns: Hashable, Sendable {
    /// Observations without a column.
    case without
    /// Observations of any column.
    case every
    case named([String])
  }

  /// Windows before those of the evaluations.
  public enum Baseline: Hashable, Sendable {
    case none
    /// The earliest window that starts at the version's first publication or later, with so many rows.
    case firstWindow(minimumSamples: Int)
    case everyWindow
  }

  public var metric: String
  /// True: of the champion's version only, so none without a champion. False: of the champion's version and
  /// of none.
  public var ofVersion: Bool
  public var columns: Columns
  /// The exact length of the windows; nil for any length.
  public var window: Timespan?
  /// How many evaluations back it reads, the present one included.
  public var evaluations: Int
  /// What it reads, besides, because it looks for a baseline.
  public var baseline: Baseline
  /// True: at each evaluation the newest window that ends by then. False: the window that ends at the
  /// evaluation.
  public var readsLatest: Bool

  public init(
    metric: String, ofVersion: Bool, columns: Columns = .without, window: Timespan? = nil,
    evaluations: Int = 1, baseline: Baseline = .none, readsLatest: Bool = false
  ) {
    self.metric = metric
    self.ofVersion = ofVersion
    self.columns = columns
    self.window = window
    self.evaluations = evaluations
    self.baseline = baseline
    self.readsLatest = readsLatest
  }

  /// Between which instants (both included) a window must end to be read, in a situation of this nominal
  /// instant and these earlier evaluations; the start is nil where every window is read.
  public func ends(
    nominal: Instant, earlierEvaluations: [Instant], gap: Timespan
  ) -> (from: Instant?, through: Instant) {
    let through = readsLatest ? nominal + .minutes(5) : nominal
    if baseline == .everyWindow { return (nil, through) }
    let earlier = Set(earlierEvaluations).filter { $0 < nominal }.sorted(by: >)
    let oldest = earlier.prefix(evaluations - 1).last ?? nominal
    return (readsLatest ? oldest - gap * 2 : oldest, through)
  }
}

extension RetrainPolicy {
  /// What `decide` reads, without repetition, in the order of the conditions.
  public var needs: [ObservationNeed] {
    var needs: [ObservationNeed] = []
    for leaf in when?.leaves ?? [] {
      if let need = leaf.leaf?.need, !needs.contains(need) { needs.append(need) }
    }
    return needs
  }
}
