import RefitTables

/// Predictions with the labels that came later, in files of their own.
struct LateLabels {
  /// The predictions, in whose column of labels stand the labels with the same ids.
  let predictions: ScoredTable
  /// Labels whose id no prediction has.
  let withoutPrediction: Int

  /// - Throws: for an id that is missing or there twice, among the predictions or among the rows with a label, and where
  ///   no label belongs to a prediction.
  init(_ predictions: ScoredTable, _ labels: ScoredTable, _ request: ScoreRequest) throws(ScoreError) {
    _ = try predictions.rows(byID: request.id, 0..<predictions.rowCount)
    let labelled = try labels.labelledRows(request.label, request.task)
    let rows = try labels.rows(byID: request.id, labelled).rows(matching: predictions.text(request.id))
    let found = rows.count { $0 >= 0 }
    guard found > 0 || predictions.rowCount == 0 else {
      throw .file(
        labels.name,
        labelled.isEmpty
          ? "no row has a label in column '\(request.label)'"
          : "no id in column '\(request.id)' is that of a prediction in \(predictions.name)")
    }
    self.predictions = predictions.taking(request.label, of: labels, rows: rows)
    withoutPrediction = labelled.count - found
  }
}
