import RefitCore
import RefitStore
import Testing

@testable import RefitEngine

@Suite("Occurrences that were missed, under each rule")
struct MisfireTests {
  private func project(_ misfire: String, cron: String = "0 3 * * *") throws -> EngineProject {
    let project = try EngineProject(
      .init { $0.schedules = #"{nightly: {cron: "\#(cron)", do: evaluate, misfire: \#(misfire)}}"# })
    try project.tick(0, hour: 0)
    return project
  }

  private func outcomes(_ project: EngineProject) throws -> [OccurrenceRecord.State] {
    try project.reading { try $0.occurrences(of: project.nightly).map(\.state) }
  }

  @Test("skip: what is late is told as skipped, and what is on time runs")
  func skip() throws {
    let project = try project("skip")
    let report = try project.tick(4, hour: 4)
    #expect(report.decisions.isEmpty)
    #expect(report.passed.map(\.occurrences.outcome) == [.skipped])
    #expect(try outcomes(project) == Array(repeating: .skipped, count: 5))
    #expect(try project.tick(5).decisions.map(\.nominal) == [EngineProject.time(5)])
    #expect(try project.tick(5, hour: 4).passed.isEmpty)
    #expect(try project.reading { try $0.verify().isIntact })
  }

  @Test("all: each runs by itself, the oldest first, in a transaction of its own")
  func all() throws {
    let project = try project("all")
    let report = try project.tick(4, hour: 4)
    #expect(report.decisions.map(\.nominal) == (0...4).map { EngineProject.time($0) })
    #expect(report.decisions.allSatisfy { $0.coalesced == 0 })
    #expect(try project.reading { try $0.nextDue() } == EngineProject.time(5))
  }

  @Test("all: of more than a hundred the newest hundred run, and the schedule goes on")
  func manyOfAll() throws {
    let project = try project("all", cron: "0 * * * *")
    let report = try project.tick(5, hour: 0)
    #expect(report.decisions.count == 100)
    #expect(report.decisions.last?.nominal == EngineProject.time(5, hour: 0))
    #expect(report.passed.map(\.occurrences.count) == [20])
    #expect(try project.tick(5, hour: 1).decisions.count == 1)
  }

  @Test("within: what is later is missed, and says so")
  func within() throws {
    let project = try project("{run: once, within: 30h}")
    let report = try project.tick(4, hour: 4)
    #expect(report.decisions.map(\.nominal) == [EngineProject.time(4)])
    #expect(report.passed.map(\.occurrences.outcome) == [.missed, .coalesced])
    #expect(try outcomes(project) == [.missed, .missed, .missed, .coalesced, .decided])
    let reasons = try project.reading { try $0.occurrences(of: project.nightly).map(\.reason) }
    #expect(reasons[0] == "later than the 30h that 'within' allows")
  }

  @Test("ten years of minutes are one record, and no tick that takes them one by one")
  func years() throws {
    let project = try project("once", cron: "* * * * *")
    let report = try project.tick(3653, hour: 0)
    #expect(report.decisions.map(\.nominal) == [EngineProject.time(3653, hour: 0)])
    #expect(report.decisions.map(\.coalesced) == [3653 * 1440 - 1])
    let all = try project.reading { try $0.occurrences(of: project.nightly) }
    #expect(all.map(\.count) == [3653 * 1440 - 1, 1])
    #expect(try project.events(.occurrenceCoalesced).count == 1)
    #expect(try project.reading { try $0.verify().isIntact })
  }

  @Test("a stop in the middle of 'all' leaves the rest due, and nothing runs twice")
  func stopped() throws {
    let project = try project("all")
    project.stop(at: FailPoint(.after, .recordEvaluation), time: 3)
    #expect(throws: (any Error).self) { try project.tick(4, hour: 4) }
    project.restart()
    let report = try project.tick(4, hour: 4)
    #expect(report.decisions.map(\.nominal) == [3, 4].map { EngineProject.time($0) })
    #expect(try outcomes(project) == Array(repeating: .decided, count: 5))
  }
}
