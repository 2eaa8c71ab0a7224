import RefitCore
import Testing

@testable import RefitStore

@Suite struct GateTests {
  @Test func eachCandidateIsOneLookAtAHoldoutHoweverOftenItIsJudged() throws {
    let place = try Workplace()
    let store = try place.configured()
    let holdout = Digest.of("holdout")
    #expect(try store.looks(holdout) == 0)
    #expect(try store.looks(holdout, including: .of("credit-risk@1")) == 1)
    var driver = try RunDriver(store)
    try driver.reachGates(number: 1)
    try driver.judge()
    try driver.judge(verdict: .fail)
    #expect(try store.looks(holdout) == 1)
    #expect(try store.looks(holdout, including: .of("credit-risk@1")) == 1)
    #expect(try store.looks(holdout, including: .of("credit-risk@2")) == 2)
    #expect(try store.gateReports(driver.run.id).map(\.report.verdict) == [.pass, .fail])
    let newest = try #require(try store.gateReport(driver.run.id))
    #expect(newest.report.verdict == .fail)
    #expect(newest.digest == CanonicalJSON.digest(of: try CanonicalJSON.encode(newest.report)))
    #expect(newest.judgedAt == (try store.events(limit: 1).first?.at))
    try driver.apply(.ended(.refused, reason: "it failed"))
    driver = try RunDriver(store, at: .day(5))
    try driver.reachGates(number: 2)
    try driver.judge()
    #expect(try store.looks(holdout) == 2)
  }

  @Test func anApprovalIsBoundToAReportOfItsRun() throws {
    let place = try Workplace()
    let store = try place.configured()
    var driver = try RunDriver(store)
    try driver.reachGates(number: 1)
    try driver.judge()
    try driver.apply(.approvalAwaited)
    let report = try #require(try store.gateReport(driver.run.id)).digest
    var approval = Approval(
      actor: "bob", at: .day(3), because: "it looks right", artifact: .of("credit-risk@1"),
      gateReport: .of("other"),
      configuration: driver.run.configuration)
    #expect(throws: StoreError.self) { try driver.apply(.approved(approval)) }
    #expect(try store.approvals(driver.run.id).isEmpty)
    approval.gateReport = report
    try driver.apply(.approved(approval))
    #expect(try store.approvals(driver.run.id) == [approval])
    #expect(throws: StoreError.self) { try driver.apply(.approved(approval)) }
    #expect(try store.approvals(driver.run.id).count == 1)
  }

  @Test func predictionsAreFoundByVersionAndHoldout() throws {
    let place = try Workplace()
    let store = try place.configured()
    let holdout = Digest.of("holdout")
    var driver = try RunDriver(store)
    try driver.reachGates(number: 1)
    let first = VersionID("credit-risk@1")!
    #expect(try store.scoredVersions("credit-risk", holdout: holdout) == [1])
    #expect(try store.predictions(first, holdout: holdout) == .of("predictions-1-credit-risk#1"))
    #expect(try store.predictions(first, holdout: .of("other")) == nil)
    #expect(try store.scoredVersions("churn", holdout: holdout) == [])
    try driver.judge()
    try driver.promote(from: nil)
    driver = try RunDriver(store, at: .day(5))
    try driver.freeze()
    try driver.train(number: 2)
    let attempt = Attempt(job: "score", version: 2, number: 1, launches: 1, createdAt: driver.now)
    try driver.apply(.planned(attempt, .sample(driver.run.id, attempt.key), uses: []))
    let uses: [ArtifactUse] = [.sample("half", .output, .predictions, attempt: attempt.key)]
    let failed = AttemptOutcome(state: .failed, reason: "exit 0 but a row is missing")
    try driver.apply(.attemptEnded(attempt.key, failed, record: nil, uses: uses, candidate: nil))
    #expect(try store.scoredVersions("credit-risk", holdout: holdout) == [1])
    try driver.score(number: 1, subject: .champion)
    try driver.score(number: 2)
    #expect(try store.scoredVersions("credit-risk", holdout: holdout) == [1, 2])
    #expect(try store.predictions(first, holdout: holdout) == .of("predictions-1-credit-risk#2"))
  }

  @Test func aModelWithoutAHoldoutIsJudgedWithoutALook() throws {
    let place = try Workplace()
    let store = try place.configured()
    var driver = try RunDriver(store)
    try driver.apply(.begun)
    try driver.train(number: 1) { version in
      version.score = nil
      version.code = nil
      version.codePath = nil
      version.training = nil
      version.parameters = nil
    }
    try driver.apply(.gatesEntered)
    try driver.judge()
    #expect(try store.gateReport(driver.run.id)?.report.holdout == nil)
    #expect(try store.run(driver.run.id)?.holdout == nil)
    let version = try #require(try store.version(VersionID("credit-risk@1")!))
    #expect(
      version.score == nil && version.code == nil && version.training == nil && version.parameters == nil)
  }
}
