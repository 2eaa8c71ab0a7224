/// The area under the ROC curve: the chance that a positive row scores above a negative one, ties counting
/// half (Mann and Whitney); nil when one class is missing.
public func areaUnderCurve(scores: [Double], labels: [Bool]) -> Double? {
  let order = scores.indices.sorted { scores[$0] < scores[$1] }
  let positives = labels.count { $0 }
  guard positives > 0, positives < labels.count else { return nil }
  var (rankSum, position) = (0.0, 0)
  while position < order.count {
    var end = position
    while end < order.count, scores[order[end]] == scores[order[position]] { end += 1 }
    let middleRank = Double(position + 1 + end) / 2
    for index in order[position..<end] where labels[index] { rankSum += middleRank }
    position = end
  }
  let below = Double(positives) * Double(positives + 1) / 2
  return (rankSum - below) / (Double(positives) * Double(labels.count - positives))
}
