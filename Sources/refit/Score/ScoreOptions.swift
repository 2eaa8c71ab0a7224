import ArgumentParser
import Glibc
import RefitCore
import RefitEngine
import RefitStatistics
import RefitTables

/// The options of `refit score` that say what is in the files and what is asked of them.
struct ScoreOptions: ParsableArguments {
  @Argument(
    help: "The file of predictions, CSV, JSON lines or Parquet; several by a pattern in quotes.",
    completion: .file())
  var predictions: String
  @Option(help: "What the labels are: \(ScoreTask.allCases.map(\.rawValue).joined(separator: ", ")).")
  var task: ScoreTask
  @Option(help: ArgumentHelp("The column of labels; rows without one are left out.", valueName: "column"))
  var label: String
  @Option(
    help: ArgumentHelp("The labels are in this file, and belong to the same id.", valueName: "file"),
    completion: .file())
  var labels: String?
  @Option(help: ArgumentHelp("The column of scores of the positive class.", valueName: "column")) var score:
    String?
  @Option(
    help: ArgumentHelp("The column with the scores of each class.", valueName: "class=column,…"))
  var scores: [String] = []
  @Option(
    help: ArgumentHelp("The column with the predictions of each quantile.", valueName: "0.1=column,…"))
  var quantiles: [String] = []
  @Option(
    help: ArgumentHelp("The column of hard decisions, classes or predicted numbers.", valueName: "column"))
  var prediction: String?
  @Option(help: "A score at or over it is a decision for the positive class (default: 0.5).") var threshold:
    Double?
  @Option(help: ArgumentHelp("The label that is positive (default: 1 or true).", valueName: "label"))
  var positive: String?
  @Option(help: "Whether the positive class (above) or the negative one (below) is the favourable outcome.")
  var favourable: DecisionThreshold.Side?
  @Option(
    help: ArgumentHelp(
      "How much more frequent positive labels are among these shares of rows that score highest.",
      valueName: "0.1,…"))
  var lift: [String] = []
  @Option(
    help: ArgumentHelp(
      "What a row's decision costs by its outcome, for expected_cost; tp and tn are 0 unless said.",
      valueName: "fp=5,fn=1,…"))
  var costs: [String] = []
  @Option(help: ArgumentHelp("How much each row counts, in every metric and group.", valueName: "column"))
  var weight: String?
  @Option(
    help: ArgumentHelp(
      "Compare the groups of these columns, and of their intersections; a name with a comma in double quotes.",
      valueName: "columns"))
  var groups: [String] = []
  @Option(help: "Rows that a group needs in a rate's denominator to be compared.") var minGroup = 100
  @Option(
    help: ArgumentHelp(
      "Compare with a champion's predictions in a file with the same columns.", valueName: "file"),
    completion: .file())
  var against: String?
  @Option(
    help: ArgumentHelp(
      "Compare with a champion whose scores or predictions are in this column.", valueName: "column"))
  var againstScore: String?
  @Option(
    help: ArgumentHelp("The column that joins the rows of several files (default: id).", valueName: "column"))
  var id: String?
  @Option(help: "How much worse than the champion is still not worse; the exit code says the verdict.")
  var margin: Double?
  @Option(
    help: ArgumentHelp(
      "The metric whose verdict counts (default: roc_auc, accuracy or rmse).", valueName: "name"))
  var metric: String?
  @Option(help: "Of each two-sided interval, and of each one-sided bound of a comparison.") var confidence =
    0.95
  @Option(help: "The same seed gives the same intervals on every machine.") var seed: UInt64 = 1
  @Option(help: "How often rows are drawn anew, where there is no theory.") var resamples = 1_000
  @Option(help: "How many threads compute; no number changes a result (default: one a processor).")
  var threads: Int?

  func validate() throws {
    try refuseNumbers()
    try refuseOutsideOfTask()
    if against != nil, againstScore != nil {
      throw ValidationError("--against and --against-score are two champions: give one of them")
    }
    if id != nil, against == nil, labels == nil {
      throw ValidationError("--id joins files: it needs --labels or --against")
    }
    if against == nil, againstScore == nil {
      if margin != nil { throw ValidationError("--margin needs a champion: --against or --against-score") }
    }
    if metric != nil, margin == nil {
      throw ValidationError("--metric says whose verdict counts: it needs --margin")
    }
    let twice = Dictionary(grouping: try groupColumns()) { $0 }.filter { $0.value.count > 1 }.keys.min()
    if let twice { throw ValidationError("--groups names '\(twice)' twice") }
    let columns =
      [score, prediction, againstScore].compactMap(\.self) + (try scoreColumns().map(\.column))
      + (try quantileColumns().map(\.column))
    if labels == nil, columns.contains(label) {
      throw ValidationError("--label '\(label)' is also a column of predictions, which would be right always")
    }
    _ = try asked()
  }

  private func refuseNumbers() throws {
    guard confidence >= 0.5, confidence <= 0.999_999_999 else {
      throw ValidationError("--confidence is at least 0.5 and at most 0.999999999, such as 0.95")
    }
    if let margin, !(margin >= 0 && margin.isFinite) {
      throw ValidationError("--margin is a number from 0 on, such as 0.01")
    }
    if let threshold, !threshold.isFinite {
      throw ValidationError("--threshold is a finite number, such as 0.5")
    }
    guard minGroup >= 1 else { throw ValidationError("--min-group is a number of rows, at least 1") }
    guard (100...1_000_000).contains(resamples) else {
      throw ValidationError("--resamples is a number from 100 to 1000000")
    }
    if let threads, !(1...1024).contains(threads) {
      throw ValidationError("--threads is a number from 1 to 1024")
    }
  }

