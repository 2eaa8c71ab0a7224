extension Persistence {
  /// How many evaluations are looked at to find `of` known ones: unknown ones neither count nor reset, but an
  /// agreement is not sought for ever.
  var reach: Int { of == 1 ? 1 : 4 * of }

  /// What holds when each of the evaluations (newest first) found what `find` says.
  ///
  /// With `of` 1 the newest alone decides. Else unknown when the newest two are unknown or none is known;
  /// otherwise true when `atLeast` of the newest `of` known ones are true. `claim` names what is agreed on.
  func agreement(over evaluations: [Instant], on claim: String, find: (Int) -> Finding) -> Finding {
    guard of > 1 else { return find(0) }
    let findings = evaluations.indices.prefix(reach).map(find)
    var known: [Finding] = findings.filter { $0.truth != .unknown }
    known.removeLast(max(0, known.count - of))
    guard let newest = known.first else { return findings[0] }
    let current = findings[0]
    if current.truth == .unknown && findings[1].truth == .unknown { return current }

    let truths = known.map { $0.truth == .yes }
    let agreeing = truths.count(where: \.self)
    var result = newest
    result.truth = Truth(agreeing >= atLeast)
    result.reading.agreeing = agreeing
    result.reading.needed = atLeast
    result.sentence = newest.sentence
    if current.truth == .unknown { result.sentence += " when last known (now \(current.sentence))" }
    result.sentence += "; true in \(agreeing) of the last \(Figure.count(known.count, "known evaluation"))"
    if result.truth == .no { result.sentence += ", \(needed) needed" }
    result.flip = flip(current: current, truths: truths, agreeing: agreeing, claim: claim)
    return result
  }

  private var needed: String {
    let verb = atLeast == 1 ? "is" : "are"
    return of == atLeast ? "\(atLeast) \(verb)" : "\(atLeast) of \(of) \(verb)"
  }

  /// `truths` of the newest known evaluations, newest first.
  private func flip(current: Finding, truths: [Bool], agreeing: Int, claim: String) -> Finding.Flip? {
    if agreeing >= atLeast {
      return current.truth == .yes && agreeing == atLeast ? current.flip : nil
    }
    guard current.truth == .no else {
      let more = evaluationsMissing(after: truths)
      let distance = Double(more) / Double(of)
      return Finding.Flip(
        distance: distance, phrase: "after \(Figure.count(more, "more evaluation")) with \(claim)")
    }
    guard var flip = current.flip else { return nil }
    let more = evaluationsMissing(after: [true] + truths.dropFirst())
    if more > 0 {
      flip.distance += Double(more) / Double(of)
      flip.phrase += " and stayed there for \(Figure.count(more, "more evaluation"))"
    }
    return flip
  }

  /// How many true evaluations from now on make an agreement.
  private func evaluationsMissing(after truths: [Bool]) -> Int {
    (0...atLeast).first { more in
      more + truths.prefix(of - more).count(where: \.self) >= atLeast
    } ?? atLeast
  }
}
