import Foundation
import RefitTesting
import Testing

/// What `refit score` takes labels, decisions, ids and groups for.
@Suite struct ScoreLabelTests {
  private func score(_ text: String, _ arguments: [String], old: String? = nil) throws -> Command {
    let scratch = try ScratchDirectory("refit-score")
    try scratch.write(text, to: "new.csv")
    if let old { try scratch.write(old, to: "old.csv") }
    return try Command.run(
      try Products.path("refit"),
      ["score", "new.csv", "--task", "binary-classification", "--label", "y", "--resamples", "100"]
        + arguments,
      in: scratch.path, environment: ["NO_COLOR": "1"])
  }

  private func answer(_ text: String, _ arguments: [String], old: String? = nil) throws -> JSONTree {
    let command = try score(text, arguments + ["--json"], old: old)
    try #require([0, 1, 2].contains(command.status), "\(command.errors)")
    return try JSONDecoder().decode(JSONTree.self, from: Data(command.output.utf8))
  }

  // MARK: - Decisions

  /// A decision means the same whichever labels the rows happen to have.
  @Test(arguments: BinaryCase.read)
  func `decisions are told in the labels' own words, or by 1 and 0 where these are no labels`(
    given: BinaryCase, accuracy: Double
  ) throws {
    let answer = try answer(table(given), ["--prediction", "k", "--positive=\(given.positive)"])
    #expect(answer["metrics", "accuracy"]?.number == accuracy)
  }

  @Test(arguments: BinaryCase.refused)
  func `a word that says neither is refused`(given: BinaryCase, reason: String) throws {
    let command = try score(table(given), ["--prediction", "k", "--positive=\(given.positive)"])
    #expect(command.status == 64)
    let errors = command.errors.replacing(" in column 'k'", with: "").replacing(" in column 'y'", with: "")
    #expect(errors.contains(reason), "\(errors)")
  }

  private func table(_ given: BinaryCase) -> String {
    "y,k\n" + given.rows.map { "\($0.label),\($0.decision)\n" }.joined()
  }

  @Test(arguments: [
    (
      ["--prediction", "k", "--positive", "1"], "2,1\n1,0\n",
      "new.csv:3: the prediction '0' in column 'k' is neither"
    ),
    (
      ["--prediction", "k"], "yes,1\n", "neither true nor false: say which label is positive with --positive"
    ),
    (
      ["--prediction", "k", "--positive", "gone"], "1,1\n0,0\n",
      "new.csv: no label in column 'y' is 'gone', which --positive names"
    ),
  ])
  func `a refusal names the place, and what would be right`(options: [String], rows: String, reason: String)
    throws
  {
    let command = try score("y,k\n" + rows, options)
    #expect(command.status == 64)
    #expect(command.errors.contains(reason), "\(command.errors)")
  }

  // MARK: - Ids

  @Test func `rows without a label need no id, and are not missed`() throws {
    let own = "id,y,p\na,1,0.9\n,,0.4\nb,0,0.2\nb,,0.3\nc,1,0.7\n"
    // Its own labels are not asked for where it has none; d has nobody to be compared with.
    let old = "id,y,p\nb,,0.1\na,1,0.8\nd,0,0.5\n,,0.5\nb,,0.9\n"
    let comparison = try #require(
      try answer(own, ["--score", "p", "--against", "old.csv"], old: old)["comparison"])
    #expect(comparison["rows"]?.number == 2)
    #expect(comparison["only_here"]?.number == 1)
    #expect(comparison["only_there"]?.number == 1)
    #expect(comparison["metrics", "brier", "champion"]?.number == (0.1 * 0.1 + (1 - 0.8) * (1 - 0.8)) / 2)
  }

  @Test func `an id that is there twice in rows with labels is refused`() throws {
    let command = try score(
      "id,y,p\na,1,0.9\nb,,1\nb,0,0.1\nb,1,0.5\n", ["--score", "p", "--against", "old.csv"],
      old: "id,p\na,1\nb,0\n")
    #expect(command.status == 64)
    let reason = "new.csv:5: the id 'b' in column 'id' is there twice; the first time at new.csv:4"
    #expect(command.errors.contains(reason), "\(command.errors)")
  }

  // MARK: - Groups

  @Test func `two spellings of one letter are two groups`() throws {
    let (composed, decomposed) = ("\u{E9}", "e\u{301}")
    let rows = (0..<40).map {
      "\($0 % 2),\($0 % 3 == 0 ? 0.8 : 0.3),\($0 % 4 == 0 ? composed : decomposed)\n"
    }
    let fairness = try #require(
      try answer("y,p,g\n" + rows.joined(), ["--score", "p", "--groups", "g", "--min-group", "1"])[
        "fairness", "g"])
    let counts = try #require(fairness["groups"]?.keys).map { fairness["groups", $0, "count"]?.number }
    #expect(Set(counts) == [10, 30])
  }

  @Test func `of three columns each two are crossed, and all of them`() throws {
    let rows = (0..<64).map { "\($0 % 2),0.\($0 % 7),\($0 / 2 % 2),\($0 / 4 % 2),\($0 / 8 % 2)\n" }
    let fairness = try #require(
      try answer("y,p,a,b,c\n" + rows.joined(), ["--score", "p", "--groups", "a,b,c", "--min-group", "1"])[
        "fairness"])
    #expect(fairness.keys == ["a", "b", "c", "a & b", "a & c", "b & c", "a & b & c"])
    #expect(fairness["a & c", "groups"]?.keys == ["a=0 & c=0", "a=0 & c=1", "a=1 & c=0", "a=1 & c=1"])
  }

  // MARK: - Extremes

  /// Squares and cubes of such differences are no longer numbers; what comes out says so or is one.
  @Test(arguments: [
    "y,p,w\n0,1e-60,1\n1,1,2\n0,3e-62,1\n1,1,1\n0,2e-70,.5\n0,1e-58,1\n",
    "y,p,w\n0,.5,1e-300\n1,.7,1e300\n0,.2,1\n1,.9,1e-10\n1,.1,1e200\n0,.3,1e-200\n",
  ])
  func `extreme scores and weights give an answer`(text: String) throws {
    for confidence in ["0.95", "0.999999999"] {
      let tree = try answer(text, ["--score", "p", "--weight", "w", "--confidence", confidence])
      #expect(tree["metrics", "roc_auc"]?.number != nil)
    }
    let scaled = "y,p,q\n0,1e-110,3e-110\n0,2e-110,1e-111\n0,4e-110,2e-110\n"
    let brier = try answer(scaled, ["--score", "p", "--against-score", "q"])["comparison", "metrics", "brier"]
    let (lower, upper) = (try #require(brier?["lower"]?.number), try #require(brier?["upper"]?.number))
    // The losses are squares.
    let difference = try #require(brier?["difference"]?.number)
    #expect(abs(difference - (1 - 9 + 4 - 0.01 + 16 - 4) / 3 * 1e-220) < 1e-230)
    #expect(lower < difference && difference < upper)
  }
}
