/// What each of the four outcomes of a decision costs a row, in any unit; a gain is negative. Finite numbers.
public struct DecisionCosts: Sendable, Hashable {
  public let truePositive: Double
  public let falsePositive: Double
  public let trueNegative: Double
  public let falseNegative: Double

  /// The cost matrix; right decisions cost nothing unless said. Traps unless all are finite.
  public init(
    falsePositive: Double, falseNegative: Double, truePositive: Double = 0, trueNegative: Double = 0
  ) {
    precondition(
      [falsePositive, falseNegative, truePositive, trueNegative].allSatisfy(\.isFinite), "costs are finite")
    self.truePositive = truePositive
    self.falsePositive = falsePositive
    self.trueNegative = trueNegative
    self.falseNegative = falseNegative
  }

  /// Of one row.
  func cost(label: Bool, prediction: Bool) -> Double {
    label ? (prediction ? truePositive : falseNegative) : prediction ? falsePositive : trueNegative
  }

  /// From the cheapest outcome to the dearest.
  var range: ClosedRange<Double> {
    let all = [truePositive, falsePositive, trueNegative, falseNegative]
    return all.min()!...all.max()!
  }
}
