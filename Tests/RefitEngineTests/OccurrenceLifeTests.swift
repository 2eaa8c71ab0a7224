import RefitCore
import RefitStore
import RefitTesting
import Testing

@testable import RefitEngine

@Suite("Whatever happens, each occurrence has one outcome")
struct OccurrenceLifeTests {
  private static let deeds: [FailPoint.Deed] = [
    .recordEvaluation, .passOccurrences, .holdOccurrence, .recordCheck, .prepareCheck, .launch,
    .moveSchedules,
    .setSimulatedClock,
  ]

  private static func schedule(_ generator: inout SeededGenerator) -> String {
    let run = ["once", "skip", "all"].randomElement(using: &generator)!
    let within = ["", ", within: 40h"].randomElement(using: &generator)!
    let ready = ["", ", ready: {run: [jobs/landed], every: 2h, within: 9h}"].randomElement(using: &generator)!
    return
      "{nightly: {cron: \"0 */4 * * *\", do: evaluate, misfire: {run: \(run), grace: 1h\(within)}\(ready)}}"
  }

  @Test("from the first tick to the last, none is lost and none is told twice", arguments: [UInt64](1...8))
  func life(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let schedule = Self.schedule(&generator)
    let project = try EngineProject(.init { $0.schedules = schedule })
    try project.tick(0, hour: 0)
    var hour = 0
    for _ in 0..<25 {
      hour += Int.random(in: 0...3, using: &generator) * Int.random(in: 1...9, using: &generator)
      let code = Int.random(in: 0...2, using: &generator)
      project.launcher.play { _ in ExitRecord(reason: .exited, exitCode: code) }
      if Bool.random(using: &generator) {
        let moment = FailPoint.Moment.allCases.randomElement(using: &generator)!
        project.stop(at: FailPoint(moment, Self.deeds.randomElement(using: &generator)!))
        // Whether it is reached hangs on what is due.
        do { try project.tick(0, hour: hour) } catch {
          #expect("\(error)".contains("fail point"), "\(error)")
        }
        project.restart()
      }
      try project.tick(0, hour: hour)
    }
    try check(project, through: hour, schedule)
    // All that still waits comes to its end.
    for later in 1...8 { try project.tick(0, hour: hour + later * 3) }
    try check(project, through: hour + 24, schedule)
  }

  private func check(_ project: EngineProject, through hour: Int, _ schedule: String) throws {
    let due = stride(from: 4, through: hour, by: 4).map { EngineProject.time(0, hour: $0) }
    let (recorded, waiting, isIntact) = try project.reading { reader in
      (
        try reader.occurrences(of: project.nightly).map(\.first),
        try reader.pendingOccurrences().map(\.nominal), try reader.verify().isIntact
      )
    }
    #expect((recorded + waiting).sorted() == due, "\(schedule)")
    #expect(isIntact)
    #expect(project.launcher.starts.values.allSatisfy { $0 == 1 })
  }
}
