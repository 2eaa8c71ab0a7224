import Lending

/// The scoring job: the probability of default for every row of the holdout.
@main
struct LendingScore {
  static func main() {
    runProgram("lending-score") { () throws(LendingError) in
      _ = try Arguments(Array(CommandLine.arguments.dropFirst()), known: [])
      let environment = try JobEnvironment()
      let model = try LogisticModel(folder: environment.input + "/model")
      let table = try CommaSeparatedTable(path: environment.input + "/holdout.csv")
      let frame = try Frame(table, numeric: model.numericColumns, categorical: model.categoricalColumns)
      var text = "id,score\n"
      for (id, score) in zip(try table.texts("id"), model.probabilities(frame)) {
        text += "\(commaSeparatedField(id)),\(score)\n"
      }
      try Files.write(text, to: environment.output + "/predictions.csv")
    }
  }
}