  private func refuseOutsideOfTask() throws {
    func refuse(_ option: String, _ isGiven: Bool, unless right: ScoreTask) throws {
      guard isGiven, task != right else { return }
      throw ValidationError("\(option) is for --task \(right.rawValue), and this is \(task.rawValue)")
    }
    try refuse("--score", score != nil, unless: .binary)
    try refuse("--threshold", threshold != nil, unless: .binary)
    try refuse("--positive", positive != nil, unless: .binary)
    try refuse("--favourable", favourable != nil, unless: .binary)
    try refuse("--lift", !lift.isEmpty, unless: .binary)
    try refuse("--costs", !costs.isEmpty, unless: .binary)
    try refuse("--scores", !scores.isEmpty, unless: .multiclass)
    try refuse("--quantiles", !quantiles.isEmpty, unless: .regression)
    switch task {
    case .binary:
      if score == nil, prediction == nil { throw ValidationError("give --score, --prediction or both") }
      if !lift.isEmpty, score == nil { throw ValidationError("--lift ranks rows: it needs --score") }
      if threshold != nil, prediction != nil {
        throw ValidationError("--prediction holds the decisions already: leave out --threshold")
      }
      if againstScore != nil, score == nil {
        throw ValidationError("--against-score is compared with --score: give that too")
      }
    case .multiclass:
      if prediction == nil, scores.isEmpty { throw ValidationError("give --prediction, --scores or both") }
    case .regression:
      if prediction == nil, quantiles.isEmpty {
        throw ValidationError("give --prediction, --quantiles or both")
      }
    }
  }

  // MARK: - What is asked

  /// The request; valid options make one.
  func request() throws -> ScoreRequest {
    ScoreRequest(
      predictions: try TableFiles(named: predictions), labels: try labels.map { try TableFiles(named: $0) },
      id: id ?? "id",
      task: try requestedTask(), label: label, weight: weight, groups: try groupColumns(),
      minimumGroup: minGroup, champion: try champion(),
      asked: try asked(), margin: margin, confidence: confidence,
      plan: ResamplingPlan(
        resamples: resamples, seed: seed, threads: threads ?? max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN)))))
  }

  private func champion() throws -> ScoreRequest.Champion? {
    try against.map { .files(try TableFiles(named: $0)) } ?? againstScore.map { .column($0) }
  }

  private func requestedTask() throws -> ScoreRequest.Task {
    switch task {
    case .binary:
      .binary(
        ScoreRequest.BinaryColumns(
          score: score, prediction: prediction, threshold: prediction == nil ? threshold ?? 0.5 : nil,
          positive: positive,
          favourable: favourable ?? .above))
    case .multiclass:
      .multiclass(ScoreRequest.ClassColumns(prediction: prediction, scores: try scoreColumns()))
    case .regression:
      .regression(ScoreRequest.RegressionColumns(prediction: prediction, quantiles: try quantileColumns()))
    }
  }

  private func asked() throws -> [BinaryMetric] {
    let shares = try NameList(option: "--lift").names(in: lift).map { text in
      guard let share = Double(text), share > 0, share <= 1 else {
        throw ValidationError("--lift: '\(text)' is no share over 0 and at most 1, such as 0.1")
      }
      return share
    }
    guard Set(shares).count == shares.count else { throw ValidationError("--lift names a share twice") }
    return try shares.map { .lift(share: $0) } + (decisionCosts().map { [.expectedCost($0)] } ?? [])
  }

  private func decisionCosts() throws -> DecisionCosts? {
    if costs.isEmpty { return nil }
    var found: [String: Double] = [:]
    for (outcome, text) in try NameList(option: "--costs").pairs(in: costs, example: "fp=5,fn=1") {
      guard ["tp", "fp", "tn", "fn"].contains(outcome) else {
        throw ValidationError("--costs: '\(outcome)' is no outcome; there are fp, fn, tp and tn")
      }
      guard let cost = Double(text), cost.isFinite else {
        throw ValidationError("--costs: '\(text)' is no finite number")
      }
      found[outcome] = cost
    }
    guard let falsePositive = found["fp"], let falseNegative = found["fn"] else {
      throw ValidationError("--costs needs fp and fn, such as fp=5,fn=1")
    }
    return DecisionCosts(
      falsePositive: falsePositive, falseNegative: falseNegative, truePositive: found["tp"] ?? 0,
      trueNegative: found["tn"] ?? 0)
  }

  private func groupColumns() throws -> [String] { try NameList(option: "--groups").names(in: groups) }

  private func scoreColumns() throws -> [ScoreRequest.ClassColumns.Score] {
    let columns = try NameList(option: "--scores").pairs(in: scores, example: "cat=p_cat,dog=p_dog").map {
      ScoreRequest.ClassColumns.Score(name: $0.name, column: $0.column)
    }
    if columns.count == 1 {
      throw ValidationError("--scores needs a column for each class, and there are two at least")
    }
    return columns
  }

  private func quantileColumns() throws -> [ScoreRequest.RegressionColumns.Quantile] {
    let example = "0.1=low,0.9=high"
    let columns = try NameList(option: "--quantiles").pairs(in: quantiles, example: example).map {
      name, column in
      guard let level = Double(name), level > 0, level < 1 else {
        throw ValidationError("--quantiles: '\(name)' is not over 0 and under 1; write \(example)")
      }
      return ScoreRequest.RegressionColumns.Quantile(level: level, column: column)
    }
    guard Set(columns.map(\.level)).count == columns.count else {
      throw ValidationError("--quantiles names a quantile twice")
    }
    return columns
  }
}

extension DecisionThreshold.Side: ExpressibleByArgument {}
