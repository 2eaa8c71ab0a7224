extension AgeCondition: LeafCondition {
  static var kind: String { "age" }

  func finding(in history: ObservationHistory) -> Finding {
    let subject = "the age of the champion"
    guard let champion = history.situation.champion, let id = history.championID else {
      return .unknown(subject, "there is no champion")
    }
    guard let own = since == .trained ? champion.trainedAt : champion.promotedAt else {
      return .unknown(subject, "it is not known when \(id) was trained")
    }
    // A refused model is not trained again every few days until it is lucky.
    let run = history.fruitlessRun.flatMap { $0.endedAt > own ? $0 : nil }
    let start = run?.endedAt ?? own
    let nominal = history.situation.nominal
    let isOver = nominal > start + over

    var reading = Evaluation.Reading()
    reading.observed = Double(nominal.microseconds - start.microseconds) / 1_000_000
    reading.threshold = Double(over.seconds)
    var facts = "\(id) was \(since.rawValue) \(Self.ago(own, from: nominal))"
    if let run { facts += ", and \(run.run) was \(run.state.rawValue) \(Self.ago(start, from: nominal))" }
    let sentence = "\(facts), \(isOver ? "" : "not ")over \(over.words)"
    return Finding(
      truth: Truth(isOver), sentence: sentence, reading: reading,
      flip: flip(isOver, age: nominal - start, run: run?.run))
  }

  private static func ago(_ instant: Instant, from nominal: Instant) -> String {
    instant > nominal ? "only after \(nominal)" : "\((nominal - instant).words) ago"
  }

  private func flip(_ isOver: Bool, age: Timespan, run: RunID?) -> Finding.Flip {
    let distance = Timespan(seconds: abs(over.seconds - age.seconds))
    let phrase: String
    if isOver {
      let amount = max(distance, Timespan(seconds: 1)).words
      phrase =
        run.map { "if the end of \($0) had been \(amount) later" }
        ?? "if the champion had been \(amount) younger"
    } else {
      let when = distance == .zero ? "at once" : "in \(distance.words)"
      let event =
        run.map { "the end of \($0) is over \(over.words) ago" } ?? "the champion is over \(over.words) old"
      phrase = "\(when), when \(event)"
    }
    return Finding.Flip(distance: Double(distance.seconds) / Double(max(1, over.seconds)), phrase: phrase)
  }
}
