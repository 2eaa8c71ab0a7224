extension Condition {
  /// The least change of a single leaf that would turn the tree from true to not true, or from anything
  /// else to true, in words; the leftmost of equally near ones; nil when no single leaf would do.
  func nearestFlip(of findings: [Finding]) -> String? {
    let truths = findings.map(\.truth)
    let isTrue = truth(of: truths) == .yes
    var nearest: (flip: Finding.Flip, leaf: Truth)?
    for (index, finding) in findings.enumerated() {
      guard let flip = finding.flip, nearest.map({ flip.distance < $0.flip.distance }) ?? true else {
        continue
      }
      var flipped = truths
      flipped[index] = finding.truth.negated
      if (truth(of: flipped) == .yes) != isTrue { nearest = (flip, finding.truth) }
    }
    guard let nearest else { return nil }
    // What a true leaf would have needed lies in the past, what a false one still needs in the future.
    let outcome =
      switch (isTrue, nearest.leaf) {
      case (true, .yes): "would have held"
      case (true, _): "would hold"
      case (false, .yes): "would have retrained"
      case (false, _): "would retrain"
      }
    return "\(outcome) \(nearest.flip.phrase)"
  }
}
