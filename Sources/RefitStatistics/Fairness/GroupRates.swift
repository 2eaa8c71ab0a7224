/// The counts of one group, from which each of its rates follows; where rows have weights, rates are of these.
public struct GroupRates: Sendable, Hashable {
  /// The group's name.
  public let group: String
  let counts: GroupCells<Int>
  private let weights: GroupCells<Double>?
  private let areLabelled: Bool

  /// The counts that need labels.
  public struct Labelled: Sendable, Hashable {
    /// Rows with a positive label.
    public let positives: Int
    /// Of those, the selected.
    public let truePositives: Int
    /// Rows with a negative label.
    public let negatives: Int
    /// Of those, the selected.
    public let falsePositives: Int
  }

  init(
    group: String, counts: GroupCells<Int>, weights: GroupCells<Double>? = nil, areLabelled: Bool
  ) {
    self.group = group
    self.counts = counts
    self.weights = weights
    self.areLabelled = areLabelled
  }

  /// Its rows.
  public var count: Int { counts.total }
  /// Its selected rows.
  public var selected: Int { counts.selected }

  /// What the labels add, or nil without labels.
  public var labelled: Labelled? {
    guard areLabelled else { return nil }
    return Labelled(
      positives: counts.positives, truePositives: counts.selectedPositives, negatives: counts.negatives,
      falsePositives: counts.selectedNegatives)
  }

  /// Selected / all rows.
  public var selectionRate: Statistic { value(of: .selectionRate) }
  /// Selected / positive labels.
  public var truePositiveRate: Statistic { value(of: .truePositiveRate) }
  /// Selected / negative labels.
  public var falsePositiveRate: Statistic { value(of: .falsePositiveRate) }

  /// The rows in the rate's denominator, whatever they weigh; 0 when the rate needs labels and there are none.
  public func denominator(of rate: GroupRate) -> Int {
    rate.readsLabels && !areLabelled ? 0 : counts.fraction(of: rate).denominator
  }

  /// The rate, 0…1; undefined when its denominator is 0 or when it needs labels and there are none.
  public func value(of rate: GroupRate) -> Statistic {
    if rate.readsLabels && !areLabelled { return .undefined("there are no labels") }
    let (numerator, denominator) = counts.fraction(of: rate)
    guard let weights, denominator > 0 else {
      return Statistic(
        numerator, over: denominator, otherwise: "group \(group) has no \(rate.denominatorPhrase)")
    }
    let (part, whole) = weights.fraction(of: rate)
    return whole > 0
      ? .defined(part / whole) : .undefined("the \(rate.denominatorPhrase) of group \(group) weigh nothing")
  }

  /// Whether the rate has a value from so many rows at least.
  func isCompared(_ rate: GroupRate, needed: Int) -> Bool {
    denominator(of: rate) >= needed && value(of: rate).value != nil
  }

  /// The same group in a resample, where its rows of each kind weigh so much.
  func weighing(_ cells: SIMD4<Double>) -> GroupRates {
    GroupRates(group: group, counts: counts, weights: GroupCells(cells), areLabelled: areLabelled)
  }
}
