/// What the labels of a binary task say, as far as its rows have shown it.
public struct BinaryMeaning: Sendable {
  /// Nil where 1 or true is positive.
  public let positive: LabelText?
  private var negative: LabelText?

  /// - Parameter positive: nil where 1 or true is.
  public init(positive: LabelText?) { self.positive = positive }

  /// Whether a label is the positive one; nil for a third one, and for one that says the same as the positive label in
  /// another way or, where that is not named, neither 1 nor 0, neither true nor false.
  public mutating func isPositive(_ label: LabelText) -> Bool? {
    guard let positive else { return label.truth }
    if label == positive { return true }
    guard label.truth == nil || label.truth != positive.truth else { return nil }
    if negative == nil { negative = label }
    return label == negative ? false : nil
  }

  /// How decisions about these labels are to be read.
  public var words: DecisionWords { DecisionWords(positive: positive, negative: negative) }

  /// Why a label is neither of the two.
  public func refusal(of label: LabelText, column: String) -> String {
    guard let positive else {
      return "the label '\(label.text)' in column '\(column)' is neither 1 nor 0, neither true nor false"
    }
    guard let negative, label.truth == nil || label.truth != positive.truth else {
      return
        "the label '\(label.text)' in column '\(column)' says what the positive '\(positive.text)' says, and is "
        + "written otherwise: labels are told apart by their text"
    }
    return
      "the labels in column '\(column)' have more than two values ('\(negative.text)', '\(label.text)' and the "
      + "positive '\(positive.text)'): a binary task has two"
  }
}
