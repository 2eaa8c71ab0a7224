import GRDB
import RefitCore
import Testing

@testable import RefitStore

@Suite struct LineageTests {
  @Test func aVersionLeadsToAllThatItCameFrom() throws {
    let place = try Workplace()
    let store = try place.configured()
    let record = try EvaluationRecord.sample(nominal: .day(1), verdict: .retrain, opening: true)
    guard case .recorded(let id?) = try store.record(record) else { return #expect(Bool(false)) }
    var driver = try RunDriver(continuing: store.run(id)!, in: store, at: .day(2))
    try driver.reachGates(number: 1)
    try driver.judge()
    try driver.promote(from: nil)
    let lineage = try #require(try store.lineage(VersionID("credit-risk@1")!))
    #expect(lineage.version == (try store.version(VersionID("credit-risk@1")!)))
    #expect(lineage.run == driver.run)
    #expect(lineage.decision?.decision == record.decision)
    #expect(lineage.holdout == .sample("holdout"))
    #expect(lineage.uses.map(\.role) == [.holdout])
    #expect(lineage.attempts.map(\.attempt.job) == ["train", "score"])
    #expect(lineage.attempts[0].facts?.commit == "abc")
    #expect(lineage.gateReports.map(\.report.verdict) == [.pass])
    #expect(lineage.promotions.map(\.promotion.because) == ["all gates passed"])
    #expect(lineage.producers == [:])
    #expect(try store.lineage(VersionID("credit-risk@2")!) == nil)
  }

  /// 1 makes a table that 2 trains on; 3 only scores 2 as the champion that it is compared with; 4 is apart.
  @Test func badDataReachWhatWasMadeOfThemAndNoMore() throws {
    let place = try Workplace()
    let store = try place.configured(["one", "two", "three", "four"].map { .sample($0) })
    func train(_ model: Name, _ data: [String], champion: String? = nil) throws -> RunID {
      var driver = try RunDriver(store, model: .sample(model))
      try driver.apply(.begun)
      let made = "\(model)-made"
      let uses = data.map { ArtifactUse.sample($0, .input, .dataset) } + [.sample(made, .output, .output)]
      try driver.succeed("train", uses: uses)
      if let champion {
        try driver.succeed("score", subject: .champion, uses: [.sample(champion, .input, .model)])
      }
      return driver.run.id
    }
    let one = try train("one", ["raw"])
    let two = try train("two", ["one-made", "clean"])
    let three = try train("three", ["other"], champion: "two-made")
    let four = try train("four", ["three-made"])
    #expect(try store.downstream(ofArtifact: .of("raw")).map(\.run) == [one, two, three])
    #expect(try store.downstream(ofArtifact: .of("other")).map(\.run) == [three, four])
    #expect(try store.downstream(ofArtifact: .of("nothing")).isEmpty)
    #expect(try store.upstream(ofArtifact: .of("two-made")).map(\.run) == [two, one])
    #expect(try store.upstream(ofArtifact: .of("three-made")).map(\.run) == [three])
    #expect(try store.upstream(ofArtifact: .of("four-made")).map(\.run) == [four, three])
    #expect(try store.uses(ofArtifact: .of("one-made")).map(\.run) == [one, two])
    #expect(try store.artifact(.of("raw"))?.bytes == 10)
    #expect(try store.artifact(.of("nothing")) == nil)
  }

  /// Two runs whose jobs happen to make the same bytes have nothing to do with each other.
  @Test func theSameBytesMadeTwiceLinkNobody() throws {
    let place = try Workplace()
    let store = try place.configured(["one", "two", "three"].map { .sample($0) })
    func run(_ model: Name, reading data: [String]) throws -> RunID {
      var driver = try RunDriver(store, model: .sample(model))
      try driver.apply(.begun)
      let inputs = data.map { ArtifactUse.sample($0, .input, .dataset) }
      try driver.succeed("train", uses: inputs + [.sample("same", .output, .output)])
      try driver.succeed(
        "score", uses: [.sample("same", .input, .output), .sample("\(model)-end", .output, .predictions)])
      return driver.run.id
    }
    let one = try run("one", reading: ["bad"])
    let two = try run("two", reading: ["good"])
    // This one says that it read those bytes: of whom can't be told. It hands them on as they are.
    let three = try run("three", reading: ["same"])
    #expect(try store.upstream(ofArtifact: .of("one-end")).map(\.run) == [one])
    #expect(try store.upstream(ofArtifact: .of("two-end")).map(\.run) == [two])
    #expect(try Set(store.upstream(ofArtifact: .of("three-end")).map(\.run)) == [one, two, three])
    #expect(try store.downstream(ofArtifact: .of("bad")).map(\.run) == [one, three])
  }

  /// A chain of 1,000 runs in a graph of 120,000 edges.
  @Test func aLongWalkThroughALargeGraphGoesThroughIndexes() throws {
    let place = try Workplace()
    let store = try place.configured()
    try Self.fill(store, chain: 1000, others: 59_000)
    let end = try store.read { try Digest.fetchOne($0, sql: "SELECT digest FROM artifact WHERE id = 1001") }!
    let start = try store.read { try Digest.fetchOne($0, sql: "SELECT digest FROM artifact WHERE id = 1") }!
    #expect(try store.upstream(ofArtifact: end).map(\.run.number) == Array((1...1000).reversed()))
    #expect(try store.downstream(ofArtifact: start).map(\.run.number) == Array(1...1000))
    #expect(try store.uses(ofArtifact: end).count == 1)
  }

  /// Run n reads artifact n and makes artifact n + 1; after the chain, each run's artifacts are its own.
  private static func fill(_ store: Store, chain: Int, others: Int) throws {
    try store.write(.appendEvents) { db in
      try db.execute(
        sql: """
          WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?)
          INSERT INTO run (id, model, number, state, trigger_person, because, configuration, interval_end, known_at,
            opened_at, ended_at, reason, cancel_requested)
          SELECT i, 'credit-risk', i, 'failed', 'alice', 'so', configuration, 0, 0, 0, 1, 'so', 0 FROM n, model
          """, arguments: [chain + others])
      try db.execute(
        sql: """
          WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?)
          INSERT INTO artifact (id, digest, form, bytes) SELECT i, randomblob(32), 'file', 1 FROM n
          """, arguments: [chain + 1 + 2 * others])
      try db.execute(
        sql: """
          INSERT INTO artifact_use (run, artifact, direction, role, name)
          SELECT id, CASE WHEN id <= ?1 THEN id ELSE 2 * id - ?1 END, 'input', 'dataset', 'a' FROM run
          UNION ALL
          SELECT id, CASE WHEN id <= ?1 THEN id + 1 ELSE 2 * id - ?1 + 1 END, 'output', 'output', 'b' FROM run
          """, arguments: [chain])
    }
  }
}
