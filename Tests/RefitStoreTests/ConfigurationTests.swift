import Foundation
import GRDB
import RefitCore
import Testing

@testable import RefitStore

@Suite struct ConfigurationTests {
  @Test func whatIsAppliedIsReadBack() throws {
    let place = try Workplace()
    let store = try place.open()
    let model = Model.sample(schedules: [.nightly(), .nightly("weekly", cron: "0 5 * * 1", action: .retrain)])
    let change = try store.configure([model, .sample("churn", mode: .observe)], text: "the file")
    #expect(change == ConfigurationChange(added: ["churn", "credit-risk"]))
    let found = try #require(try store.model("credit-risk"))
    #expect(found.model == model)
    #expect(found.configuration == (try model.digest))
    #expect(try store.model("nobody") == nil)
    #expect(try store.models().map(\.name) == ["churn", "credit-risk"])
    #expect(try store.models().map(\.mode) == [.observe, .promote])
    let project = try #require(try store.project())
    #expect(project.name == "lending" && project.timezone == "UTC" && project.concurrency == 2)
    #expect(project.clock == .wall && project.appliedAt == .day(0))
    #expect(try store.appliedConfiguration() == project.configuration)
    #expect(try store.configurationText(project.configuration) == "the file")
    #expect(try store.schedules(of: "credit-risk").map(\.action) == [.evaluate, .retrain])
  }

  @Test func anUnchangedScheduleKeepsItsTurnAndAChangedOneStartsAnew() throws {
    let place = try Workplace()
    let store = try place.open()
    let schedules: [Schedule] = [.nightly("a"), .nightly("b"), .nightly("c"), .nightly("d")]
    try store.configure([.sample(schedules: schedules)], nextDue: .day(1))
    let changed: [Schedule] = [
      .nightly("a"), .nightly("b", cron: "16 2 * * *"), .nightly("c", timezone: "Europe/Berlin"),
      .nightly("d", action: .retrain), .nightly("e"),
    ]
    try store.configure([.sample(schedules: changed)], nextDue: .day(5), at: .day(4))
    let due = try store.schedules().map(\.nextDue)
    #expect(due == [.day(1), .day(5), .day(5), .day(5), .day(5)])
  }

  @Test func whatIsGoneFromTheFileIsKeptButOff() throws {
    let place = try Workplace()
    let store = try place.open()
    try store.configure([.sample(schedules: [.nightly("a"), .nightly("b")]), .sample("churn")])
    let change = try store.configure([.sample(schedules: [.nightly("a")])])
    #expect(change == ConfigurationChange(changed: ["credit-risk"], removed: ["churn"]))
    #expect(try store.models().map(\.isActive) == [false, true])
    #expect(try store.model("churn") != nil)
    #expect(try store.dueSchedules(at: .day(9)).map(\.schedule) == ["a"])
    let back = try store.configure(
      [.sample(schedules: [.nightly("a"), .nightly("b")]), .sample("churn")], nextDue: .day(7), at: .day(6))
    #expect(back == ConfigurationChange(changed: ["churn", "credit-risk"]))
    #expect(try store.schedules().map(\.nextDue) == [.day(7), .day(1), .day(7)])
  }

