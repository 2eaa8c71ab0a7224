import Foundation
import RefitConfiguration
import RefitCore
import RefitStore
import RefitTesting
import Testing

@testable import RefitEngine

@Suite("The wall clock is set, and zone data are replaced")
struct ClockTests {
  private func project(_ schedule: String = #"cron: "0 3 * * *""#) throws -> EngineProject {
    var settings = EngineProject.Settings { $0.schedules = "{nightly: {\(schedule), do: evaluate}}" }
    settings.clock = "wall"
    return try EngineProject(settings)
  }

  private func nextDue(_ project: EngineProject) throws -> Instant? {
    try project.reading { try $0.nextDue() }
  }

  private func decided(_ project: EngineProject) throws -> [Instant] {
    try project.reading { reader in
      try reader.occurrences(of: project.nightly).filter { $0.state == .decided }.map(\.first)
    }
  }

  private static let future = Instant("2030-01-01T04:00:00Z")!

  @Test("set forward, what it has jumped over is a misfire; set back a little, nothing runs again")
  func steps() throws {
    let project = try project()
    try project.tick(wall: EngineProject.time(0, hour: 0))
    #expect(try project.tick(wall: EngineProject.time(2, hour: 4)).decisions.map(\.coalesced) == [2])
    let back = try project.tick(wall: EngineProject.time(2, hour: 2))
    #expect(back.decisions.isEmpty && back.troubles.isEmpty)
    #expect(try project.tick(wall: EngineProject.time(2, hour: 5)).decisions.isEmpty)
    #expect(try project.tick(wall: EngineProject.time(3)).decisions.count == 1)
  }

  /// The turn of an occurrence that was decided came at each tick for ever, and was observed each time.
  @Test("set back together with a change of the schedule, what was decided moves the turn on")
  func changedMeanwhile() throws {
    let project = try project()
    try project.tick(wall: EngineProject.time(0, hour: 0))
    try project.tick(wall: EngineProject.time(0, hour: 4))
    var settings = EngineProject.Settings { $0.schedules = #"{nightly: {cron: "0 03 * * *", do: evaluate}}"# }
    settings.clock = "wall"
    try project.configure(settings)
    try project.tick(wall: EngineProject.time(0, hour: 2))
    #expect(try nextDue(project) == EngineProject.time(0))
    #expect(try project.tick(wall: EngineProject.time(0)).decisions.isEmpty)
    #expect(try nextDue(project) == EngineProject.time(1))
    #expect(try decided(project) == [EngineProject.time(0)])
  }

  @Test("three hours behind is tolerated, a second more is not", arguments: [(0, 0), (1, 1)])
  func tolerance(beyond: Int64, troubles: Int) throws {
    let project = try project()
    let start = EngineProject.time(5, hour: 12)
    try project.tick(wall: start)
    let report = try project.tick(wall: start - .hours(3) - Timespan(seconds: beyond))
    #expect(report.troubles.count == troubles)
  }

  @Test("far behind, nothing is decided, each tick says so, and one alert does")
  func behind() throws {
    let project = try project()
    try project.tick(wall: EngineProject.time(0, hour: 0))
    try project.tick(wall: Self.future)
    let said = try (1...3).map { try project.tick(wall: EngineProject.time(1, hour: $0)).troubles }
    #expect(Set(said).count == 1)
    #expect(said[0].count == 1)
    #expect(
      said[0].first?.contains("more than 3h behind the record, which has reached 2030-01-01T04:00:00Z")
        == true)
    #expect(said[0].first?.contains("refit clock accept") == true)
    #expect(try project.events(.alert).count == 1)
    // Right again by itself.
    #expect(try project.tick(wall: Self.future + .hours(23)).decisions.count == 1)
    try project.tick(wall: EngineProject.time(1, hour: 3))
    #expect(try project.events(.alert).count == 2)
  }

  @Test("a new schedule is not decided while the clock is behind, and is once that is accepted")
  func accepted() throws {
    let project = try project()
    try project.tick(wall: EngineProject.time(0, hour: 0))
    try project.tick(wall: Self.future)
    // All of 2026 to 2029 is coalesced into the one of 2030.
    #expect(try decided(project) == [Instant("2030-01-01T03:00:00Z")!])
    #expect(try project.tick(wall: EngineProject.time(1, hour: 4)).decisions.isEmpty)
    _ = try project.orchestrator.acceptClock(because: "the battery was changed")
    #expect(try nextDue(project) == EngineProject.time(2))
    #expect(try project.tick(wall: EngineProject.time(2)).decisions.map(\.nominal) == [EngineProject.time(2)])
    #expect(try project.tick(wall: EngineProject.time(4, hour: 4)).decisions.map(\.coalesced) == [1])
    let event = try #require(try project.events(.clockAccepted).first)
    #expect(event.actor == "ada" && event.payload?.contains("the battery was changed") == true)
    #expect(try project.reading { try $0.verify().isIntact })
  }

  @Test("when the time comes for what was decided in the wrong year, it is not decided again")
  func yearsLater() throws {
    let project = try project()
    try project.tick(wall: EngineProject.time(0, hour: 0))
    try project.tick(wall: Self.future)
    do {
      project.wall.now = EngineProject.time(1, hour: 4)
      _ = try project.orchestrator.acceptClock(because: "it stood in 2030")
    }
    let report = try project.tick(wall: Self.future)
    #expect(report.decisions.isEmpty)
    #expect(try nextDue(project) == Instant("2030-01-02T03:00:00Z")!)
    #expect(try decided(project).count == 1)
    #expect(try project.reading { try $0.verify().isIntact })
  }

