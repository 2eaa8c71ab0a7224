import RefitStatistics

/// Does one work of the benchmark in this process and prints what it cost; reading columns is not counted.
@main
enum RefitKernels {
  static let usage = """
    refit-kernels write columns|table|drift ROWS FOLDER
    refit-kernels WORK FOLDER    (\(works.keys.sorted().joined(separator: ", ")))
    """

  static func main() {
    let arguments = Array(CommandLine.arguments.dropFirst())
    if arguments.first == "write", arguments.count == 4, let rows = Int(arguments[2]) {
      write(arguments[1], rows: rows, to: arguments[3])
    } else if arguments.count == 2, let work = works[arguments[0]] {
      print(work(arguments[1]))
    } else {
      fail("usage:\n\(usage)")
    }
  }

  private static func write(_ what: String, rows: Int, to folder: String) {
    switch what {
    case "columns":
      SampleColumns.write(rows: rows, to: folder)
    case "table":
      SampleTable.write(rows: rows, seed: 1, shift: 0, to: "\(folder)/table.csv")
    case "drift":
      SampleTable.write(rows: rows, seed: 1, shift: 0, to: "\(folder)/reference.csv")
      SampleTable.write(rows: rows, seed: 2, shift: 0.05, to: "\(folder)/current.csv")
    default:
      fail("usage:\n\(usage)")
    }
  }

  /// Each takes the folder and gives a line of JSON.
  private static let works: [String: @Sendable (String) -> String] = [
    "read-csv": readCSV(in:),
    "drift-column": driftColumn(in:),
    "drift-columns": driftColumns(in:),
    "fairness": fairness(in:),
    "roc-auc": { score(in: $0, [.rocAUC]) },
    "six-metrics": { score(in: $0, [.rocAUC, .averagePrecision, .logLoss, .brier, .accuracy, .f1]) },
    "bootstrap-accuracy": bootstrapAccuracy(in:),
    "bootstrap-auc": bootstrapArea(in:),
  ]
}
