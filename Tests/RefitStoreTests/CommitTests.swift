import GRDB
import RefitCore
import Testing

@testable import RefitStore

@Suite struct CommitTests {
  /// Everything that the database holds, as text.
  static func dump(_ place: Workplace) throws -> [String] {
    try place.raw { db in
      try String.fetchAll(db, sql: "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")
        .flatMap { table in
          try Row.fetchAll(db, sql: "SELECT * FROM \(table)").map { "\(table) \($0)" }
        }
    }
  }

  @Test func aTransitionThatFailsAtItsLastPartLeavesNothing() throws {
    let place = try Workplace()
    let store = try place.configured()
    var driver = try RunDriver(store)
    try driver.freeze()
    try driver.train(number: 1)
    let before = try Self.dump(place)
    var transition = RunMachine.apply(.gatesEntered, to: driver.run, at: driver.now)
    transition.additions = [
      .use(.sample("late", .input, .dataset)),
      .use(
        .sample("late", .input, .dataset, attempt: Attempt.Key(job: "nobody", subject: .candidate, number: 1))
      ),
    ]
    #expect(throws: StoreError.self) { try store.commit(transition) }
    #expect(try Self.dump(place) == before)
    transition.additions = []
    try store.commit(transition)
    #expect(try store.run(driver.run.id)?.state == .gating)
  }

  @Test func aPromotionOverAnotherChampionLeavesNothing() throws {
    let place = try Workplace()
    let store = try place.configured()
    _ = try RunDriver.publish(1, after: nil, in: store, at: .day(2))
    var driver = try RunDriver(store, at: .day(3))
    try driver.reachGates(number: 2)
    try driver.judge(champion: nil)
    let before = try Self.dump(place)
    #expect(throws: StoreError.championChanged(model: "credit-risk", expected: nil, found: 1)) {
      try driver.promote(from: nil)
    }
    #expect(try Self.dump(place) == before)
    #expect(try store.verify().findings == [])
  }

  enum Omission: CaseIterable { case end, version, promotion, report, artifact, holdout, attempt, digest }

  @Test(arguments: Omission.allCases)
  func aTransitionThatLeavesSomethingOutIsRefused(_ omission: Omission) throws {
    let place = try Workplace()
    let store = try place.configured()
    var driver = try RunDriver(store)
    let transition = try Self.transition(lacking: omission, &driver)
    let refusal = #expect(throws: StoreError.self) { try store.commit(transition) }
    guard case .refused(let sentence)? = refusal else {
      Issue.record("\(String(describing: refusal)) is no refusal")
      return
    }
    #expect(sentence.contains("credit-risk"))
  }

  private static func transition(lacking omission: Omission, _ driver: inout RunDriver) throws -> Transition {
    switch omission {
    case .end:
      var transition = RunMachine.apply(.ended(.failed, reason: "so"), to: driver.run, at: driver.now)
      transition.entries = []
      return transition
    case .holdout:
      var transition = RunMachine.apply(
        .holdoutFrozen(.sample("h"), uses: []), to: driver.run, at: driver.now)
      transition.additions = []
      return transition
    case .attempt:
      try driver.freeze()
      try driver.train(number: 1)
      var transition = RunMachine.apply(
        .cancelRequested(by: "a", because: "b"), to: driver.run, at: driver.now)
      transition.run.attempts = []
      return transition
    case .version, .artifact:
      try driver.freeze()
      let attempt = Attempt(job: "train", number: 1, launches: 1, createdAt: driver.now)
      try driver.apply(.planned(attempt, .sample(driver.run.id, attempt.key), uses: []))
      let version = Version.sample(VersionID("credit-risk@1")!, run: driver.run, now: driver.now)
      let words =
        omission == .artifact ? ["credit-risk@1", "code"] : ["credit-risk@1", "code", "training-1"]
      let uses = words.map { ArtifactUse.sample($0, .output, .output, attempt: attempt.key) }
      var transition = RunMachine.apply(
        .attemptEnded(attempt.key, .succeeded, record: nil, uses: uses, candidate: version), to: driver.run,
        at: driver.now)
      if omission == .version { transition.entries.removeAll { $0.kind == .candidateSealed } }
      return transition
    case .promotion:
      try driver.reachGates(number: 1)
      let promotion = Promotion(
        kind: .promotion, version: 1, previous: nil, run: 1, at: driver.now, actor: "refit", because: "so")
      var transition = RunMachine.apply(.promoted(promotion), to: driver.run, at: driver.now)
      transition.entries.removeAll { $0.kind == .promoted }
      return transition
    case .report, .digest:
      try driver.reachGates(number: 1)
      let report = GateReport(
        candidate: 1, champion: nil, holdout: nil, rows: 0, looks: 0, blind: "", results: [])
      let json = try CanonicalJSON.encode(report)
      let digest = omission == .digest ? Digest.of("other") : CanonicalJSON.digest(of: json)
      var transition = RunMachine.apply(
        .judged(report, json: json, digest: digest), to: driver.run, at: driver.now)
      if omission == .report { transition.entries = [] }
      return transition
    }
  }

  @Test func anEndedRunCanNotBeCommittedAgain() throws {
    let place = try Workplace()
    let store = try place.configured()
    var driver = try RunDriver(store)
    let late = RunMachine.apply(.ended(.failed, reason: "it failed"), to: driver.run, at: driver.now)
    try driver.apply(.ended(.cancelled, reason: "it was cancelled"))
    #expect(throws: StoreError.self) { try store.commit(late) }
    #expect(try store.run(driver.run.id)?.reason == "it was cancelled")
  }

  @Test func twoStepsInOneTransitionAreOneTransaction() throws {
    let place = try Workplace()
    let store = try place.configured()
    var driver = try RunDriver(store)
    try driver.freeze()
    let attempt = Attempt(job: "train", number: 1, launches: 1, createdAt: driver.now)
    let planned = RunMachine.apply(
      .planned(attempt, .sample(driver.run.id, attempt.key), uses: []), to: driver.run, at: driver.now)
    let started = RunMachine.apply(.attemptRunning(attempt.key), to: planned.run, at: driver.now)
    try driver.commit(planned.followed(by: started))
    #expect(try store.run(driver.run.id) == driver.run)
    #expect(try store.facts(driver.run.id, attempt: attempt.key) == .sample(driver.run.id, attempt.key))
  }

  @Test func aRunOpenedBesideALiveOneIsRefused() throws {
    let place = try Workplace()
    let store = try place.configured()
    let run = try store.openSampleRun()
    #expect(throws: StoreError.liveRun(run.id)) { try store.openSampleRun() }
    #expect(throws: StoreError.liveRun(run.id)) {
      try store.record(.sample(verdict: .retrain, opening: true))
    }
    #expect(try store.decisions("credit-risk", limit: 9).isEmpty)
    #expect(try store.runs(limit: 9).count == 1)
  }
}
