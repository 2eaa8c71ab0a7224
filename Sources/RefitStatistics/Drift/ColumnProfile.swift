/// All that is known of how a column has changed: every statistic that its kind has, and the shapes of both sides.
public struct ColumnProfile: Sendable, Hashable {
  /// What a column holds.
  public enum Kind: String, Sendable, Hashable, Codable {
    case numeric
    case categorical
  }

  /// The two distributions, to be drawn.
  public enum Shape: Sendable, Hashable {
    /// The bins of the histogram, and the distribution functions where both sides have a value.
    case numeric(NumericBins, DistributionCurve?)
    /// The category of each bin of the histogram.
    case categorical([Category])
  }

  /// One number by its name.
  public struct Measure: Sendable, Hashable {
    public let name: DriftStatistic
    public let value: Statistic
  }

  /// Every statistic of the column's kind, in the order of `DriftStatistic`.
  public let measures: [Measure]
  /// How `ks_pvalue` was computed; nil where there is none.
  public let ksMethod: KolmogorovSmirnov.Method?
  /// Both sides in the column's bins.
  public let histogram: PairedHistogram
  /// What the bins are.
  public let shape: Shape
  /// Values that are missing or not finite.
  public let unusable: UnusableValues
  /// Of the chi-square test's expected counts those under 5; nil where there is no test.
  public let smallExpectedCounts: Int?

  /// Computes everything at once; what several statistics need is computed once.
  public init(_ drift: ColumnDrift) {
    histogram = drift.histogram
    unusable = drift.unusable
    let scope: DriftStatistic.Scope
    switch drift {
    case .numeric(let drift):
      shape = .numeric(drift.bins, drift.curve)
      scope = .numeric
    case .categorical(let drift):
      shape = .categorical(drift.categories)
      scope = .categorical
    }
    let names = DriftStatistic.allCases.filter { $0.scope == .everyColumn || $0.scope == scope }
    measures = zip(names, drift.measure(names)).map(Measure.init)
    ksMethod =
      scope == .numeric && histogram.status == .ok
      ? KolmogorovSmirnov.Method(
        referenceCount: histogram.referenceCount, currentCount: histogram.currentCount) : nil
    smallExpectedCounts =
      switch histogram.chiSquare {
      case .success(let test): test.smallExpectedCounts
      case .failure: nil
      }
  }

  /// What the column holds.
  public var kind: Kind {
    switch shape {
    case .numeric: .numeric
    case .categorical: .categorical
    }
  }

  /// Whether both sides have a usable value.
  public var status: DriftStatus { histogram.status }

  /// A statistic by its name; undefined where columns of this kind have none.
  public subscript(_ name: DriftStatistic) -> Statistic {
    measures.first { $0.name == name }?.value ?? .undefined("not a statistic of \(kind.rawValue) columns")
  }

  /// Categories that the other side lacks: those of the current rows only, and those of the reference only, the most
  /// frequent first.
  public var oneSided: (unseen: [Category], vanished: [Category]) {
    guard case .categorical(let categories) = shape else { return ([], []) }
    func names(_ here: [Int], _ there: [Int]) -> [Category] {
      categories.indices.filter { there[$0] == 0 }
        .sorted { (-here[$0], categories[$0]) < (-here[$1], categories[$1]) }.map { categories[$0] }
    }
    return (names(histogram.current, histogram.reference), names(histogram.reference, histogram.current))
  }
}
