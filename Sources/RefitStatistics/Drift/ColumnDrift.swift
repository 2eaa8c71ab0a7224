/// A column's reference, of either kind, to hold current rows against.
public enum ColumnReference: Sendable {
  case numeric(NumericReference)
  case categorical(CategoricalReference)
}

/// How far a column's current rows are from its reference, of either kind.
public enum ColumnDrift: Sendable, Hashable {
  case numeric(NumericDrift)
  case categorical(CategoricalDrift)

  /// Both sides in the bins of the column.
  public var histogram: PairedHistogram {
    switch self {
    case .numeric(let drift): drift.histogram
    case .categorical(let drift): drift.histogram
    }
  }

  /// Values that no statistic but a missing share counts.
  public var unusable: UnusableValues {
    switch self {
    case .numeric(let drift): drift.unusable
    case .categorical(let drift): drift.unusable
    }
  }

  /// Statistics by their names, in the order asked for; what several need is computed once. One that a column of
  /// this kind does not have is undefined.
  public func measure(_ statistics: [DriftStatistic]) -> [Statistic] {
    switch self {
    case .numeric(let drift): drift.measure(statistics)
    case .categorical(let drift): statistics.map(drift.measure)
    }
  }
}
