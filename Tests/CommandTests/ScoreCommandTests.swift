import Foundation
import RefitTesting
import Testing

/// `refit score`, as people and pipelines call it.
@Suite struct ScoreCommandTests {
  private static let binary = ["--task", "binary-classification", "--label", "y", "--score", "p"]

  private func score(
    _ scratch: ScratchDirectory, _ arguments: [String], resamples: Int = 100
  ) throws -> Command {
    try Command.run(
      try Products.path("refit"), ["score", "new.csv", "--resamples", "\(resamples)"] + arguments,
      in: scratch.path,
      environment: ["NO_COLOR": "1"])
  }

  private func files(_ new: String, old: String? = nil) throws -> ScratchDirectory {
    let scratch = try ScratchDirectory("refit-score")
    try scratch.write(new, to: "new.csv")
    if let old { try scratch.write(old, to: "old.csv") }
    return scratch
  }

  private func answer(_ command: Command) throws -> JSONTree {
    try #require([0, 1, 2].contains(command.status), "\(command.errors)")
    return try JSONDecoder().decode(JSONTree.self, from: Data(command.output.utf8))
  }

  /// Rows whose scores are as good as the sharpness, with a group each.
  private func predictions(_ rows: Int, seed: UInt64, sharpness: Double = 1, header: String = "id,y,p,sex")
    -> String
  {
    var generator = SeededGenerator(seed: 3)
    var noise = SeededGenerator(seed: seed)
    return "\(header)\n"
      + (0..<rows).map { row in
        let label = generator.chance(0.4)
        let score = 1 / (1 + exp(-(noise.bell() + (label ? sharpness : -sharpness))))
        return "\(row),\(label ? 1 : 0),\(score),\(row % 3 == 0 ? "F" : "M")\n"
      }.joined()
  }

  // MARK: - Verdicts

  @Test(arguments: [
    (2.0, 1.0, "superior", Int32(0)), (1, 1, "non-inferior", 0), (0.2, 2, "inferior", 1),
    (1, 1.001, "inconclusive", 2),
  ])
  func `the exit code says whether the candidate is worse`(
    own: Double, other: Double, verdict: String, status: Int32
  ) throws {
    // The same noise: equal sharpness gives equal scores; another noise and few rows tell nothing.
    let isClose = verdict == "inconclusive"
    let scratch = try files(
      predictions(isClose ? 30 : 160, seed: 5, sharpness: own),
      old: predictions(isClose ? 30 : 160, seed: isClose ? 6 : 5, sharpness: other))
    let margin = isClose ? "0.0001" : "0.01"
    let command = try score(scratch, Self.binary + ["--against", "old.csv", "--margin", margin, "--json"])
    #expect(command.status == status, "\(command.errors)")
    let comparison = try #require(try answer(command)["comparison"])
    #expect(comparison["verdict"]?.text == verdict)
    #expect(comparison["metric"]?.text == "roc_auc")
    #expect(comparison["metrics", "roc_auc", "verdict"]?.text == verdict)
    if isClose { #expect(comparison["metrics", "roc_auc", "rows_needed"]?.number ?? 0 >= 30) }
    let people = try score(scratch, Self.binary + ["--against", "old.csv", "--margin", margin])
    #expect(people.status == status)
    #expect(people.output.contains("\(verdict) at a margin of \(margin == "0.01" ? "0.01" : "0.0001")"))
  }

  @Test func `a loss that is lower is better`() throws {
    let scratch = try files(
      predictions(120, seed: 5, sharpness: 2), old: predictions(120, seed: 5, sharpness: 0.5))
    let command = try score(
      scratch, Self.binary + ["--against", "old.csv", "--margin", "0", "--metric", "log_loss", "--json"])
    #expect(command.status == 0)
    let loss = try #require(try answer(command)["comparison", "metrics", "log_loss"])
    #expect(loss["better"]?.text == "lower")
    #expect(loss["difference"]?.number ?? 0 < 0)
    #expect(loss["verdict"]?.text == "superior")
    let turned = try score(
      try files(predictions(120, seed: 5, sharpness: 0.5), old: predictions(120, seed: 5, sharpness: 2)),
      Self.binary + ["--against", "old.csv", "--margin", "0", "--metric", "log_loss", "--json"])
    #expect(turned.status == 1)
  }

  @Test func `what has no better direction has no verdict`() throws {
    let regression = ["--task", "regression", "--label", "y", "--prediction", "p", "--against-score", "q"]
    let scratch = try files("y,p,q\n" + (0..<40).map { "\($0),\($0 + $0 % 3),\($0 - $0 % 5)\n" }.joined())
    let metrics = try #require(
      try answer(try score(scratch, regression + ["--margin", "0.1", "--json"]))["comparison", "metrics"])
    #expect(metrics["mean_error", "better"]?.text == "neither")
    #expect(metrics["mean_error", "verdict"] == nil && metrics["mae", "verdict"]?.text == "superior")
    let refused = try score(scratch, regression + ["--margin", "0.1", "--metric", "mean_error"])
    #expect(refused.status == 64)
    #expect(refused.errors.contains("of 'mean_error' neither a higher nor a lower value is better"))
  }

