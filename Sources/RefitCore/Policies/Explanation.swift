extension Decision {
  /// The decision as a person would tell it, a line an entry: what was decided and why, the tree with a
  /// mark for each condition (`✓` true, `✗` false, `?` unknown), the restraints, the nearest flip, and what
  /// `obstacles` says of the policy. Nothing is computed again.
  public func explanation(model: Name, at nominal: Instant, obstacles: [String] = []) -> [String] {
    var lines = ["\(model) at \(nominal): \(verdict.rawValue)", "  \(sentence)"]
    if let tree { lines += tree.lines(indentedBy: 2) }
    lines += restraints.map { "  restrained by \($0.sentence)" }
    if let nearestFlip { lines.append("  \(nearestFlip)") }
    lines += obstacles.map { "  note: \($0)" }
    return lines
  }
}

extension Evaluation {
  fileprivate func lines(indentedBy spaces: Int) -> [String] {
    let line = String(repeating: " ", count: spaces) + "\(truth.mark) \(sentence)"
    return [line] + parts.flatMap { $0.lines(indentedBy: spaces + 2) }
  }
}

extension Truth {
  fileprivate var mark: String {
    switch self {
    case .yes: "✓"
    case .no: "✗"
    case .unknown: "?"
    }
  }
}
