import RefitCore
import Testing

@testable import RefitExecution

@Suite("A holdout that is drawn from feedback")
struct HoldoutDrawTests {
  private struct Row {
    var id: String
    var day: Double
    /// When its label arrives; nil: never.
    var labelled: Double?
  }

  private let key = [UInt8](repeating: 7, count: 32)

  /// 400 loans over 40 days; every fifth never gets a label, every third gets it five days late.
  private let rows = (0..<400).map { row in
    let day = Double(row) / 10
    return Row(id: "L\(row)", day: day, labelled: row % 5 == 0 ? nil : row % 3 == 0 ? day + 5 : day + 0.5)
  }

  private func project(
    share: Double = 0.4, files: Int = 3, reversed: Bool = false, groups: [String] = ["sex"]
  ) -> ExecutionProject {
    let project = ExecutionProject(
      holdout: Holdout(origin: .draw(.init(last: .days(10), share: share)), groups: groups))
    for file in 0..<files {
      var predictions = "loan,at,x,sex,score,version\n"
      var labels = "loan,at,bad\n"
      let mine = rows.enumerated().filter { $0.offset % files == file }
      for (number, row) in reversed ? mine.reversed() : mine {
        let sex = number % 2 == 0 ? "f" : "m"
        predictions += "\(row.id),\(ExecutionProject.time(row.day)),\(number),\(sex),0.5,1\n"
        if let labelled = row.labelled {
          labels += "\(row.id),\(ExecutionProject.time(labelled)),\(number % 4 == 0 ? 1 : 0)\n"
        }
      }
      let name = reversed ? "z\(files - file)" : "a\(file)"
      project.files.write(predictions, to: "predictions/\(name).csv")
      project.files.write(labels, to: "labels/\(name).csv")
    }
    return project
  }

  /// When the label of a row matures, if it was known on that day.
  private func matured(_ row: Row, knownOn day: Double) -> Double? {
    guard let labelled = row.labelled, labelled <= day else { return nil }
    let mature = max(labelled, row.day + 2)
    return mature <= day ? mature : nil
  }

  private func ids(_ table: String) -> [String] {
    table.split(separator: "\n").dropFirst().map { String($0.prefix { $0 != "," }) }
  }

  @Test(
    "it holds what matured in the window, and withholds that and what has yet to mature",
    arguments: [20.0, 30, 38])
  func contents(day: Double) throws {
    let project = project()
    let keeper = HoldoutKeeper(project: project.directory, vault: project.vault)
    let (frozen, _) = try keeper.freeze(project.run(day: day), drawKey: key)
    let held = Set(ids(try project.read(frozen.digest)))
    let withheld = Set(ids(try project.read(frozen.withheld)))

    let inWindow = rows.filter { matured($0, knownOn: day).map { $0 > day - 10 } ?? false }
    let unsettled = rows.filter { matured($0, knownOn: day) == nil }
    #expect(held.isSubset(of: Set(inWindow.map(\.id))))
    #expect(withheld.isSubset(of: Set((inWindow + unsettled).map(\.id))))
    #expect(held == withheld.intersection(inWindow.map(\.id)))
    #expect(frozen.rows == held.count)
    // Whichever side an id is on, it is on the same on every day.
    let later = try keeper.freeze(project.run(day: day + 2), drawKey: key).0
    let laterWithheld = Set(ids(try project.read(later.withheld)))
    let both = Set(rows.filter { matured($0, knownOn: day + 2).map { $0 > day - 8 } ?? true }.map(\.id))
    #expect(laterWithheld.intersection(both) == withheld.intersection(both))
  }

  @Test("the share is about what was asked for", arguments: [0.1, 0.3, 0.7])
  func share(asked: Double) throws {
    let project = project(share: asked)
    let keeper = HoldoutKeeper(project: project.directory, vault: project.vault)
    // Every row on day 0 is unsettled: all held-out ids are withheld.
    let (frozen, _) = try keeper.freeze(project.run(day: 25), drawKey: key)
    let withheld = ids(try project.read(frozen.withheld))
    let possible = rows.count { matured($0, knownOn: 25).map { $0 > 15 } ?? true }
    let deviation = (Double(possible) * asked * (1 - asked)).squareRoot()
    #expect(abs(Double(withheld.count) - Double(possible) * asked) < 4 * deviation)
  }

  @Test("another key draws others")
  func keys() throws {
    let project = project()
    let keeper = HoldoutKeeper(project: project.directory, vault: project.vault)
    let one = try keeper.freeze(project.run(), drawKey: key).0
    let other = try keeper.freeze(project.run(), drawKey: [UInt8](repeating: 8, count: 32)).0
    #expect(one.digest != other.digest)
    #expect(try keeper.freeze(project.run(), drawKey: key).0 == one)
  }

