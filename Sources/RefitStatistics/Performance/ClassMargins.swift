/// What metrics of predictions need of a confusion matrix: the weight of the rows by label, by prediction, and of those
/// whose prediction is their label, for each class. Without weights these are numbers of rows.
struct ClassMargins: Sendable {
  private(set) var labels: [Double]
  private(set) var predictions: [Double]
  private(set) var right: [Double]

  init(classes: Int) {
    labels = [Double](repeating: 0, count: classes)
    (predictions, right) = (labels, labels)
  }

  /// Of rows that weigh so much.
  init(classes: Int, labels: [Int], predictions: [Int], weight: (Int) -> Double) {
    self.init(classes: classes)
    self.labels.withUnsafeMutableBufferPointer { ofLabels in
      self.predictions.withUnsafeMutableBufferPointer { ofPredictions in
        right.withUnsafeMutableBufferPointer { right in
          for row in labels.indices {
            let (label, prediction, weight) = (labels[row], predictions[row], weight(row))
            ofLabels[label] += weight
            ofPredictions[prediction] += weight
            // By arithmetic, so that what a model has right costs no mispredicted branch.
            right[label] += label == prediction ? weight : 0
          }
        }
      }
    }
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

// MARK: - Metrics

extension ClassMargins {
  /// Of each metric its value, undefined where a rate that it averages is 0/0; nil when it is not one of predictions.
  /// Reasons name the classes.
  func measures(_ metrics: [ClassMetric], classes: [String]) -> [Statistic?] {
    let (sums, total) = (sums, total)
    return metrics.map { metric in
      if metric.readsScores { return nil }
      if total == 0 { return .undefined("there are no rows") }
      if metric == .mcc { return correlation(total) }
      return sums.value(of: metric).map { .defined($0) } ?? .undefined(reasonUndefined(metric, classes))
    }
  }

  private func reasonUndefined(_ metric: ClassMetric, _ classes: [String]) -> String {
    if metric == .recallMacro,
      let index = labels.indices.first(where: { labels[$0] == 0 && predictions[$0] > 0 })
    {
      return "no label is of class '\(classes[index])'"
    }
    let index = labels.indices.first { labels[$0] > 0 && predictions[$0] == 0 }
    return index.map { "class '\(classes[$0])' was never predicted" } ?? "it is 0/0"
  }

  /// Gorodkin's R_K: the covariance of labels and predictions over the root of the product of their variances. Of each
  /// class alone, where `ClassSums` takes the difference of two sums, which of rare classes leaves few digits.
  private func correlation(_ total: Double) -> Statistic {
    var covariance = CompensatedSum()
    for index in labels.indices {
      let missed = labels[index] - right[index]
      let wrong = predictions[index] - right[index]
      let rest = total - labels[index] - wrong
      covariance.add(differenceOfProducts(right[index] / total, rest / total, missed / total, wrong / total))
    }
    let spreads = [labels, predictions].map { sides in
      sides.reduce(0) { $0 + $1 / total * ((total - $1) / total) }
    }
    guard spreads[0] > 0, spreads[1] > 0 else {
      return .undefined("all \(spreads[0] > 0 ? "predictions" : "labels") are of one class")
    }
    let value = covariance.value / spreads[0].squareRoot() / spreads[1].squareRoot()
    return .defined(min(1, max(-1, value)))
  }
}
