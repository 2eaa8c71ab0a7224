import Glibc
import RefitCore
import RefitStore
import RefitTesting
import Testing

@testable import RefitEngine

/// What the daemon waits for, by what is there after its turn.
@Suite struct OutlookTests {
  private func outlook(_ project: EngineProject, _ day: Int, hour: Int = 3) throws -> (TickReport, Outlook) {
    try project.orchestrator.watch()
    let report = try project.tick(day, hour: hour)
    return (report, try #require(report.outlook))
  }

  /// A project with a champion's worth of data whose occurrence of day 8 a process is observing.
  private func observing() throws -> EngineProject {
    let project = try EngineProject()
    try project.live(0...8)
    try project.tick(8, hour: 2)
    project.longWork = ByteCount(bytes: 0)
    project.launcher.hold()
    return project
  }

  @Test func `the end of a process of Refit's own wakes it`() throws {
    let project = try observing()
    let (_, outlook) = try outlook(project, 8)
    #expect(outlook.locks == ["\(project.directory.work)/observe.loans.nightly/1/lock"])
  }

  @Test func `until a supervisor has made its lock it is looked after in a moment`() throws {
    let project = try observing()
    let (_, before) = try outlook(project, 8)
    #expect(before.instant == EngineProject.time(8) + Timespan(seconds: 5))
    try project.scratch.write("", to: "state/long-work/observe.loans.nightly/1/lock")
    let (_, after) = try outlook(project, 8)
    #expect(after.instant == nil)
  }

  @Test func `what a process is observing is not overdue, and no reason to try ever less often`() throws {
    let project = try observing()
    let (report, outlook) = try outlook(project, 8)
    #expect(report.decisions.isEmpty)
    #expect(!outlook.isOverdue)
    #expect(report.turn == .done)
  }

  @Test func `an occurrence that can't be decided is overdue`() throws {
    let project = try EngineProject()
    try project.live(0...8)
    try project.tick(8, hour: 2)
    try project.scratch.write("in the way", to: "state/monitoring/loans")
    let (report, outlook) = try outlook(project, 8)
    #expect(outlook.isOverdue)
    #expect(report.turn == .troubled)
  }

  @Test func `what was passed over or holds on is progress`() {
    let now = EngineProject.time(8)
    var report = TickReport(now: now)
    report.outlook = Outlook()
    #expect(report.turn == .done)
    report.outlook?.isOverdue = true
    #expect(report.turn == .troubled)
    report.held = [
      .init(
        model: Name("loans")!, schedule: Name("nightly")!, nominal: now, because: "it waits", coalesced: 0)
    ]
    #expect(report.turn == .unfinished)
    report.held = []
    let passed = PassedOccurrences([now], outcome: .skipped, because: "it came too late")!
    report.add([passed], of: ScheduleKey(model: Name("loans")!, schedule: Name("nightly")!))
    #expect(report.turn == .unfinished)
    report.troubles = ["loans#1: the disk is full"]
    #expect(report.turn == .troubled)
  }
}
