import RefitCore

/// The different labels of a holdout, as far as is needed to tell whether they are two classes.
struct LabelValues {
  /// In order of their first row; no more than can be told.
  private var found: [LabelText] = []

  private static let told = 5

  mutating func note(_ label: String) {
    let label = LabelText(label)
    if found.count <= Self.told, !found.contains(label) { found.append(label) }
  }

  /// Refuses what is no binary classification: more than two values, none of them the positive one, or another that
  /// says the same. A metric of a classification means nothing without a positive row.
  func check(positive: String) throws(DataError) {
    var meaning = BinaryMeaning(positive: LabelText(positive))
    let areTwo = found.allSatisfy { meaning.isPositive($0) != nil }
    let hasPositive = found.contains(LabelText(positive))
    guard !areTwo || !hasPositive else { return }
    let list = found.map(\.text).sorted().prefix(Self.told).map { "'\($0)'" }.joined(separator: ", ")
    let more = found.count > Self.told ? ", …" : ""
    let labels = found.count == 1 ? "the only label is \(list)" : "the labels are \(list)\(more)"
    let rule =
      switch found.count {
      case 1: ": no row is of the positive class"
      case 2: hasPositive ? ": one class is written in two ways" : ""
      default: ": a binary classification has two"
      }
    throw DataError("feedback.positive is '\(positive)'; \(labels)\(rule)")
  }
}
