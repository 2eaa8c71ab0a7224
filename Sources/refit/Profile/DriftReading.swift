import RefitStatistics

/// What a column's numbers come to for a person, by the bounds that are customary for the PSI.
enum DriftReading: Hashable {
  /// The PSI is 0.25 or more.
  case large
  /// The PSI is 0.1 or more.
  case some
  /// The PSI is 0.1 or more, but with so few rows chance alone may give that: the chi-square test's p-value is over
  /// 0.01.
  case perhapsChance
  /// The PSI is under 0.1.
  case little
  /// There is no PSI.
  case unknown

  static let largeBound = 0.25
  static let someBound = 0.1
  private static let significance = 0.01

  init(_ profile: ColumnProfile) {
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

  var style: TextStyle {
    switch self {
    case .large: .bad
    case .some, .unknown: .warning
    case .perhapsChance: .dim
    case .little: .plain
    }
  }

  /// In one or two words.
  var words: String {
    switch self {
    case .large: "large drift"
    case .some: "some drift"
    case .perhapsChance: "perhaps chance"
    case .little: "little drift"
    case .unknown: "not comparable"
    }
  }
}
