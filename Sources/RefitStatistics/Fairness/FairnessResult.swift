/// What a fairness measure gives, with the groups it rests on and those it could not use.
public struct FairnessResult: Sendable, Hashable {
  /// A group that a rate leaves out because too few of its rows are in the rate's denominator.
  public struct LeftOut: Sendable, Hashable {
    public let group: String
    /// The rate that leaves it out.
    public let rate: GroupRate
    /// Its rows in the rate's denominator.
    public let rows: Int
    /// Why, as a phrase.
    public let reason: String

    /// Why a group with so many rows of a kind is left out where so many are needed.
    static func reason(_ rows: Int, _ kind: String, needed: Int) -> String {
      "\(rows) \(kind), " + (rows < needed ? "fewer than \(needed)" : "which weigh nothing")
    }
  }

  public let measure: FairnessMeasure
  /// The difference or ratio; undefined when any rate that it compares has fewer than two large enough groups,
  /// when labels are needed and not there, or when a ratio is 0/0.
  public let value: Statistic
  /// The extreme groups of each rate compared, where at least two groups are large enough.
  public let spreads: [RateSpread]
  /// The spread that `value` is of (of equalized odds, the worse one; the first when equal), or nil when
  /// undefined.
  public let worst: RateSpread?
  /// The groups left out, by rate.
  public let leftOut: [LeftOut]
}
