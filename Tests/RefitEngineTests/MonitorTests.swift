import RefitCore
import RefitStore
import Testing

@testable import RefitEngine

/// What `refit monitor` computes. The oracle is what nightly ticks have recorded.
@Suite struct MonitorTests {
  /// Never free to open a run by itself, so that only a person's make versions.
  private static let settings = EngineProject.Settings {
    $0.retrain = """
      {when: {any: [{drift: {statistic: ks_statistic, above: 0.99, window: 3d}}, {feedback: {rows: 1000000}}]}, \
      cooldown: 90d}
      """
  }

  /// @1 serves from day 8 and @2 from day 14 on, each trained on data of its own; each night was observed.
  private func observed() throws -> EngineProject {
    let project = try EngineProject(Self.settings)
    try train(project, on: "0.1\nb,0.2")
    try project.trainFirst()
    try project.live(8...13, version: 1)
    for day in 9...13 { try project.tick(day) }
    try train(project, on: "0.6\nb,0.7\nc,0.8")
    try project.tick(14, hour: 2)
    _ = try project.orchestrator.retrain(project.model, because: "another version")
    try project.live(14...20, version: 2, flipped: true)
    for day in 14...20 { try project.tick(day) }
    return project
  }

  private func train(_ project: EngineProject, on rows: String) throws {
    project.launcher.play { order in
      let end = PlayedJobs.play(order)
      guard order.environment["REFIT_JOB"] == "train" else { return end }
      do { try PlayedJobs.write("id,x\na,\(rows)\n", to: "training.csv", of: order) } catch {
        return .init(reason: .signalled)
      }
      return end
    }
  }

  private func sorted(_ observations: [Observation]) throws -> [String] {
    try observations.map { try CanonicalJSON.encode($0) }.sorted()
  }

  @Test func `at an instant of the past it computes what was recorded then, whichever version serves today`()
    throws
  {
    let project = try observed()
    #expect(try project.states() == [.promoted, .promoted])
    var versions: [Int?] = []
    for day in 9...20 {
      let nominal = EngineProject.time(day)
      let recorded = try project.reading { reader in
        try reader.observations(
          project.model, matching: ObservationFilter(source: Observation.monitorSource), limit: 1000
        ).filter { $0.window.end == nominal }
      }
      #expect(recorded.count == 3)
      versions.append(recorded.first { $0.metric == "roc_auc" }?.version)
      let computed = try project.orchestrator.monitor(project.model, at: nominal)
      #expect(try sorted(computed) == sorted(recorded), "day \(day)")
    }
    #expect(versions == Array(repeating: 1, count: 5) + Array(repeating: 2, count: 7))
  }

  @Test func `before anything served it knows of no champion`() throws {
    let project = try observed()
    let computed = try project.orchestrator.monitor(project.model, at: EngineProject.time(7))
    #expect(computed.map(\.metric) == ["ks_statistic"])
    #expect(computed[0].undefined?.hasPrefix("there is no reference") == true)
  }

  @Test func `without an instant it observes by the version that serves now`() throws {
    let project = try observed()
    let computed = try project.orchestrator.monitor(project.model, at: nil)
    #expect(computed.allSatisfy { $0.window.end == EngineProject.time(20) })
    #expect(computed.first { $0.metric == "roc_auc" }?.version == 2)
  }
}
