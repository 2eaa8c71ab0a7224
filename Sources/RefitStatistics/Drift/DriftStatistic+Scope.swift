extension DriftStatistic {
  /// Which columns have a statistic.
  public enum Scope: String, Sendable, Hashable {
    case everyColumn = "every column"
    case numeric
    case categorical
  }

  /// Which columns have this statistic.
  public var scope: Scope {
    switch self {
    case .ksStatistic, .ksPValue, .wasserstein, .wassersteinNormalised: .numeric
    case .unseenShare: .categorical
    case .psi, .psiMissing, .psiEvidently, .klReferenceCurrent, .klCurrentReference, .jsDistance, .hellinger,
      .totalVariation, .lInfinity, .chiSquareStatistic, .chiSquareDegrees, .chiSquarePValue,
      .missingShareReference, .missingShareCurrent:
      .everyColumn
    }
  }

  /// Whether the statistic lies in 0…1; else it is 0 or more.
  public var isAtMostOne: Bool {
    switch self {
    case .jsDistance, .hellinger, .totalVariation, .lInfinity, .ksStatistic, .ksPValue, .chiSquarePValue,
      .unseenShare, .missingShareReference, .missingShareCurrent:
      true
    case .psi, .psiMissing, .psiEvidently, .klReferenceCurrent, .klCurrentReference, .wasserstein,
      .wassersteinNormalised, .chiSquareStatistic, .chiSquareDegrees:
      false
    }
  }

  /// Whether a larger value means more drift, so that a policy can ask for one above a bound. A p-value falls with
  /// drift, and with the number of rows alone: over a million rows any change is significant.
  public var growsWithDrift: Bool {
    switch self {
    case .ksPValue, .chiSquarePValue, .chiSquareDegrees, .missingShareReference: false
    default: true
    }
  }
}