  @Test("what was withdrawn and is recorded again at the same time by the clock agrees with the ledger")
  func sameTimeAgain() throws {
    let project = try project()
    try project.tick(wall: EngineProject.time(0, hour: 0))
    try project.tick(wall: EngineProject.time(3))
    project.wall.now = EngineProject.time(0, hour: 5)
    _ = try project.orchestrator.acceptClock(because: "it was three days ahead")
    try project.tick(wall: EngineProject.time(3))
    let told = try project.events(.occurrenceCoalesced)
    #expect(told.count == 2 && told[0].at == told[1].at)
    #expect(try project.reading { try $0.verify().isIntact })
  }

  @Test("a cooldown of a run that ended in the wrong year does not last until then")
  func cooldown() throws {
    let project = try project()
    try project.live(0...30)
    try project.tick(wall: EngineProject.time(0, hour: 0))
    project.wall.now = Self.future
    let run = try project.orchestrator.retrain(project.model, because: "first")
    #expect(!(try project.orchestrator.run(run).state.isLive))
    project.wall.now = EngineProject.time(20, hour: 4)
    _ = try project.orchestrator.acceptClock(because: "it stood in 2030")
    let report = try project.tick(wall: EngineProject.time(21))
    let situation = try #require(try project.reading { try $0.latestDecision(project.model)?.situation })
    #expect(report.decisions.count == 1)
    #expect((situation.lastJudged ?? situation.lastFailed)?.endedAt == EngineProject.time(20, hour: 4))
  }

  @Test("a clock that is not behind is not accepted, nor is a simulated one")
  func refused() throws {
    let project = try project()
    try project.tick(wall: EngineProject.time(0, hour: 0))
    project.wall.now = EngineProject.time(0, hour: 1)
    #expect(throws: EngineError.self) { try project.orchestrator.acceptClock(because: "no reason") }
    let simulated = try EngineProject()
    try simulated.tick(5)
    #expect(throws: EngineError.self) { try simulated.orchestrator.acceptClock(because: "no reason") }
  }

  // MARK: - Zone data

  /// A tz database in which Europe/Berlin is another zone of the system's.
  private func database(_ scratch: ScratchDirectory, _ version: String, berlin: String) throws
    -> TimeZoneDatabase
  {
    let rules = try Data(contentsOf: URL(filePath: "/usr/share/zoneinfo/\(berlin)"))
    let directory = scratch.path("zones-\(version)")
    try FileManager.default.createDirectory(atPath: "\(directory)/Europe", withIntermediateDirectories: true)
    try rules.write(to: URL(filePath: "\(directory)/Europe/Berlin"))
    try Data("# version \(version)\n".utf8).write(to: URL(filePath: "\(directory)/tzdata.zi"))
    return TimeZoneDatabase(directory: directory)
  }

  private func zoned(_ berlin: String, cron: String = "0 3 * * *") throws -> EngineProject {
    let project = try EngineProject(
      .init { $0.schedules = #"{nightly: {cron: "\#(cron)", timezone: Europe/Berlin, do: evaluate}}"# })
    project.timeZones = try database(project.scratch, "2026a", berlin: berlin)
    project.restart()
    try project.tick(0, hour: 0)
    return project
  }

  private func replace(_ project: EngineProject, by berlin: String) throws {
    project.timeZones = try database(project.scratch, "2026b", berlin: berlin)
    project.restart()
  }

  @Test("what is yet to come moves with the new data, and an event says so")
  func moved() throws {
    let project = try zoned("Etc/GMT-1")
    #expect(try nextDue(project) == EngineProject.time(0, hour: 2))
    try replace(project, by: "Etc/GMT-3")
    try project.tick(0, hour: 1)
    // 03:00 at UTC+3 was at 00:00Z: today's has passed by the new data, and was never announced.
    #expect(try nextDue(project) == EngineProject.time(1, hour: 0))
    let event = try #require(try project.events(.zoneDataChanged).first?.payload)
    #expect(event.contains(#""from":"2026a""#) && event.contains(#""to":"2026b""#))
    #expect(try project.tick(1, hour: 0).decisions.map(\.nominal) == [EngineProject.time(1, hour: 0)])
    #expect(try project.events(.zoneDataChanged).count == 1)
  }

  @Test("a local time that was issued is not issued again at a later instant")
  func notAgain() throws {
    let project = try zoned("Etc/GMT-1")
    #expect(try project.tick(0, hour: 2).decisions.count == 1)
    try replace(project, by: "Etc/GMT+1")
    try project.tick(0, hour: 3)
    // 03:00 of the same day comes again at 04:00Z.
    #expect(try nextDue(project) == EngineProject.time(1, hour: 4))
    #expect(try project.tick(0, hour: 12).decisions.isEmpty)
    #expect(try project.tick(1, hour: 4).decisions.count == 1)
  }

  @Test("what had come due by the old data when they were replaced is decided as announced")
  func announced() throws {
    let project = try zoned("Etc/GMT-1")
    try replace(project, by: "Etc/GMT+1")
    let report = try project.tick(0, hour: 3)
    #expect(report.decisions.map(\.nominal) == [EngineProject.time(0, hour: 2)])
  }

  @Test("the version is recorded with each occurrence")
  func version() throws {
    let project = try zoned("Etc/GMT-1")
    try project.tick(0, hour: 2)
    try replace(project, by: "Etc/GMT-1")
    try project.tick(2, hour: 2)
    #expect(
      try project.reading { try $0.occurrences(of: project.nightly).map(\.zoneData) } == [
        "2026a", "2026b", "2026b",
      ])
    #expect(try project.events(.zoneDataChanged).first?.payload?.contains(#""moved":0"#) == true)
  }
}
