import Foundation
import RefitTesting
import Testing

/// Logs that come in many files, and labels that come later than predictions do.
@Suite struct SeveralFilesTests {
  private static let binary = ["--task", "binary-classification", "--label", "y", "--score", "p"]

  private func refit(_ scratch: ScratchDirectory, _ arguments: [String]) throws -> Command {
    try Command.run(
      try Products.path("refit"), arguments, in: scratch.path, environment: ["NO_COLOR": "1"])
  }

  private func score(_ scratch: ScratchDirectory, _ arguments: [String]) throws -> Command {
    try refit(scratch, ["score"] + arguments + ["--resamples", "100"])
  }

  private func answer(_ command: Command) throws -> JSONTree {
    try #require(command.status == 0, "\(command.errors)")
    return try JSONDecoder().decode(JSONTree.self, from: Data(command.output.utf8))
  }

  private func project(_ files: [String: String]) throws -> ScratchDirectory {
    let scratch = try ScratchDirectory("refit-files")
    for (name, text) in files { try scratch.write(text, to: name) }
    return scratch
  }

  // MARK: - Late labels

  /// Predictions over three days, labels of some in another order, and both beside each other as a person would join
  /// them.
  private func lateLabels(seed: UInt64) throws -> ScratchDirectory {
    var generator = SeededGenerator(seed: seed)
    var days = [String](repeating: "id,p,sex\n", count: 3)
    var labels: [String] = []
    var joined = "id,p,sex,y\n"
    for row in 0..<90 {
      let (score, sex) = (generator.unit(), row % 2 == 0 ? "F" : "M")
      let label = generator.chance(0.7) ? (generator.chance(score) ? "1" : "0") : ""
      days[row % 3] += "a\(row),\(score),\(sex)\n"
      joined += "a\(row),\(score),\(sex),\(label)\n"
      if !label.isEmpty || row % 7 == 0 { labels.append("\(label),a\(row)\n") }
    }
    let strangers = ["1,b1\n", "0,b2\n", ",b3\n"]
    return try project([
      "day-1.csv": days[0], "day-2.csv": days[1], "day-3.csv": days[2], "joined.csv": joined,
      "labels.csv": "y,id\n" + (labels + strangers).shuffled(using: &generator).joined(),
    ])
  }

