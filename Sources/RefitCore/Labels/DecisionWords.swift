/// The words for the two decisions in a column: the labels' own, and 1 and 0, true and false, unless these may be labels
/// that mean something else, as where the labels are 1 and 2.
public struct DecisionWords: Sendable {
  private let positive: LabelText?
  /// Nil while no row has shown it.
  private var negative: LabelText?
  private let areTruthsMeant: Bool

  init(positive: LabelText?, negative: LabelText?) {
    self.positive = positive
    self.negative = negative
    let isPositiveAgreed = positive?.truth == true && (negative == nil || negative?.truth == false)
    let areWords = ![positive, negative].contains { $0?.truth != nil || $0?.isWholeNumber == true }
    areTruthsMeant = isPositiveAgreed || areWords
  }

  /// Whether a decision is for the positive class; nil for a word that says neither.
  public mutating func isPositive(_ text: LabelText) -> Bool? {
    if text == positive { return true }
    if text == negative { return false }
    if areTruthsMeant, let truth = text.truth { return truth }
    // The other of two labels may be one that no row has.
    guard let positive, negative == nil, text.truth == nil || text.truth != positive.truth else { return nil }
    negative = text
    return false
  }

  /// What any other word is: `neither 'yes' nor 'no', nor 1 or 0`.
  public var expected: String {
    guard let positive else { return "neither 1 nor 0, neither true nor false" }
    guard let negative else { return "neither '\(positive.text)' nor another label" }
    return "neither '\(positive.text)' nor '\(negative.text)'" + (areTruthsMeant ? ", nor 1 or 0" : "")
  }
}
