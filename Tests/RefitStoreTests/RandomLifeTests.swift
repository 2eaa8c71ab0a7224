import RefitCore
import RefitTesting
import Testing

@testable import RefitStore

/// Random lives of several models, each step also taken by a model of the store that is a few dictionaries: after
/// each, what the store says is what the dictionaries say, and a step that they refuse has left no trace.
@Suite struct RandomLifeTests {
  @Test(arguments: 0..<12 as Range<UInt64>)
  func theStoreSaysWhatHappened(seed: UInt64) throws {
    var life = try RandomLife(seed: seed)
    for step in 0..<120 {
      try life.step()
      if step % 10 == 0 { try life.compare() }
    }
    try life.compare()
    try life.reopen()
    try life.compare()
  }
}

/// The oracle and the store side by side.
private struct RandomLife {
  static let models: [Name] = ["a", "b", "c"]

  let place: Workplace
  var store: Store
  var random: SeededGenerator
  var clock: Int64 = 0

  // What should be: written from the invariants, not from the store.
  var live: [Name: Run] = [:]
  var ended: [RunID: Run] = [:]
  var runsOpened: [Name: Int] = [:]
  var champions: [Name: Int] = [:]
  var versions: [Name: Set<Int>] = [:]
  var served: [Name: Set<Int>] = [:]
  var decided: Set<[String]> = []
  var events: Int64

  init(seed: UInt64) throws {
    random = SeededGenerator(seed: seed)
    place = try Workplace()
    store = try place.configured(Self.models.map { .sample($0) })
    events = 2
  }

  var now: Instant { .day(2, hour: clock) }

  mutating func reopen() throws {
    try store.close()
    store = try place.open()
  }

  mutating func step() throws {
    clock += 1
    let model = random.pick(Self.models)
    switch Int.random(in: 0..<10, using: &random) {
    case 0, 1: try open(model)
    case 2: try evaluate(model)
    case 3: try rollback(model)
    case 4: try publish(model)
    case 5: if Int.random(in: 0..<4, using: &random) == 0 { try reopen() }
    default: try advance(model)
    }
  }

  private mutating func open(_ model: Name) throws {
    if let run = live[model] {
      #expect(throws: StoreError.liveRun(run.id)) { try store.openSampleRun(.sample(model), at: now) }
    } else {
      let run = try store.openSampleRun(.sample(model), at: now)
      opened(run)
    }
  }

  private mutating func opened(_ run: Run) {
    runsOpened[run.id.model, default: 0] += 1
    #expect(run.id.number == runsOpened[run.id.model])
    live[run.id.model] = run
    events += 1
  }

  private mutating func evaluate(_ model: Name) throws {
    let nominal = Instant.day(Int64.random(in: 1..<15, using: &random))
    let opening = Bool.random(using: &random)
    let record = try EvaluationRecord.sample(model, nominal: nominal, verdict: .retrain, opening: opening)
    let key = [model.text, nominal.description]
    if decided.contains(key) {
      #expect(try store.record(record) == .alreadyDecided)
    } else if opening, let run = live[model] {
      #expect(throws: StoreError.liveRun(run.id)) { try store.record(record) }
    } else {
      guard case .recorded(let id) = try store.record(record) else {
        Issue.record("\(key) was not recorded")
        return
      }
      decided.insert(key)
      events += 1
      #expect((id != nil) == opening)
      if let id { opened(try #require(try store.run(id))) }
    }
  }

  private mutating func rollback(_ model: Name) throws {
    let version = Int.random(in: 1..<4, using: &random)
    let previous = random.pick([champions[model], 1, nil])
    let promotion = Promotion(
      kind: .rollback, version: version, previous: previous, run: nil, at: now, actor: "alice", because: "so")
    let isPossible =
      served[model, default: []].contains(version) && previous == champions[model] && previous != version
    if isPossible {
      try store.rollback(model, to: promotion)
      champions[model] = version
      events += 1
    } else {
      #expect(throws: StoreError.self) { try store.rollback(model, to: promotion) }
    }
  }

  private mutating func publish(_ model: Name) throws {
    guard let champion = champions[model] else {
      #expect(throws: StoreError.self) { try store.recordPublished(model, version: 1, at: now) }
      return
    }
    let isNew = try store.unpublished().contains { $0.model == model }
    try store.recordPublished(model, version: champion, at: now)
    events += isNew ? 1 : 0
    #expect(try store.served(model, at: now)?.promotion.version == champion)
  }

  /// Takes the model's run one stretch further.
  private mutating func advance(_ model: Name) throws {
    guard let run = live[model] else { return }
    var driver = RunDriver(continuing: run, in: store, at: now)
    let end = random.pick([nil, nil, nil, nil, nil, Run.State.failed, .cancelled])
    if let end {
      try driver.apply(.ended(end, reason: "at random"))
    } else if run.state == .queued {
      try driver.freeze("\(model)-holdout")
    } else if run.state == .running, run.candidate == nil {
      let number = try store.nextVersionNumber(model)
      #expect(number == (versions[model]?.max() ?? 0) + 1)
      try driver.train(number: number)
      versions[model, default: []].insert(number)
    } else if run.state == .running {
      try driver.score(number: run.candidate!)
      try driver.apply(.gatesEntered)
    } else {
      try judge(&driver)
    }
    events = try store.ledgerHead().size
    live[model] = driver.run.state.isLive ? driver.run : nil
    if !driver.run.state.isLive { ended[driver.run.id] = driver.run }
  }

  private mutating func judge(_ driver: inout RunDriver) throws {
    let model = driver.run.id.model
    let before = driver.run
    let expected = random.pick([champions[model], champions[model], 1])
    try driver.judge(champion: champions[model])
    guard expected == champions[model], expected != before.candidate else {
      let size = try store.ledgerHead().size
      #expect(throws: StoreError.self) { try driver.promote(from: expected) }
      #expect(try store.ledgerHead().size == size)
      return
    }
    try driver.promote(from: expected)
    champions[model] = driver.run.candidate
    served[model, default: []].insert(driver.run.candidate!)
  }

  func compare() throws {
    #expect(Set(try store.liveRuns()) == Set(live.values))
    #expect(try store.runs(limit: 999).count == runsOpened.values.reduce(0, +))
    for (id, run) in ended { #expect(try store.run(id) == run) }
    for model in Self.models {
      #expect(try store.champion(model)?.promotion.version == champions[model])
      #expect(Set(try store.versions(model).map(\.id.number)) == versions[model] ?? [])
      #expect(try store.decisions(model, limit: 999).count == decided.count { $0[0] == model.text })
    }
    let verification = try store.verify()
    #expect(verification.findings == [])
    #expect(verification.head == (try store.ledgerHead()))
    #expect(verification.head.size == events)
  }
}
