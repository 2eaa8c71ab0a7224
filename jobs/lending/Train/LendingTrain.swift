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
      let days = try arguments.integer("days", default: 14)
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
        within: try bounds(days: days, environment))
      guard rows.ids.count >= 500 else {
        throw .notEnough("\(rows.ids.count) labelled rows in \(days) days: at least 500 are needed")
      }
      let model = try fit(regression, rows.frame.without(without), rows.labels, environment)
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
    _ regression: LogisticRegression, _ frame: Frame, _ labels: [Bool], _ environment: JobEnvironment
  ) throws(LendingError) -> LogisticModel {
    var (iterations, logLoss) = (0, 0.0)
    let expected = 8
    let model = try regression.fit(frame, labels: labels) { iteration, loss throws(LendingError) in
      (iterations, logLoss) = (iteration, loss)
      try environment.report(
        done: iteration, total: max(expected, iteration), note: "iteration \(iteration)", logLoss: loss)
    }
    let defaults = Double(labels.count { $0 }) / Double(labels.count)
    var metrics = #"{"rows": \#(labels.count), "default_rate": \#(defaults), "iterations": \#(iterations)"#
    metrics += #", "training_log_loss": \#(logLoss)"#
    if let area = areaUnderCurve(scores: model.probabilities(frame), labels: labels) {
      metrics += #", "training_roc_auc": \#(area)"#
    }
    try Files.write(metrics + "}\n", to: environment.output + "/metrics.json")
    print("fitted on \(labels.count) applications in \(iterations) iterations:", terminator: " ")
    print("\(frame.numeric.count) numeric columns, \(frame.categorical.count) categorical")
    return model
  }
}