  @Test func `a champion may be another column of the same file, in any order of rows another file`() throws {
    let lines = predictions(60, seed: 7).split(separator: "\n")
    let others = predictions(60, seed: 8).split(separator: "\n")
    let wide =
      "id,y,p,sex,q\n"
      + zip(lines, others).dropFirst().map { "\($0),\($1.split(separator: ",")[2])\n" }.joined()
    let shuffled = ([others[0]] + others.dropFirst().reversed()).joined(separator: "\n") + "\n"
    let scratch = try files(wide, old: shuffled)
    let column = try answer(try score(scratch, Self.binary + ["--against-score", "q", "--json"]))
    let file = try answer(try score(scratch, Self.binary + ["--against", "old.csv", "--json"]))
    #expect(column["comparison", "metrics"] == file["comparison", "metrics"])
    #expect(column["comparison", "mcnemar"] == file["comparison", "mcnemar"])
    #expect(file["comparison", "rows"]?.number == 60)
  }

  // MARK: - The same answer

  @Test func `every byte is the same on any number of threads`() throws {
    let scratch = try files(predictions(80, seed: 9), old: predictions(80, seed: 10))
    let arguments =
      Self.binary + ["--groups", "sex", "--against", "old.csv", "--json", "--report", "page.html"]
    let first = try score(scratch, arguments + ["--threads", "1"])
    let page = try scratch.read("page.html")
    let second = try score(scratch, arguments + ["--threads", "3"])
    #expect(first.status == 0)
    #expect(first.output == second.output)
    #expect(try scratch.read("page.html") == page)
    let other = try score(scratch, arguments + ["--seed", "2"])
    #expect(other.output != first.output)
    #expect(try answer(other)["metrics"] == (try answer(first)["metrics"]))
  }

  @Test func `JSON lines give the numbers of CSV`() throws {
    let scratch = try files("y,p\ntrue,0.9\nfalse,0.2\n,0.3\ntrue,0.4\nfalse,0.5\n")
    try scratch.write(
      """
      {"y": true, "p": 0.9}
      {"y": false, "p": 0.2}
      {"y": null, "p": 0.3}
      {"y": true, "p": 0.4}
      {"y": false, "p": 0.5}

      """, to: "new.jsonl")
    let csv = try answer(try score(scratch, Self.binary + ["--json"]))
    let lines = try Command.run(
      try Products.path("refit"), ["score", "new.jsonl", "--resamples", "100", "--json"] + Self.binary,
      in: scratch.path)
    #expect(try answer(lines)["metrics"] == csv["metrics"])
    #expect(csv["rows"]?.number == 4)
    #expect(csv["rows_without_label"]?.number == 1)
    #expect(csv["metrics", "roc_auc"]?.number == 0.75)
  }

  @Test func `names may have commas, quotes and repeated options`() throws {
    let scratch = try files(
      "y,\"p, a\",\"p=\"\"b\"\"\",sex,\"age, band\"\na,0.9,0.1,F,x\nb,0.2,0.8,M,y\nb,0.4,0.6,F,y\na,0.7,0.3,M,x\n"
    )
    let answer = try answer(
      try score(
        scratch,
        [
          "--task", "multiclass-classification", "--label", "y", "--scores", "\"a=p, a\",\"b=p=\"\"b\"\"\"",
          "--groups", "sex", "--groups", "\"age, band\"", "--min-group", "1", "--json",
        ]))
    #expect(answer["metrics", "accuracy"]?.number == 1)
    #expect(answer["fairness"]?.keys == ["sex", "age, band", "sex & age, band"])
    #expect(answer["fairness", "age, band", "groups"]?.keys == ["x", "y"])
  }