  @Test("the bytes are the same however the rows are spread over files")
  func permutation() throws {
    let frozen = try [(1, false), (3, false), (5, true)].map { files, reversed in
      let project = project(files: files, reversed: reversed)
      let keeper = HoldoutKeeper(project: project.directory, vault: project.vault)
      return try keeper.freeze(project.run(), drawKey: key).0
    }
    #expect(Set(frozen).count == 1)
  }

  @Test(
    "score jobs see id, time and features: no label, and no group unless it is given",
    arguments: [true, false])
  func blinded(isGiven: Bool) throws {
    var project = project()
    if !isGiven {
      project.model.pipeline = Pipeline(
        jobs: project.model.pipeline.jobs.map { job in
          var job = job
          job.given = []
          return job
        })
    }
    let keeper = HoldoutKeeper(project: project.directory, vault: project.vault)
    let (frozen, _) = try keeper.freeze(project.run(), drawKey: key)
    let blinded = try project.read(frozen.blinded)
    #expect(blinded.hasPrefix(isGiven ? "id,time,x,sex\n" : "id,time,x\n"))
    let full = try project.read(frozen.digest)
    #expect(
      full.hasPrefix(isGiven ? "id,time,x,sex,(label),(group) sex\n" : "id,time,x,(label),(group) sex\n"))
    #expect(ids(blinded) == ids(full))
  }

  @Test("labels are those of the feedback, and the rows are in order of time")
  func labels() throws {
    let project = project()
    let keeper = HoldoutKeeper(project: project.directory, vault: project.vault)
    let (frozen, _) = try keeper.freeze(project.run(), drawKey: key)
    let full = try project.read(frozen.digest).split(separator: "\n").dropFirst().map {
      $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
    #expect(full.map { $0[1] } == full.map { $0[1] }.sorted())
    for row in full {
      let number = Int(row[0].dropFirst())!
      #expect(row[4] == (number % 4 == 0 ? "1" : "0"))
      #expect(row[5] == (number % 2 == 0 ? "f" : "m"))
    }
  }

  @Test("what it was drawn from is recorded by its hash")
  func uses() throws {
    let project = project()
    let keeper = HoldoutKeeper(project: project.directory, vault: project.vault)
    let (frozen, uses) = try keeper.freeze(project.run(), drawKey: key)
    #expect(uses.filter { $0.role == .predictionLog }.map(\.name) == (0..<3).map { "predictions/a\($0).csv" })
    #expect(uses.filter { $0.role == .feedbackLog }.map(\.name) == (0..<3).map { "labels/a\($0).csv" })
    #expect(uses.first { $0.role == .holdout }?.artifact.digest == frozen.digest)
    #expect(uses.first { $0.role == .withheld }?.artifact.digest == frozen.withheld)
  }

  @Test(
    "an empty draw, a missing column, an id twice and a row without one are sentences",
    arguments: [
      ("loan,at,x,sex,score,version\nA,2025-01-01,1,f,1,1\n", "the holdout is empty"),
      ("loan,at,sex,score,version\nA,2026-01-29,f,1,1\n", "there is no column 'x'"),
      ("loan,at,x,score,version\nA,2026-01-29,1,1,1\n", "there is no column 'sex'"),
      (
        "loan,at,x,sex,score,version\nA,2026-01-29,1,f,1,1\nB,2026-01-29,1,f,1,1\nA,2026-01-29,1,f,1,1\n",
        "log.csv:4: id 'A' is already at"
      ),
      ("loan,at,x,sex,score,version\n,2026-01-29,1,f,1,1\n", "log.csv:2: the id is missing"),
    ])
  func refused(log: String, says: String) throws {
    let project = ExecutionProject(
      holdout: Holdout(origin: .draw(.init(last: .days(10), share: 0.5)), groups: ["sex"]))
    project.files.write(log, to: "predictions/log.csv")
    project.files.write("loan,at,bad\nA,2026-01-29,1\n", to: "labels/log.csv")
    let keeper = HoldoutKeeper(project: project.directory, vault: project.vault)
    #expect {
      try keeper.freeze(project.run(), drawKey: key)
    } throws: { "\($0)".contains(says) }
  }

  @Test("an id in two files is refused with both places")
  func twice() throws {
    let project = project()
    project.files.write(
      "loan,at,x,sex,score,version\nL7,2026-01-29,1,f,1,1\n", to: "predictions/b.csv")
    let keeper = HoldoutKeeper(project: project.directory, vault: project.vault)
    #expect {
      try keeper.freeze(project.run(), drawKey: key)
    } throws: { error in
      "\(error)".contains("predictions/b.csv:2: id 'L7'") && "\(error)".contains("predictions/a1.csv:4;")
    }
  }
}
