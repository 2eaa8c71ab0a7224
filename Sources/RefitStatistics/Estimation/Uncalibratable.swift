/// Why scores can't be turned into probabilities.
public enum Uncalibratable: Error, Hashable, Sendable, CustomStringConvertible {
  case noRows
  /// So many scores are no finite numbers.
  case notFinite(Int)
  /// Every label is the same, so that nothing is known of the other class.
  case oneClass

  /// The reason, as a phrase that can end a sentence.
  public var description: String {
    switch self {
    case .noRows: "there are no reference rows"
    case .notFinite(let count): "\(count) reference scores are not finite numbers"
    case .oneClass: "all reference labels are the same"
    }
  }

  static func check(scores: [Double], labels: [Bool]) throws(Uncalibratable) {
    precondition(scores.count == labels.count, "one score a label")
    if labels.isEmpty { throw .noRows }
    let unusable = scores.count { !$0.isFinite }
    if unusable > 0 { throw .notFinite(unusable) }
    if labels.allSatisfy({ $0 == labels[0] }) { throw .oneClass }
  }
}