  @Test(arguments: [("1", "0"), ("1.0", "0.0"), ("True", "False"), ("true", "false")])
  func `labels of programs are known without being told`(positive: String, negative: String) throws {
    let scratch = try files("y,p\n\(positive),0.9\n\(negative),0.2\n\(positive),0.4\n\(negative),0.5\n")
    #expect(try answer(try score(scratch, Self.binary + ["--json"]))["metrics", "roc_auc"]?.number == 0.75)
  }

  // MARK: - What does not exist

  @Test func `what does not exist is null beside the reason`() throws {
    let scratch = try files("y,p\n1,0.9\n1,0.8\n1,0.4\n")
    let metrics = try #require(try answer(try score(scratch, Self.binary + ["--json"]))["metrics"])
    #expect(metrics["roc_auc"] == .null)
    #expect(metrics["roc_auc_undefined"]?.text != nil)
    #expect(metrics["specificity"] == .null)
    #expect(metrics["accuracy"]?.number == 2.0 / 3)
    #expect(metrics["rmse"] == nil)
    #expect(metrics["specificity_zero_division"]?.number == 0)
    #expect(metrics["recall_zero_division"] == nil && metrics["roc_auc_zero_division"] == nil)
    // Class c is never predicted: precisions of 1, 1/2 and, in scikit-learn, 0.
    let classes = try files("y,s\na,a\nb,b\nc,b\n")
    let averages = try #require(
      try answer(
        try score(
          classes, ["--task", "multiclass-classification", "--label", "y", "--prediction", "s", "--json"])
      )["metrics"])
    #expect(averages["precision_macro"] == .null)
    #expect(averages["precision_macro_zero_division"]?.number == 0.5)
    let said = try files("y,s\n1,1\n0,1\n")
    let hard = try answer(
      try score(said, ["--task", "binary-classification", "--label", "y", "--prediction", "s", "--json"]))
    #expect(hard["metrics", "roc_auc"] == nil)
    #expect(hard["metrics", "accuracy"]?.number == 0.5)
  }

  @Test func `resamples that are all alike give no interval`() throws {
    let scratch = try files("y,p\n" + String(repeating: "1,0.9\n0,0.1\n", count: 30))
    let intervals = try #require(try answer(try score(scratch, Self.binary + ["--json"]))["intervals"])
    #expect(intervals["f1"] == .null)
    #expect(intervals["f1_undefined"]?.text?.contains("resample") == true)
    #expect(intervals["accuracy", "upper"]?.number == 1)
  }

  @Test func `groups that are too small are left out by name`() throws {
    let scratch = try files(predictions(90, seed: 2))
    let sex = try #require(
      try answer(try score(scratch, Self.binary + ["--groups", "sex", "--min-group", "40", "--json"]))[
        "fairness", "sex"])
    guard case .list(let leftOut) = sex["left_out"] else {
      Issue.record("no list of groups left out")
      return
    }
    let ofSelection = leftOut.first { $0["rate"]?.text == "selection_rate" }
    #expect(ofSelection?["group"]?.text == "F")
    #expect(ofSelection?["rows"]?.number == 30)
    #expect(sex["measures", "demographic_parity_difference"] == .null)
    #expect(sex["measures", "demographic_parity_difference_undefined"]?.text != nil)
  }

  // MARK: - What is wrong is told

  @Test(arguments: [
    (
      ["--task", "regression", "--label", "y", "--score", "p"], "--score is for --task binary-classification"
    ),
    (["--task", "binary-classification", "--label", "y"], "give --score, --prediction or both"),
    (
      ["--task", "regression", "--label", "y", "--prediction", "p", "--quantiles", "1.5=p"],
      "'1.5' is not over 0 and under 1"
    ),
    (["--task", "multiclass-classification", "--label", "y", "--scores", "a"], "'a' is no name=column"),
    (binary + ["--lift", "0.1,1.1"], "--lift: '1.1' is no share over 0 and at most 1, such as 0.1"),
    (binary + ["--costs", "fp=1"], "--costs needs fp and fn, such as fp=5,fn=1"),
    (binary + ["--costs", "fp=1,fn=2,fx=3"], "--costs: 'fx' is no outcome; there are fp, fn, tp and tn"),
    (binary + ["--costs", "fp=much,fn=2"], "--costs: 'much' is no finite number"),
    (
      ["--task", "regression", "--label", "y", "--prediction", "p", "--lift", "0.1"],
      "--lift is for --task binary-classification"
    ),
    (binary + ["--margin", "0.01"], "--margin needs a champion"),
    (binary + ["--against", "old.csv", "--margin=-1"], "--margin is a number from 0 on"),
    (binary + ["--against", "old.csv", "--against-score", "p"], "two champions"),
    (binary + ["--id", "id"], "it needs --against"),
    (binary + ["--confidence", "1"], "--confidence is at least 0.5 and at most 0.999999999"),
    (binary + ["--prediction", "p", "--threshold", "0.3"], "leave out --threshold"),
    (binary + ["--groups", "\"sex"], "--groups: a quote in '\"sex' is not closed"),
    (binary + ["--groups", "sex,,id"], "--groups: there is an empty name in 'sex,,id'"),
    (binary + ["--groups", "sex", "--groups", "\"sex\""], "--groups names 'sex' twice"),
    (
      ["--task", "multiclass-classification", "--label", "y", "--scores", "\"a\"=p"],
      "--scores: in '\"a\"=p' something stands behind a closing quote"
    ),
    (binary + ["--groups", "sex,sex"], "--groups names 'sex' twice"),
    (binary + ["--groups", "sexx"], "new.csv:1: there is no column 'sexx'; did you mean 'sex'?"),
    (binary + ["--report", "new.csv"], "--report would replace new.csv"),
    (binary + ["--against", "old.csv", "--margin", "0.1", "--metric", "rmse"], "'rmse' was not compared"),
    (["--task", "binary-classification", "--label", "y", "--score", "sex"], "new.csv:2:"),
  ])
  func `a wrong option is refused with what would be right`(options: [String], reason: String) throws {
    let scratch = try files(predictions(30, seed: 1), old: predictions(30, seed: 2))
    let command = try score(scratch, options)
    #expect(command.status == 64)
    #expect(command.output.isEmpty)
    #expect(command.errors.contains(reason), "\(command.errors)")
  }

  @Test(arguments: [
    ("y,p\n1,0.5\n0,\n", "new.csv:3: column 'p' is missing in a row that has a label"),
    ("y,p\n1,0.5\n0,inf\n", "new.csv:3: column 'p' is not finite"),
    ("y,p\n1,0.5\n0,high\n", "new.csv:3:3: column 'p': 'high' is not a number"),
    ("y,p\nyes,0.5\nno,0.1\n", "say which label is positive with --positive"),
    ("y,p\n", "new.csv: there are no rows"), ("y,p\n,0.4\n", "no row has a label in column 'y'"),
  ])
  func `a value that can't be used is named with its place`(csv: String, reason: String) throws {
    let command = try score(try files(csv), Self.binary)
    #expect(command.status == 64)
    #expect(command.errors.contains(reason), "\(command.errors)")
  }

  @Test(arguments: [
    (
      ["--positive", "yes"], "y,p\nyes,0.5\nno,0.1\nperhaps,0.2\n",
      "new.csv:4: the labels in column 'y' have more than two"
    ),
    (
      ["--positive", "yes", "--prediction", "s"], "y,p,s\nyes,0.5,yes\nno,0.1,nope\n",
      "new.csv:3: the prediction 'nope'"
    ),
    (["--weight", "w"], "y,p,w\n1,0.5,1\n0,0.1,-1\n", "new.csv:3: the weight in column 'w' is negative"),
    (
      ["--against", "old.csv"], "id,y,p\na,1,0.5\na,0,0.1\n",
      "new.csv:3: the id 'a' in column 'id' is there twice; the first"
    ),
    (
      ["--against", "old.csv"], "id,y,p\nb,1,0.5\nx,0,0.1\n",
      "old.csv:3: the label '0' is not the one on line 2 of new.csv, '1'"
    ),
    (["--against", "old.csv"], "id,y,p\nu,1,0.5\nv,0,0.1\n", "there is nothing to compare"),
    (["--against", "old.csv", "--id", "row"], "row,y,p\nb,1,0.5\n", "old.csv:1: there is no column 'row'"),
  ])
  func `files that don't fit together are named with the lines`(
    options: [String], csv: String, reason: String
  ) throws {
    let scratch = try files(csv, old: "id,y,p\na,1,0.5\nb,0,0.4\n")
    let command = try score(scratch, Self.binary + options)
    #expect(command.status == 64)
    #expect(command.errors.contains(reason), "\(command.errors)")
  }

  // MARK: - For people, and the page

  @Test func `people see each table and one sentence`() throws {
    let scratch = try files(predictions(150, seed: 1), old: predictions(130, seed: 2))
    let command = try score(
      scratch, Self.binary + ["--groups", "sex", "--against", "old.csv", "--seed", "7"])
    let lines = command.output.split(separator: "\n").map { $0.split(separator: " ").map(String.init) }
    #expect(lines[0] == ["new.csv", "150", "rows"])
    #expect(lines[1] == ["metric", "value", "95%", "interval", "by"])
    #expect(lines[2].first == "roc_auc")
    #expect(lines[2].last == "delong")
    #expect(lines.contains { $0.first == "F" && $0.dropFirst().first == "50" })
    #expect(command.output.contains("Against old.csv roc_auc differs by "))
    #expect(command.output.contains("20 here and 0 there have no partner"))
    #expect(command.output.contains("100 resamples, seed 7"))
  }

  @Test func `the confusion has a row for each label and a column for each prediction`() throws {
    let scratch = try files("y,k\nb,a\na,a\nb,b\nc,b\nb,b\n,b\nb,d\n")
    let classes = try answer(
      try score(
        scratch, ["--task", "multiclass-classification", "--label", "y", "--prediction", "k", "--json"]))
    #expect(classes["confusion", "classes"] == .list(["a", "b", "c", "d"].map(JSONTree.text)))
    let counts = [[1, 0, 0, 0], [1, 2, 0, 1], [0, 1, 0, 0], [0, 0, 0, 0]]
    #expect(classes["confusion", "counts"] == .list(counts.map { .list($0.map { .number(Double($0)) }) }))
    try scratch.write("y,p\n1,0.5\n1,0.2\n0,0.7\n1,0.9\n", to: "new.csv")
    let binary = try answer(try score(scratch, Self.binary + ["--json"]))
    #expect(
      binary["confusion", "counts"]
        == .list([[0, 1], [1, 2]].map { .list($0.map { .number(Double($0)) }) }))
  }

  @Test func `the page is well-formed and has each part`() throws {
    let hostile = predictions(200, seed: 1).replacingOccurrences(of: ",F\n", with: ",<b>&\u{1B}[31m\n")
    let scratch = try files(hostile, old: predictions(200, seed: 2))
    let command = try score(
      scratch,
      Self.binary + [
        "--groups", "sex", "--min-group", "10", "--against", "old.csv", "--margin", "0.1", "--report",
        "page.html",
      ])
    #expect(command.output.hasSuffix("Wrote page.html.\n"))
    #expect(!command.output.contains("\u{1B}"))
    let page = try scratch.read("page.html")
    #expect(!page.contains("\u{1B}") && !page.contains("<b>"))
    struct ReadPage: Decodable {
      let elements: [String]
      let texts: [String]
    }
    let read = try Oracle.ask("page_oracle.py", ["page": page], as: ReadPage.self)
    for title in [
      "Metrics", "ROC curve", "Precision over recall", "Groups by sex", "Comparison with old.csv",
    ] {
      #expect(read.texts.contains(title), "\(title)")
    }
    // Three curves of the candidate, and on the rows that both have three of each.
    #expect(read.elements.count { $0 == "polyline" } == 9)
    #expect(page.utf8.count < 200_000)
  }
}
