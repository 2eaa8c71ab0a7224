/// Writes what production would log: predictions as they are made, labels as they arrive, a file a day.
public struct LogWriter: Sendable {
  public var folder: String

  public init(folder: String) { self.folder = folder }

  /// Writes `predictions/DATE.csv`. Without a champion score and version stay empty: such rows are history.
  public func writePredictions(
    _ applications: [Application], champion: ServingModel?
  ) throws(LendingError) {
    let header = [Columns.id, Columns.scoredAt, Columns.probability, Columns.version, Columns.sex]
    var text = (header + Columns.numeric + Columns.categorical).joined(separator: ",") + "\n"
    let scores = champion?.model.probabilities(Frame(applications))
    for (row, application) in applications.enumerated() {
      let score = scores.map { "\($0[row])" } ?? ""
      text += "\(application.id),\(application.scoredAt),\(score),\(champion?.version ?? ""),"
      text += "\(application.sex.rawValue),\(application.income.map { "\($0)" } ?? ""),"
      text += "\(application.loanAmount),\(application.debtRatio),\(application.yearsEmployed),"
      text += "\(application.latePayments),\(application.lineOfWork)\n"
    }
    guard let day = applications.first?.scoredAt.date else { return }
    try Files.write(text, to: "\(folder)/predictions/\(day).csv")
  }

  /// Writes `labels/DATE.csv`; nothing when no label came.
  public func writeLabels(_ labelled: [Application]) throws(LendingError) {
    guard let day = labelled.first?.labelledAt.date else { return }
    var text = "\(Columns.id),\(Columns.labelledAt),\(Columns.label)\n"
    for application in labelled {
      text += "\(application.id),\(application.labelledAt),\(application.defaults ? 1 : 0)\n"
    }
    try Files.write(text, to: "\(folder)/labels/\(day).csv")
  }
}

/// The champion as production sees it: the folder behind a symbolic link whose last component is the version.
public struct ServingModel: Sendable {
  public var version: String
  public var model: LogisticModel

  public init(version: String, model: LogisticModel) {
    self.version = version
    self.model = model
  }

  /// Loads what the link at `path` points to; nil where there is no link yet. Throws when the link leads nowhere.
  public init?(link path: String) throws(LendingError) {
    guard let target = Files.linkTarget(path) else { return nil }
    guard let version = target.split(separator: "/").last else {
      throw .unreadable(path: path, reason: "the link names no version")
    }
    self.version = String(version)
    model = try LogisticModel(folder: path)
  }
}
