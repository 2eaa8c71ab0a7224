/// How many rows of each label were given each prediction.
public struct ConfusionTable: Sendable, Hashable, Encodable {
  static let mostClasses = 50

  /// Of labels and predictions, in the order of their bytes; of a binary task `negative` and `positive`.
  public let classes: [String]
  /// A row for each class of the labels, in it a number for each class of the predictions; rows count, not weights.
  public let counts: [[Int]]

  /// - Parameters:
  ///   - labels: places among the classes.
  ///   - predictions: as many.
  init(classes: [String], labels: some Collection<Int>, predictions: some Collection<Int>) {
    precondition(labels.count == predictions.count, "parallel columns")
    self.classes = classes
    var counts = [[Int]](repeating: [Int](repeating: 0, count: classes.count), count: classes.count)
    for (label, prediction) in zip(labels, predictions) { counts[label][prediction] += 1 }
    self.counts = counts
  }
}

extension ScoredOutcomes {
  /// Nil of a regression, without predictions, and of more classes than anybody reads.
  public var confusion: ConfusionTable? {
    switch self {
    case .binary(let binary):
      binary.predictions.map { predictions in
        ConfusionTable(
          classes: ["negative", "positive"], labels: binary.labels.map { $0 ? 1 : 0 },
          predictions: predictions.map { $0 ? 1 : 0 })
      }
    case .multiclass(let classes) where classes.names.count > ConfusionTable.mostClasses: nil
    case .multiclass(let classes):
      classes.predictions.map { predictions in
        let names = classes.names
        let order = names.indices.sorted { names[$0].utf8.lexicographicallyPrecedes(names[$1].utf8) }
        var places = [Int](repeating: 0, count: names.count)
        for (place, index) in order.enumerated() { places[index] = place }
        return ConfusionTable(
          classes: order.map { names[$0] }, labels: classes.labels.map { places[$0] },
          predictions: predictions.map { places[$0] })
      }
    case .regression: nil
    }
  }
}
