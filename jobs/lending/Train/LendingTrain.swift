import Lending

/// The training job: a logistic regression on the newest labelled applications.
@main
struct LendingTrain {
  static func main() {
    runProgram("lending-train") { () throws(LendingError) in
      let arguments = try Arguments(
        Array(CommandLine.arguments.dropFirst()),
        known: ["days", "without", "ridge", "predictions", "labels"])
      let environment = try JobEnvironment()
      let days = try arguments.integer("days", default: 21)
      let regression = LogisticRegression(ridge: try arguments.number("ridge", default: 1))
      let without = arguments.list("without")
      let columns = Columns.numeric + Columns.categorical
      if let unknown = without.first(where: { !columns.contains($0) }) {
        throw .usage(
          "--without \(unknown): there is no such feature; there are " + columns.joined(separator: ", "))
      }
      let rows = try TrainingRows(
        predictions: arguments.text("predictions") ?? "data/predictions",
        labels: arguments.text("labels") ?? "data/labels",
        within: try bounds(days: days, environment),
        numeric: Columns.numeric.filter { !without.contains($0) },
        categorical: Columns.categorical.filter { !without.contains($0) })
      guard rows.ids.count >= 500 else {
        throw .notEnough("\(rows.ids.count) labelled rows in \(days) days: at least 500 are needed")
      }
      let model = try fit(regression, rows, environment)
      try Files.write(model.text, to: environment.output + "/model/" + LogisticModel.fileName)
      try Files.write(rows.text, to: environment.output + "/training.csv")
      try Files.write(
        #"{"days": \#(days), "ridge": \#(regression.ridge), "without": "\#(without.joined(separator: ","))"}"#
          + "\n",
        to: environment.output + "/params.json")
    }
  }

  /// The newest `days` of the run's data, without what is withheld for the holdout.
  static func bounds(days: Int, _ environment: JobEnvironment) throws(LendingError) -> TrainingRows.Bounds {
    let end = try Instant(try JobEnvironment.required("REFIT_INTERVAL_END"))
    let withheld = try CommaSeparatedTable(path: environment.input + "/withheld.csv").texts("id")
    return TrainingRows.Bounds(
      after: end + -days * Instant.day, through: end,
      knownAt: try Instant(try JobEnvironment.required("REFIT_KNOWN_AT")), withheld: Set(withheld))
  }

  /// Fits, reports each iteration, and writes `metrics.json` about the training rows.
  static func fit(
    _ regression: LogisticRegression, _ rows: TrainingRows, _ environment: JobEnvironment
  ) throws(LendingError) -> LogisticModel {
    var (iterations, logLoss) = (0, 0.0)
    let expected = 8
    let model = try regression.fit(rows.frame, labels: rows.labels) { iteration, loss throws(LendingError) in
      (iterations, logLoss) = (iteration, loss)
      try environment.report(
        done: iteration, total: max(expected, iteration), note: "iteration \(iteration)", logLoss: loss)
    }
    let defaults = Double(rows.labels.count { $0 }) / Double(rows.labels.count)
    let area = areaUnderCurve(scores: model.probabilities(rows.frame), labels: rows.labels) ?? 0.5
    let metrics =
      #"{"rows": \#(rows.ids.count), "default_rate": \#(defaults), "training_roc_auc": \#(area), "#
      + #""training_log_loss": \#(logLoss), "iterations": \#(iterations)}"#
    try Files.write(metrics + "\n", to: environment.output + "/metrics.json")
    print(
      "fitted on \(rows.ids.count) applications, \(rows.frame.numeric.count) numeric columns,",
      terminator: " ")
    print("\(rows.frame.categorical.count) categorical, in \(iterations) iterations")
    return model
  }
}
