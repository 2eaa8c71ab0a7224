/// The counts of one group, from which each of its rates follows.
public struct GroupRates: Sendable, Hashable {
  /// The group's name.
  public let group: String
  /// Its rows.
  public let count: Int
  /// Its selected rows.
  public let selected: Int
  /// What the labels add, or nil without labels.
  public let labelled: Labelled?

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

  /// Takes the counts of its rows by label and decision: 2 for a positive label plus 1 for a selected row.
  /// Without labels the first two cells have all rows.
  init(group: String, cells: ArraySlice<Int>, areLabelled: Bool) {
    let cells = cells.prefix(4).map(\.self)
    self.group = group
    count = cells.reduce(0, +)
    selected = cells[1] + cells[3]
    labelled =
      areLabelled
      ? Labelled(
        positives: cells[2] + cells[3], truePositives: cells[3],
        negatives: cells[0] + cells[1], falsePositives: cells[1]) : nil
  }

  /// Selected / all rows.
  public var selectionRate: Statistic { value(of: .selectionRate) }
  /// Selected / positive labels.
  public var truePositiveRate: Statistic { value(of: .truePositiveRate) }
  /// Selected / negative labels.
  public var falsePositiveRate: Statistic { value(of: .falsePositiveRate) }

  /// The rows in the rate's denominator; 0 when the rate needs labels and there are none.
  public func denominator(of rate: GroupRate) -> Int { fraction(of: rate).denominator }

  /// The rate, 0…1; undefined when its denominator is 0 or when it needs labels and there are none.
  public func value(of rate: GroupRate) -> Statistic {
    if rate.readsLabels && labelled == nil { return .undefined("there are no labels") }
    let (numerator, denominator) = fraction(of: rate)
    return Statistic(
      numerator, over: denominator, otherwise: "group \(group) has no \(rate.denominatorPhrase)")
  }

  private func fraction(of rate: GroupRate) -> (numerator: Int, denominator: Int) {
    if rate == .selectionRate { return (selected, count) }
    guard let labelled else { return (0, 0) }
    let truePositives = labelled.truePositives
    let trueNegatives = labelled.negatives - labelled.falsePositives
    return switch rate {
    case .selectionRate: (selected, count)
    case .truePositiveRate: (truePositives, labelled.positives)
    case .falsePositiveRate: (labelled.falsePositives, labelled.negatives)
    case .falseNegativeRate: (labelled.positives - truePositives, labelled.positives)
    case .trueNegativeRate: (trueNegatives, labelled.negatives)
    case .precision: (truePositives, selected)
    case .accuracy: (truePositives + trueNegatives, count)
    }
  }
}
