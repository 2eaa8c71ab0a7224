import Glibc
import RefitTesting
import Testing

@testable import Lending

private let model = LogisticModel(
  intercept: -2, numeric: [.init(column: "income", coefficient: 0.0001, typical: 2_500)], categorical: [])

@Test func `a training sees mature labels that were known, and no withheld row`() throws {
  let scratch = try ScratchDirectory()
  let folder = scratch.path
  let world = LendingWorld(start: try Instant("2026-01-01"), seed: 1, applicationsPerDay: 50)
  for day in 1...20 {
    try LogWriter(folder: folder).writePredictions(world.applications(day), champion: nil)
    try LogWriter(folder: folder).writeLabels(world.labels(arrivingOn: day))
  }
  let knownAt = try Instant("2026-01-18T04:15:00Z")
  let withheld = Set(world.applications(9).prefix(20).map(\.id))
  let rows = try TrainingRows(
    predictions: folder + "/predictions", labels: folder + "/labels",
    within: .init(
      after: try Instant("2026-01-06T04:15:00Z"), through: try Instant("2026-01-13T04:15:00Z"),
      knownAt: knownAt, withheld: withheld))
  // Counted from the world itself: days 6 to 12 lie wholly within.
  let expected = (6...12).flatMap { world.applications($0) }
    .filter { $0.labelledAt <= knownAt && !withheld.contains($0.id) }
  #expect(Set(rows.ids) == Set(expected.map(\.id)))
  #expect(rows.ids.count == expected.count)
  #expect(rows.labels.count { $0 } == expected.count { $0.defaults })
  let written = try CommaSeparatedTable(bytes: Array(rows.text.utf8), path: "training.csv")
  #expect(written.header.first == "application_id" && !written.header.contains("sex"))
  #expect(written.rowCount == expected.count)
}

@Test func `the log names the version that served and its score; without one both are empty`() throws {
  let scratch = try ScratchDirectory()
  let folder = scratch.path
  let world = LendingWorld(start: try Instant("2026-01-01"), seed: 1, applicationsPerDay: 20)
  let champion = ServingModel(version: "3", model: model)
  try LogWriter(folder: folder).writePredictions(world.applications(1), champion: nil)
  try LogWriter(folder: folder).writePredictions(world.applications(2), champion: champion)
  let history = try CommaSeparatedTable(path: folder + "/predictions/2026-01-01.csv")
  #expect(try history.texts("probability").allSatisfy(\.isEmpty))
  #expect(try history.texts("model_version").allSatisfy(\.isEmpty))
  let served = try CommaSeparatedTable(path: folder + "/predictions/2026-01-02.csv")
  #expect(try served.texts("model_version").allSatisfy { $0 == "3" })
  let frame = try Frame(served, numeric: ["income"], categorical: [])
  #expect(try served.numbers("probability") == model.probabilities(frame))
}

@Test func `production reads the champion behind its link, and its number from the link's last part`() throws
{
  let scratch = try ScratchDirectory()
  let folder = scratch.path
  #expect(try ServingModel(link: folder + "/champion") == nil)
  try Files.write(model.text, to: folder + "/versions/12/coefficients.csv")
  try #require(symlink("versions/12", folder + "/champion") == 0)
  let served = try #require(try ServingModel(link: folder + "/champion"))
  #expect(served.version == "12" && served.model == model)
}

@Test func `arguments are known names with values`() throws {
  let arguments = try Arguments(["--days", "14", "--without", "a,b"], known: ["days", "without"])
  #expect(try arguments.integer("days", default: 1) == 14)
  #expect(arguments.list("without") == ["a", "b"])
  for words in [["--dyas", "1"], ["--days"], ["--days", "1", "--days", "2"], ["days", "1"]] {
    #expect(throws: LendingError.self) { try Arguments(words, known: ["days"]) }
  }
}
