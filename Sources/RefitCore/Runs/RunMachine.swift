/// The life of a run: from its rows to what is to be done now, and from what has happened to the next rows.
///
/// Nothing to be done is ever stored. `steps` derives it anew each time, so that a crash between a commit and its
/// effect loses nothing.
public enum RunMachine {
  /// What the steps depend on beside the run's own rows.
  public struct Context: Hashable, Sendable {
    public var now: Instant
    /// The version that serves; nil: none.
    public var champion: Version?
    /// Versions whose predictions on the run's holdout are already known.
    public var scoredVersions: Set<Int>
    /// The newest gate report of the run, and when it was made.
    public var report: GateReport?
    public var reportedAt: Instant?
    /// Whether a person's yes, bound to that report, is there.
    public var isApproved: Bool
    /// What keeps the model still; nil: nothing does.
    public var pause: Pause?

    public init(
      now: Instant, champion: Version? = nil, scoredVersions: Set<Int> = [], report: GateReport? = nil,
      reportedAt: Instant? = nil, isApproved: Bool = false, pause: Pause? = nil
    ) {
      self.now = now
      self.champion = champion
      self.scoredVersions = scoredVersions
      self.report = report
      self.reportedAt = reportedAt
      self.isApproved = isApproved
      self.pause = pause
    }
  }
}