  /// Nights 1 to 3 are due when schedules a (same), b (another rule), c (gone) and a whole model change.
  @Test func whatWasDueOfAChangedScheduleIsMissed() throws {
    let place = try Workplace()
    let store = try place.open()
    try store.configure(
      [.sample(schedules: [.nightly("a"), .nightly("b"), .nightly("c")]), .sample("churn")], nextDue: .day(1))
    let changed = Model.sample(schedules: [.nightly("a"), .nightly("b", cron: "16 2 * * *")])
    var overdue: [ScheduleKey: PassedOccurrences] = [:]
    for schedule in ["a", "b", "c"] {
      overdue[ScheduleKey(model: "credit-risk", schedule: Name(schedule)!)] = PassedOccurrences(
        (1...3).map { .day($0) }, outcome: .missed, because: Store.missedByChange)
    }
    try store.apply(
      configuration: .of("x"), text: "x", project: Project(name: "lending", models: [changed]),
      models: [(changed, try changed.digest)],
      schedules: ["a", "b"].map { ScheduleStart(model: "credit-risk", schedule: $0, nextDue: .day(9)) },
      overdue: overdue, at: .day(3), actor: "alice")
    let missed = try store.read { db in
      try Row.fetchAll(
        db,
        sql: """
          SELECT model, schedule, nominal FROM occurrence WHERE state = 'missed' AND recorded_at = ?
            AND reason = 'the schedule was changed before it was decided' ORDER BY model, schedule, nominal
          """, arguments: [Instant.day(3)]
      ).map { "\($0[0] as String) \($0[1] as String) \(try $0.decode(Instant.self, atIndex: 2))" }
    }
    let nights = (1...3).map { Instant.day($0) }
    #expect(
      missed == ["churn nightly \(nights[0])"]
        + ["b", "c"].flatMap { schedule in
          nights.map { "credit-risk \(schedule) \($0)" }
        })
    #expect(try store.schedules(of: "credit-risk").map(\.nextDue) == [.day(1), .day(9), nil])
    let told = try store.events(LedgerFilter(kind: .occurrenceMissed), limit: 9).compactMap(\.payload)
    #expect(told.map { $0.contains(#""count":3"#) } == [false, true, true])
    #expect(try store.verify().isIntact)
  }

  @Test func whatIsNotDueYetIsNotMissed() throws {
    let place = try Workplace()
    let store = try place.open()
    try store.configure([.sample()], nextDue: .day(5))
    try store.configure([.sample(schedules: [.nightly("other")])], nextDue: .day(5), at: .day(4))
    #expect(try store.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM occurrence") } == 0)
  }

  @Test func aModelThatGoesWhileItServesOrRunsIsAnAlert() throws {
    let place = try Workplace()
    let store = try place.configured([.sample(), .sample("churn"), .sample("idle")])
    _ = try RunDriver.publish(1, after: nil, in: store, at: .day(2))
    let live = [
      try store.openSampleRun(at: .day(3)).id, try store.openSampleRun(.sample("churn"), at: .day(3)).id,
    ]
    try store.configure([.sample("new")], at: .day(4))
    let sentences = [
      "model churn is no longer in refit.yaml, but churn#1 is live",
      "model credit-risk is no longer in refit.yaml, but credit-risk@1 serves and credit-risk#2 is live",
    ]
    let alerts = try store.events(LedgerFilter(kind: .alert, since: .day(4)), limit: 9)
    #expect(alerts.map(\.model) == ["churn", "credit-risk"])
    #expect(alerts.map(\.payload) == sentences.map { #"{"sentence":"\#($0)"}"# })
    let told = try store.models().map { model in
      model.leftBehind(liveRun: live.first { $0.model == model.name })
    }
    #expect(told == [sentences[0], sentences[1], nil, nil])
    try store.configure([.sample("new")], text: "again", at: .day(5))
    #expect(try store.events(LedgerFilter(kind: .alert, since: .day(5)), limit: 9).isEmpty)
    #expect(try store.verify().findings == [])
  }

  @Test func theLedgerTellsWhatChanged() throws {
    let place = try Workplace()
    let store = try place.open()
    try store.configure([.sample()])
    try store.configure([.sample("churn")], text: "other")
    let event = try #require(try store.events(LedgerFilter(kind: .configurationApplied), limit: 1).first)
    let digest = try #require(try store.appliedConfiguration())
    #expect(event.actor == "alice")
    #expect(
      event.payload
        == #"{"added":["churn"],"changed":[],"configuration":"\#(digest)","removed":["credit-risk"]}"#)
  }

  @Test func aNewScheduleWithoutAStartIsRefused() throws {
    let place = try Workplace()
    let store = try place.open()
    let model = Model.sample()
    #expect(throws: StoreError.refused("when schedule nightly of credit-risk is due was not said")) {
      try store.apply(
        configuration: .of("x"), text: "x", project: Project(name: "lending", models: [model]),
        models: [(model, try model.digest)], schedules: [], at: .day(0), actor: "alice")
    }
    #expect(try store.models().isEmpty)
  }

  @Test func whatIsDueComesTheLongestDueFirst() throws {
    let place = try Workplace()
    let store = try place.open()
    let models: [Model] = [.sample("a"), .sample("b"), .sample("c"), .sample("d")]
    let starts: [Instant?] = [.day(3), .day(1), nil, .day(9)]
    try store.apply(
      configuration: .of("x"), text: "x", project: Project(name: "lending", models: models),
      models: try models.map { ($0, try $0.digest) },
      schedules: zip(models, starts).map {
        ScheduleStart(model: $0.name, schedule: "nightly", nextDue: $1)
      }, at: .day(0), actor: "alice")
    #expect(try store.nextDue() == .day(1))
    #expect(try store.dueSchedules(at: .day(0)).isEmpty)
    #expect(try store.dueSchedules(at: .day(3)).map(\.model) == ["b", "a"])
    #expect(try store.dueSchedules(at: .day(3)).map(\.nextDue) == [.day(1), .day(3)])
  }

  @Test func aRunKeepsTheModelThatItWasOpenedWith() throws {
    let place = try Workplace()
    let store = try place.configured()
    let run = try store.openSampleRun()
    try store.configure([.sample(mode: .observe)])
    let reader = try StoreReader(path: place.path)
    #expect(try reader.run(run.id)?.model == .sample())
    #expect(try reader.model("credit-risk")?.model.mode == .observe)
  }

  @Test func aDrawKeyIsMadeOnce() throws {
    let place = try Workplace()
    let store = try place.configured()
    #expect(try store.drawKey("credit-risk") == nil)
    let key = [UInt8](0..<32)
    #expect(try store.drawKey("credit-risk") { key } == key)
    #expect(try store.drawKey("credit-risk") { [UInt8](repeating: 9, count: 32) } == key)
    #expect(throws: StoreError.self) { try store.drawKey("nobody") { key } }
    #expect(throws: StoreError.self) { try store.configured("churn").drawKey("churn") { [1] } }
  }

  @Test func aFileOfDataIsKnownAgain() throws {
    let place = try Workplace()
    let store = try place.configured()
    var file = DataFile(
      path: "data/a.csv", bytes: 10, modified: .day(1), inode: 7, digest: .of("a"), firstReadAt: .day(2))
    try store.record(file)
    #expect(try store.known("data/a.csv") == file)
    #expect(try store.known("data/b.csv") == nil)
    file.bytes = 12
    file.digest = .of("b")
    let entry = LedgerEntry(
      kind: .evidenceChanged, model: nil, run: nil, actor: "refit", at: .day(3),
      payload: ["path": "data/a.csv"])
    try store.record(file, evidenceChanged: entry)
    #expect(try store.known("data/a.csv") == file)
    #expect(try store.events(LedgerFilter(kind: .evidenceChanged), limit: 9).count == 1)
    #expect(try store.knownPaths() == ["data/a.csv"])
    try store.forget(file, evidenceChanged: entry)
    #expect(try store.knownPaths().isEmpty)
    #expect(try store.events(LedgerFilter(kind: .evidenceChanged), limit: 9).count == 2)
  }
}

extension Store {
  fileprivate func configured(_ name: Name) throws -> Store {
    try configure([.sample(name)])
    return self
  }
}
