extension Condition {
  /// The least change of a single leaf that would turn the tree from true to not true, or from anything else to
  /// true; the leftmost of equally near ones; nil when no single leaf would do.
  func nearestFlip(of findings: [Finding]) -> String? {
    let truths = findings.map(\.truth)
    let isTrue = truth(of: truths) == .yes
    var nearest: Finding.Flip?
    for (index, finding) in findings.enumerated() {
      guard let flip = finding.flip, nearest.map({ flip.distance < $0.distance }) ?? true else { continue }
      var flipped = truths
      flipped[index] = finding.truth.negated
      if (truth(of: flipped) == .yes) != isTrue { nearest = flip }
    }
    return nearest?.phrase
  }
}
