import RefitTables

/// Labels that came later than the predictions, in files of their own.
struct LateLabels {
  /// The labels beside the predictions with the same ids.
  let table: ScoredTable
  /// Labels whose id no prediction has.
  let withoutPrediction: Int

  /// - Throws: for an id that is missing or there twice, among the predictions or among the rows with a label, and where
  ///   no label belongs to a prediction.
  init(_ labels: ScoredTable, of predictions: ScoredTable, _ request: ScoreRequest) throws(ScoreError) {
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
    table = labels.placed(at: rows)
    withoutPrediction = labelled.count - found
  }
}
