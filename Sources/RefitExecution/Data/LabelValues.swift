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

  /// Refuses what is no binary classification: more than two values, or none of them the positive one. A metric
  /// of a classification means nothing without a positive row.
  func check(positive: String) throws(DataError) {
    guard found.count > 2 || !found.contains(LabelText(positive)) else { return }
    let list = found.map(\.text).sorted().prefix(Self.told).map { "'\($0)'" }.joined(separator: ", ")
    let more = found.count > Self.told ? ", …" : ""
    let labels = found.count == 1 ? "the only label is \(list)" : "the labels are \(list)\(more)"
    let rule =
      found.count > 2
      ? ": a binary classification has two"
      : found.count == 1 ? ": no row is of the positive class" : ""
    throw DataError("feedback.positive is '\(positive)'; \(labels)\(rule)")
  }
}
