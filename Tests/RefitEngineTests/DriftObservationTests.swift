import RefitCore
import RefitStatistics
import Testing

@testable import RefitEngine

@Suite("Drift, observed from logs")
struct DriftObservationTests {
  private func log(reference: String?, by: WindowTime = .predicted) throws -> ObservedLog {
    var log = try ObservedLog()
    log.model.monitors = Monitors(drift: .init(statistics: [.ksStatistic], window: .days(7), by: by))
    if let reference {
      try log.scratch.write(reference, to: "reference.csv")
      log.reference = ReferenceTable(
        path: log.scratch.path + "/reference.csv", title: "the reference reference.csv")
    }
    return log
  }

  private let uniform = "x\n" + (0..<100).map { "\(Double($0) / 100)\n" }.joined()

  @Test(
    "rows of any version count, and history does not",
    arguments: [
      ("2", 1), ("1", 1), ("loans@3", 1), ("", 0), ("other@2", 0),
    ])
  func rows(version: String, count: Int) throws {
    var log = try log(reference: uniform)
    log.rows = [.init(id: "a", time: ObservedLog.time(5), score: 0.5, version: version)]
    try log.write()
    #expect(log.observe("ks_statistic", 8)?.sampleSize == count)
    #expect(log.observe("ks_statistic", 8)?.column == "x")
    #expect(log.observe("ks_statistic", 8)?.version == nil)
  }

  @Test(
    "by predicted time labels are of no account; by matured time they are",
    arguments: [WindowTime.predicted, .matured])
  func windows(by: WindowTime) throws {
    var log = try log(reference: uniform, by: by)
    log.rows = [
      .init(id: "unlabelled", time: ObservedLog.time(5), score: 0.5, version: "2"),
      .labelled("start", day: 1), .labelled("in", day: 1.1), .labelled("end", day: 8),
      .labelled("label late", day: -3, arrives: 5),
    ]
    try log.write()
    // The window is from day 1 to day 8; a label matures a day after its prediction.
    #expect(log.observe("ks_statistic", 8)?.sampleSize == 3)
    #expect(log.observe("ks_statistic", 1)?.sampleSize == (by == .predicted ? 2 : 0))
  }

  @Test("the statistic is that of the window's rows against the reference")
  func value() throws {
    var log = try log(reference: uniform)
    log.rows = (0..<20).map {
      .init(id: "\($0)", time: ObservedLog.time(5), x: 0.5 + Double($0) / 40, score: 0.5, version: "2")
    }
    log.rows.append(.init(id: "before", time: ObservedLog.time(0), x: 0, score: 0.5, version: "2"))
    try log.write()
    // Half of the reference lies below every value of the window.
    #expect(abs((log.observe("ks_statistic", 8)?.value ?? 0) - 0.5) < 1e-12)
  }

  @Test(
    "what can't be compared is undefined with a sentence",
    arguments: [
      ("y\n1\n", "the reference reference.csv has no such column"),
      ("x\nlow\n", "the reference reference.csv can't be used"),
      (nil, "there is no reference: the model names none"),
    ])
  func undefined(reference: String?, says: String) throws {
    var log = try log(reference: reference)
    log.rows = [.init(id: "a", time: ObservedLog.time(5), score: 0.5, version: "2")]
    try log.write()
    let observation = try #require(log.observe("ks_statistic", 8))
    #expect(observation.value == nil)
    #expect(observation.undefined?.contains(says) == true, "\(observation.undefined ?? "")")
  }

  @Test("a reference file that is gone is undefined, not an end")
  func goneReference() throws {
    var log = try log(reference: nil)
    log.reference = ReferenceTable(path: "/nowhere/reference.csv", title: "the reference")
    log.rows = [.init(id: "a", time: ObservedLog.time(5), score: 0.5, version: "2")]
    try log.write()
    #expect(log.observe("ks_statistic", 8)?.undefined?.contains("the reference can't be used") == true)
  }

  @Test("without declared features every column but the named ones is compared, by the kind that it has")
  func inferredFeatures() throws {
    var log = try log(reference: "x,version,id,at,score\n0.1,1,a,2026-01-01,1\n")
    log.model.features = nil
    log.rows = [.init(id: "a", time: ObservedLog.time(5), score: 0.5, version: "2")]
    try log.write()
    #expect(log.observe(8).compactMap(\.column) == ["x"])
  }

  @Test("without a reference of its own a model is held against its champion's training data")
  func trainingData() throws {
    let project = try EngineProject(
      .init { $0.retrain = "{when: {drift: {statistic: ks_statistic, above: 0.9}}, cooldown: 2d}" })
    project.launcher.play { order in
      let end = PlayedJobs.play(order)
      if order.environment["REFIT_JOB"] == "train" {
        do { try PlayedJobs.write("id,x\na,0.1\nb,0.2\n", to: "training.csv", of: order) } catch {
          return .init(reason: .signalled)
        }
      }
      return end
    }
    try project.trainFirst()
    try project.live(8...9, version: 1)
    let observed = try project.orchestrator.monitor(project.model, at: EngineProject.time(10))
    let drift = try #require(observed.first { $0.metric == "ks_statistic" })
    // Of the 40 values 0, 1/40, … twice, 5 are under 0.1 and 32 from 0.2 on, where the training data end.
    #expect(drift.sampleSize == 80)
    #expect(abs((drift.value ?? 0) - 31.0 / 40) < 1e-12)
  }
}
