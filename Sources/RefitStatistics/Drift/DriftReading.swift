/// What a column's numbers come to, by the bounds that are customary for the PSI.
public enum DriftReading: String, Hashable, Sendable, Codable {
  /// The PSI is `largeBound` or more.
  case large
  /// The PSI is `someBound` or more.
  case some
  /// The PSI is `someBound` or more, but with so few rows chance alone may give that: the chi-square test's p-value is
  /// over 0.01.
  case perhapsChance = "perhaps-chance"
  /// The PSI is less.
  case little
  /// There is no PSI.
  case unknown

  /// It is customary to act at this PSI.
  public static let largeBound = 0.25
  /// It is customary to take notice at this PSI.
  public static let someBound = 0.1
  private static let significance = 0.01

  /// Reads the PSI and the chi-square test of a column.
  public init(_ profile: ColumnProfile) {
    guard let psi = profile[.psi].value else {
      self = .unknown
      return
    }
    if psi < Self.someBound {
      self = .little
    } else if (profile[.chiSquarePValue].value ?? 0) > Self.significance {
      self = .perhapsChance
    } else {
      self = psi >= Self.largeBound ? .large : .some
    }
  }
}
