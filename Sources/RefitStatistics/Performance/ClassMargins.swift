/// What metrics of predictions need of a confusion matrix: the weight of the rows by label, by prediction, and of those
/// whose prediction is their label, for each class.
struct ClassMargins: Sendable {
  private(set) var labels: [Double]
  private(set) var predictions: [Double]
  private(set) var right: [Double]

  init(classes: Int) {
    labels = [Double](repeating: 0, count: classes)
    (predictions, right) = (labels, labels)
  }

  init(_ confusion: ClassConfusion) {
    let classes = confusion.classes.indices
    labels = classes.map { label in classes.reduce(0) { $0 + confusion[label: label, prediction: $1] } }
    // Label by label, so that the matrix is read in the order in which it lies in memory.
    predictions = [Double](repeating: 0, count: classes.count)
    for label in classes {
      for prediction in classes { predictions[prediction] += confusion[label: label, prediction: prediction] }
    }
    right = classes.map { confusion[label: $0, prediction: $0] }
  }

  var total: Double { labels.reduce(0, +) }

  @inline(__always)
  mutating func add(label: Int, prediction: Int, weight: Double) {
    labels[label] += weight
    predictions[prediction] += weight
    if label == prediction { right[label] += weight }
  }

  mutating func removeAll() {
    for index in labels.indices { (labels[index], predictions[index], right[index]) = (0, 0, 0) }
  }

  /// Summed over the classes.
  var sums: ClassSums {
    var sums = ClassSums()
    for index in labels.indices where labels[index] > 0 || predictions[index] > 0 { sums += ofClass(index) }
    return sums
  }

  /// `sums`, which are those of these margins, where so much of the weight of a cell is left out.
  func sums(_ sums: ClassSums, without weight: Double, label: Int, prediction: Int) -> ClassSums {
    if label == prediction {
      return sums - ofClass(label)
        + ClassSums(
          labels: labels[label] - weight, predictions: predictions[label] - weight,
          right: right[label] - weight)
    }
    return sums - ofClass(label) - ofClass(prediction)
      + ClassSums(
        labels: labels[label] - weight, predictions: predictions[label], right: right[label])
      + ClassSums(
        labels: labels[prediction], predictions: predictions[prediction] - weight, right: right[prediction])
  }

  private func ofClass(_ index: Int) -> ClassSums {
    ClassSums(labels: labels[index], predictions: predictions[index], right: right[index])
  }
}
