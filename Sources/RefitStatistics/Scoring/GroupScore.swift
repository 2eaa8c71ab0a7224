/// How a model treats the groups of one column, or of the intersections of several.
public struct GroupScore: Sendable, Hashable {
  /// One rate or error of a group.
  public typealias Rate = ScoredMetric

  /// What one group's rows show.
  public struct Group: Sendable, Hashable {
    public let name: String
    /// Its rows.
    public let count: Int
    /// Under the names of `GroupRate`, or of the errors of a regression.
    public let rates: [Rate]
  }

  /// A difference or ratio over the groups that are large enough.
  public struct Measure: Sendable, Hashable {
    /// Fairlearn's name where it has one.
    public let name: String
    public let value: Statistic
    public let interval: IntervalEstimate
    /// The group with the lowest and the one with the highest rate; nil where nothing could be compared.
    public let lowest: String?
    public let highest: String?
  }

  /// A group that a rate leaves out of every measure.
  public struct LeftOut: Sendable, Hashable {
    public let group: String
    public let rate: String
    /// Its rows in the rate's denominator.
    public let rows: Int
    /// As a phrase.
    public let reason: String
  }

  /// The column's name, or those of several as `GroupColumn.crossing` joins them.
  public let column: String
  public let groups: [Group]
  /// Rows whose group is missing; they are in no group.
  public let missing: Int
  public let measures: [Measure]
  public let leftOut: [LeftOut]
}
