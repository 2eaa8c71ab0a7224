import Foundation
import RefitTesting
import Testing

/// `refit score`, as people and pipelines call it.
@Suite struct ScoreCommandTests: ScoreCommandCase {
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

  @Test func `a champion's scores make no decisions where a column holds the candidate's`() throws {
    let scratch = try files("y,p,d,q\n1,0.3,1,0.4\n0,0.1,0,0.3\n1,0.2,1,0.1\n0,0.25,1,0.2\n")
    let options = Self.binary + ["--prediction", "d", "--against-score", "q"]
    let answer = try answer(try score(scratch, options + ["--json"]))
    #expect(answer["metrics", "accuracy"]?.number == 0.75)
    let compared = try #require(answer["comparison", "metrics"]).keys
    #expect(
      compared.contains("roc_auc") && compared.isDisjoint(with: ["accuracy", "f1", "precision", "mcc"]))
    let people = try score(scratch, options)
    #expect(people.output.contains("The champion has scores and no decisions"))
    let refused = try score(scratch, options + ["--margin", "0.1", "--metric", "accuracy"])
    #expect(refused.status == 64 && refused.errors.contains("'accuracy' was not compared"))
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

  @Test func `McNemar's test leaves out rows that weigh nothing`() throws {
    let rows = (0..<40).map { row in "1,0.9,\(row < 6 ? 0.1 : 0.8),\(row < 4 ? 0 : 2)\n0,0.2,0.3,1\n" }
    let scratch = try files("y,p,q,w\n" + rows.joined())
    let options = Self.binary + ["--against-score", "q"]
    let weighted = try answer(try score(scratch, options + ["--weight", "w", "--json"]))
    #expect(weighted["comparison", "mcnemar", "only_candidate"]?.number == 2)
    let plain = try answer(try score(scratch, options + ["--json"]))
    #expect(plain["comparison", "mcnemar", "only_candidate"]?.number == 6)
    #expect(
      try score(scratch, options + ["--weight", "w"]).output.contains("McNemar: 2 rows, whatever they weigh,")
    )
  }

  @Test func `of many groups the largest are shown to people, and all to programs`() throws {
    // Group 7 has three rows, all others two.
    let names = (0..<60).flatMap { [$0, $0] } + [7]
    let csv = "y,p,g\n" + names.enumerated().map { "\($0 % 2),0.\($0 % 9 + 1),g\($1)\n" }.joined()
    let scratch = try files(csv)
    let options = Self.binary + ["--groups", "g", "--min-group", "1"]
    let people = try score(scratch, options)
    let shown = people.output.split(separator: "\n").filter { $0.hasPrefix("g") && $0.contains("0.") }
    #expect(shown.count { $0.split(separator: " ").count == 9 } == 50)
    #expect(shown.contains { $0.hasPrefix("g7 ") })
    #expect(people.output.contains("g: 10 smaller groups not shown, which --json has."))
    let all = try answer(try score(scratch, options + ["--json"]))
    #expect(all["fairness", "g", "groups"]?.keys.count == 60)
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
