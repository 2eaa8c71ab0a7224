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
}
