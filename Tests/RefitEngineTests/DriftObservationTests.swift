import RefitCore
import RefitStatistics
import RefitTesting
import Testing

@testable import RefitEngine

@Suite("Drift, observed from logs")
struct DriftObservationTests {
  private func log(reference: String?, by: WindowTime = .predicted) throws -> ObservedLog {
    var log = try ObservedLog()
    log.model.monitors = Monitors(drift: .init(statistics: [.ksStatistic], window: .days(7), by: by))
    if let reference {
      try log.scratch.write(reference, to: "reference.csv")
      log.reference = .table(
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

  @Test("a bad cell of the reference is told of its column, with its line, and takes nothing from the others")
  func badCell() throws {
    var log = try log(reference: "x,code\n0.5,7\nlow,7\n0.5,9\n")
    log.model.features = Features(numeric: ["x"], categorical: ["code"])
    log.model.monitors.drift?.statistics = [.psi]
    try log.scratch.write(
      "id,at,x,score,version,code\n"
        + (0..<3).map { "\($0),2026-01-05,0.5,0.5,2,\($0 < 2 ? 7 : 9)\n" }.joined(),
      to: "predictions-0.csv")
    let observations = log.observe(8)
    let bad = try #require(observations.first { $0.column == "x" })
    #expect(
      bad.undefined
        == "the reference reference.csv can't be used: line 3: column 'x': 'low' is not a number")
    #expect(observations.first { $0.column == "code" }?.value == 0)
  }

  @Test("a reference file that is gone is undefined, not an end")
  func goneReference() throws {
    var log = try log(reference: nil)
    log.reference = .table(path: "/nowhere/reference.csv", title: "the reference")
    log.rows = [.init(id: "a", time: ObservedLog.time(5), score: 0.5, version: "2")]
    try log.write()
    #expect(log.observe("ks_statistic", 8)?.undefined?.contains("the reference can't be used") == true)
  }

  @Test(
    "a season is the same window so many cycles before, with history, as a file of those rows would be",
    arguments: [Season(.week), Season(.week, back: 3), Season(.day, back: 8)],
    [WindowTime.predicted, .matured])
  func season(season: Season, by: WindowTime) throws {
    var log = try log(reference: nil, by: by)
    log.model.monitors.drift?.statistics = [.psi, .ksStatistic]
    log.reference = .season(season)
    var random = SeededGenerator(seed: 17)
    log.rows = (0..<600).map { row in
      // In tenths of a day, some of them on the windows' edges; older rows are history.
      let day = Double(Int.random(in: -300...80, using: &random)) / 10
      var made = ObservedLog.Row.labelled("\(row)", day: day, version: day < -10 ? "" : "2")
      made.x = Double.random(in: 0..<1, using: &random) + (day < 0 ? 0 : 0.2)
      return made
    }
    try log.write()
    let end = ObservedLog.time(8) - season.distance
    let former = log.rows.filter { row in
      let time = row.time + (by == .matured ? .days(1) : .zero)
      return time > end - .days(7) && time <= end
    }
    let seasonal = log.observe(8)
    try log.scratch.write("x\n" + former.map { "\($0.x)\n" }.joined(), to: "former.csv")
    log.reference = .table(path: log.scratch.path("former.csv"), title: "the former rows")
    let expected = log.observe(8)
    #expect(seasonal.map(\.value) == expected.map(\.value) && !seasonal.contains { $0.value == nil })
    #expect(seasonal.allSatisfy { $0.sampleSize == min(former.count, expected[0].sampleSize ?? 0) })
  }

  @Test("the rows of a season that are too few are told by the sample size, and none at all by a reason")
  func emptySeason() throws {
    var log = try log(reference: nil)
    log.reference = .season(Season(.week, back: 2))
    log.rows = (0..<9).map { .labelled("\($0)", day: 5) }
    try log.write()
    let none = try #require(log.observe("ks_statistic", 8))
    #expect(none.value == nil)
    #expect(
      none.undefined == "the prediction log has no row of the reference (the same week, 2 weeks back, "
        + "2025-12-19T00:00:00Z to 2025-12-26T00:00:00Z)")
    log.rows.append(.labelled("before", day: 8 - 14))
    try log.write()
    let few = try #require(log.observe("ks_statistic", 8))
    #expect(few.value == 0 && few.sampleSize == 1)
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
