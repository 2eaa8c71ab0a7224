extension PairedHistogram {
  /// A statistic of the bins or of the missing values, by its name; traps on one that needs the values themselves.
  func measure(_ statistic: DriftStatistic, _ unusable: UnusableValues) -> Statistic {
    switch statistic {
    case .psi: psi
    case .psiMissing: withMissing(unusable).psi
    case .klReferenceCurrent: klReferenceCurrent
    case .klCurrentReference: klCurrentReference
    case .jsDistance: jsDistance
    case .hellinger: hellinger
    case .totalVariation: totalVariation
    case .lInfinity: lInfinity
    case .chiSquareStatistic: chiSquare.statistic(\.statistic)
    case .chiSquareDegrees: chiSquare.statistic { Double($0.degreesOfFreedom) }
    case .chiSquarePValue: chiSquare.statistic(\.pValue)
    case .missingShareReference:
      Statistic(
        unusable.missingReference,
        over: referenceCount + unusable.missingReference + unusable.notFiniteReference,
        otherwise: "empty-reference")
    case .missingShareCurrent:
      Statistic(
        unusable.missingCurrent, over: currentCount + unusable.missingCurrent + unusable.notFiniteCurrent,
        otherwise: "empty-current")
    case .psiEvidently, .ksStatistic, .ksPValue, .wasserstein, .wassersteinNormalised, .unseenShare:
      preconditionFailure("\(statistic) is not a statistic of bins")
    }
  }

  /// With one more bin for the missing values.
  private func withMissing(_ unusable: UnusableValues) -> PairedHistogram {
    PairedHistogram(
      reference: reference + [unusable.missingReference], current: current + [unusable.missingCurrent])
  }
}
