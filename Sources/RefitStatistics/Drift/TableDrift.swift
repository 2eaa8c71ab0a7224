/// How far a whole table has drifted, from the profiles of its columns.
public struct TableDrift: Sendable, Hashable {
  /// The p-value of a column's test, alone and as one of the family of the tests of all columns.
  public struct PValue: Sendable, Hashable, Codable {
    /// Of the Kolmogorov–Smirnov test, or of the chi-square test of a categorical column.
    public let value: Double
    /// As Holm raises it.
    public let holm: Double
    /// As Benjamini and Hochberg raise it.
    public let benjaminiHochberg: Double

    private enum CodingKeys: String, CodingKey {
      case value, holm
      case benjaminiHochberg = "benjamini_hochberg"
    }
  }

  /// For each column, in their order; nil where its test does not exist.
  public let pValues: [PValue?]
  /// Columns that have a PSI.
  public let comparable: Int
  /// Of those the ones whose PSI is at least `DriftReading.largeBound`.
  public let drifted: Int

  /// Takes the columns' profiles, which it refers to in their order.
  public init(_ profiles: [ColumnProfile]) {
    let stabilities = profiles.compactMap { $0[.psi].value }
    comparable = stabilities.count
    drifted = stabilities.count { $0 >= DriftReading.largeBound }
    let tests = profiles.indices.compactMap { index in
      profiles[index][profiles[index].kind == .numeric ? .ksPValue : .chiSquarePValue].value.map {
        (index, $0)
      }
    }
    let values = tests.map(\.1)
    let (holm, benjaminiHochberg) = (AdjustedPValues.holm(values), AdjustedPValues.benjaminiHochberg(values))
    var pValues = [PValue?](repeating: nil, count: profiles.count)
    for (place, (column, value)) in tests.enumerated() {
      pValues[column] = PValue(value: value, holm: holm[place], benjaminiHochberg: benjaminiHochberg[place])
    }
    self.pValues = pValues
  }

  /// `drifted` over `comparable`, 0…1; undefined when no column is comparable.
  public var driftedShare: Statistic {
    Statistic(drifted, over: comparable, otherwise: "no column has a usable value on both sides")
  }
}
