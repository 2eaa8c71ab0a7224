extension RetrainPolicy {
  /// What to do in this situation. The same situation gives the same decision, byte for byte, whatever the
  /// order of its observations; nothing else is asked.
  public func decide(_ situation: Situation) -> Decision {
    let history = ObservationHistory(situation)
    let restraints = self.restraints(in: situation)
    guard situation.action == .evaluate else { return withoutAsking(situation, restraints) }
    guard let condition = when else { return withoutCondition(situation, restraints) }

    let findings = condition.leaves.compactMap { $0.leaf?.finding(in: history) }
    let tree = condition.evaluation(of: findings)
    let flip = condition.nearestFlip(of: findings)
    switch tree.truth {
    case .yes where restraints.isEmpty:
      return Decision(
        verdict: .retrain, tree: tree, restraints: [], nearestFlip: flip,
        sentence: "retrain, because \(tree.reasons)")
    case .yes:
      return Decision(
        verdict: .restrained, tree: tree, restraints: restraints, nearestFlip: restraints.release,
        sentence: "would retrain, because \(tree.reasons), but \(restraints.sentence)")
    case .no, .unknown:
      let isKnown = tree.truth == .no
      let sentence =
        situation.champion == nil
        ? "no champion yet: 'refit retrain \(situation.model) --because …' trains the first version"
        : isKnown ? "no retraining: \(tree.refusal)" : "can't tell whether to retrain: \(tree.reasons)"
      return Decision(
        verdict: isKnown ? .hold : .unknown, tree: tree, restraints: restraints,
        nearestFlip: flip.map { $0 + restraints.proviso },
        sentence: sentence)
    }
  }

  /// A schedule that says `do: retrain`.
  private func withoutAsking(_ situation: Situation, _ restraints: [Restraint]) -> Decision {
    let isFree = restraints.isEmpty
    let asked = "the schedule asks for a retraining"
    return Decision(
      verdict: isFree ? .retrain : .restrained, tree: nil, restraints: restraints,
      nearestFlip: isFree ? nil : restraints.release,
      sentence: isFree ? "retrain, because \(asked)" : "\(asked), but \(restraints.sentence)")
  }

  private func withoutCondition(_ situation: Situation, _ restraints: [Restraint]) -> Decision {
    Decision(
      verdict: .hold, tree: nil, restraints: restraints, nearestFlip: nil,
      sentence:
        "no retraining: the policy has no condition, so only a schedule with `do: retrain` or a person "
        + "starts a run")
  }
}

extension Condition {
  /// The tree with what its leaves found, from left to right.
  func evaluation(of findings: [Finding]) -> Evaluation {
    var rest = findings[...]
    return evaluation(taking: &rest)
  }

  private func evaluation(taking rest: inout ArraySlice<Finding>) -> Evaluation {
    switch self {
    case .any(let conditions):
      let parts = conditions.map { $0.evaluation(taking: &rest) }
      return Evaluation(
        condition: "any", truth: .any(parts.map(\.truth)), sentence: "any of \(Self.tally(parts))",
        parts: parts)
    case .all(let conditions):
      let parts = conditions.map { $0.evaluation(taking: &rest) }
      return Evaluation(
        condition: "all", truth: .all(parts.map(\.truth)), sentence: "all of \(Self.tally(parts))",
        parts: parts)
    case .not(let condition):
      let part = condition.evaluation(taking: &rest)
      return Evaluation(
        condition: "not", truth: part.truth.negated, sentence: "not what follows", parts: [part])
    default:
      let finding = rest.removeFirst()
      return Evaluation(
        condition: type(of: leaf!).kind, truth: finding.truth, sentence: finding.sentence,
        reading: finding.reading)
    }
  }

  /// `4 conditions: 1 true, 3 false`.
  private static func tally(_ parts: [Evaluation]) -> String {
    let counts = [("true", Truth.yes), ("false", .no), ("unknown", .unknown)].map { word, truth in
      (word, parts.count { $0.truth == truth })
    }
    let said = counts.filter { $0.1 > 0 }.map { "\($0.1) \($0.0)" }.joined(separator: ", ")
    return "\(Figure.count(parts.count, "condition"))\(said.isEmpty ? "" : ": \(said)")"
  }
}

extension Evaluation {
  /// The leaves that make the node what it is.
  var deciding: [Evaluation] {
    switch (condition, truth) {
    case ("any", .no), ("all", .yes), ("not", _): parts.flatMap(\.deciding)
    case ("any", _), ("all", _): parts.filter { $0.truth == truth }.flatMap(\.deciding)
    default: [self]
    }
  }

  /// What the deciding leaves found.
  fileprivate var reasons: String {
    let sentences = deciding.map(\.sentence)
    let more = sentences.count > 3 ? ["and \(sentences.count - 3) more"] : []
    return sentences.isEmpty ? sentence : (sentences.prefix(3) + more).joined(separator: "; ")
  }

  /// Why a false tree is false: at length only when it is short.
  fileprivate var refusal: String {
    let leaves = deciding
    return condition == "any" && leaves.count == parts.count && leaves.count > 1
      ? "none of the \(leaves.count) conditions is true" : reasons
  }
}