  @Test(arguments: [UInt64](1...4))
  func `labels of another file count as though they stood beside the predictions`(seed: UInt64) throws {
    let scratch = try lateLabels(seed: seed)
    // The rows of the first day come first in the pattern, so that only what no order changes is the same.
    let options = Self.binary + ["--groups", "sex", "--min-group", "5", "--json"]
    let joined = try answer(try score(scratch, ["joined.csv"] + options))
    let late = try answer(try score(scratch, ["day-*.csv", "--labels", "labels.csv"] + options))
    #expect(late["rows"] == joined["rows"])
    #expect(late["rows_without_label"] == joined["rows_without_label"])
    #expect(late["confusion"] == joined["confusion"])
    #expect(
      late["fairness", "sex", "groups", "F", "count"] == joined["fairness", "sex", "groups", "F", "count"])
    for metric in try #require(joined["metrics"]).keys {
      let (own, other) = (late["metrics", metric]?.number, joined["metrics", metric]?.number)
      #expect(abs((own ?? 0) - (other ?? 0)) < 1e-12 && (own == nil) == (other == nil), "\(metric)")
    }
    #expect(late["labels", "without_prediction"]?.number == 2)
    #expect(late["files"] == .list(["day-1.csv", "day-2.csv", "day-3.csv"].map(JSONTree.text)))
  }

  @Test func `labels of a regression may be late, and a champion's predictions in files too`() throws {
    let scratch = try project([
      "new.csv": "id,p\na,1.5\nb,2\nc,4\n", "old.csv": "id,p\nc,3\nb,2.5\na,2\n",
      "labels.csv": "id,y\nb,2\nc,5\na,1\n",
    ])
    let answer = try answer(
      try score(
        scratch,
        [
          "new.csv", "--labels", "labels.csv", "--task", "regression", "--label", "y", "--prediction", "p",
          "--against", "o?d.csv", "--json",
        ]))
    // Errors of 0.5, 0, −1 and of 1, 0.5, −2.
    #expect(answer["metrics", "mae"]?.number == 0.5)
    #expect(answer["comparison", "metrics", "mae", "champion"]?.number == 3.5 / 3)
  }

  @Test func `a column of predictions may be called as the label is in its own file`() throws {
    let scratch = try project([
      "new.csv": "id,price\na,1.5\nb,2\nc,4\n", "old.csv": "id,price\na,3\nb,2\nc,5\n",
      "actual.csv": "id,price\nc,5\na,1\nb,2\n",
    ])
    let options = ["--task", "regression", "--label", "price", "--prediction", "price"]
    let answer = try answer(
      try score(scratch, ["new.csv", "--labels", "actual.csv", "--against", "old.csv", "--json"] + options))
    #expect(answer["metrics", "mae"]?.number == 0.5)
    #expect(answer["comparison", "metrics", "mae", "champion"]?.number == 2.0 / 3)
    let beside = try score(scratch, ["new.csv"] + options)
    #expect(beside.status == 64)
    #expect(beside.errors.contains("--label 'price' is also a column of predictions"))
  }

  @Test func `people are told what found no partner`() throws {
    let scratch = try project([
      "new.csv": "id,p\na,0.5\nb,0.2\nc,0.4\n", "labels.csv": "id,y\na,1\nb,0\nx,1\nz,1\n",
    ])
    let output = try score(scratch, ["new.csv", "--labels", "labels.csv"] + Self.binary).output
    #expect(output.contains("1 row without a label left out."))
    #expect(output.contains("2 labels without a prediction left out."))
  }

  @Test(arguments: [
    (
      "id,y\na,1\nb,0\na,1\n",
      "labels.csv:4: the id 'a' in column 'id' is there twice; the first time at labels.csv:2"
    ),
    ("id,y\na,1\n,0\n", "labels.csv:3: the id in column 'id' is missing, and files are joined by it"),
    ("id,y\na,1\nb,7\n", "labels.csv:3: the label '7' in column 'y' is neither 1 nor 0"),
    ("id,y\nx,1\n", "labels.csv: no id in column 'id' is that of a prediction in new.csv"),
    ("id,y\na,\n", "labels.csv: no row has a label in column 'y'"),
    ("id,label\na,1\n", "labels.csv:1: there is no column 'y'"),
    ("key,y\na,1\n", "labels.csv:1: there is no column 'id'"),
  ])
  func `labels that can't be used are named with their own place`(labels: String, reason: String) throws {
    let scratch = try project(["new.csv": "id,p\na,0.5\nb,0.2\n", "labels.csv": labels])
    let command = try score(scratch, ["new.csv", "--labels", "labels.csv"] + Self.binary)
    #expect(command.status == 64)
    #expect(command.errors.contains(reason), "\(command.errors)")
  }

  @Test func `a prediction that is there twice is no second row`() throws {
    let scratch = try project([
      "day-1.csv": "id,p\na,0.5\n", "day-2.csv": "id,p\nb,0.2\na,0.6\n", "labels.csv": "id,y\na,1\n",
    ])
    let command = try score(scratch, ["day-*.csv", "--labels", "labels.csv"] + Self.binary)
    #expect(command.status == 64)
    #expect(
      command.errors.contains(
        "day-2.csv:3: the id 'a' in column 'id' is there twice; the first time at day-1.csv:2"),
      "\(command.errors)")
  }

  // MARK: - Patterns

  @Test func `a pattern gives the profile of all its rows in one file`() throws {
    let scratch = try project([
      "day-1.csv": "x,c\n1,a\n2,b\n", "day-2.jsonl": #"{"c": "a", "x": 3}"# + "\n",
      "whole.csv": "x,c\n1,a\n2,b\n3,a\n", "reference.csv": "x,c\n2,a\n3,b\n4,a\n5,a\n",
    ])
    let parts = try answer(try refit(scratch, ["profile", "reference.csv", "day-*", "--json"]))
    let whole = try answer(try refit(scratch, ["profile", "reference.csv", "whole.csv", "--json"]))
    #expect(parts["columns"] == whole["columns"])
    #expect(parts["current", "files"] == .list(["day-1.csv", "day-2.jsonl"].map(JSONTree.text)))
    #expect(whole["current", "files"] == nil)
    let told = try refit(scratch, ["profile", "reference.csv", "day-*"]).output
    #expect(told.contains("current    day-*  2 files  3 rows\n"))
  }

  @Test func `a column that some files of a pattern lack is missing in their rows`() throws {
    let scratch = try project([
      "day-1.csv": "x\n1\n2\n", "day-2.csv": "x,z\n3,7\n", "reference.csv": "x,z\n2,7\n3,7\n",
    ])
    let profile = try answer(try refit(scratch, ["profile", "reference.csv", "day-*.csv", "--json"]))
    guard case .list(let columns) = profile["columns"] else {
      Issue.record("no list of columns")
      return
    }
    #expect(columns.map { $0["name"]?.text } == ["x", "z"])
    #expect(columns[1]["present_in"]?.text == "both")
    #expect(columns[1]["n_current"]?.number == 1)
    #expect(columns[1]["statistics", "missing_share_current"]?.number == 2.0 / 3)
  }

  @Test func `the path of a file that is there is no pattern`() throws {
    let scratch = try project(["a[1].csv": "x\n1\n2\n", "a1.csv": "x\n5\n", "reference.csv": "x\n1\n2\n"])
    let profile = try answer(try refit(scratch, ["profile", "reference.csv", "a[1].csv", "--json"]))
    #expect(profile["current", "rows"]?.number == 2)
  }

  @Test func `a pattern that nothing matches, and a page in the place of what it matches, are refused`()
    throws
  {
    let scratch = try project(["day-1.csv": "x\n1\n", "reference.csv": "x\n1\n"])
    let nothing = try refit(scratch, ["profile", "reference.csv", "night-*.csv"])
    #expect(nothing.status == 64)
    #expect(nothing.errors == "refit: night-*.csv: no file matches this pattern\n")
    let page = try refit(scratch, ["profile", "reference.csv", "day-*.csv", "--report", "day-1.csv"])
    #expect(page.status == 64)
    #expect(page.errors.contains("--report would replace day-1.csv, which is to be read"))
  }
}
