/// Labels of a binary classification, from their texts.
public struct BinaryLabels: Sendable {
  private let positive: String
  private var other: String?

  /// - Parameter positive: the text of the positive class.
  public init(positive: String) {
    self.positive = positive
  }

  /// Whether the label is of the positive class.
  ///
  /// - Throws: a sentence when there are two labels already and this is a third.
  public mutating func isPositive(_ label: String) throws(DataError) -> Bool {
    if label == positive { return true }
    guard let other else {
      other = label
      return false
    }
    guard label == other else {
      throw DataError(
        "the labels have more than two values ('\(positive)', '\(other)', '\(label)'): a binary classification has two"
      )
    }
    return false
  }

  /// Whether a hard decision is for the positive class: told by the labels' own values, else by `1` and `0`.
  ///
  /// - Throws: a sentence when it is neither.
  public mutating func isPositiveDecision(_ decision: String) throws(DataError) -> Bool {
    if decision == positive || decision == other { return decision == positive }
    if decision == "1" || decision == "0" { return decision == "1" }
    if let other {
      throw DataError("the decision '\(decision)' is neither '\(positive)' nor '\(other)', nor 1 or 0")
    }
    return try isPositive(decision)
  }
}
