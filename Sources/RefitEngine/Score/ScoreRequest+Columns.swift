import RefitTables

extension ScoreRequest {
  /// All files that are read.
  public var files: [TableFiles] {
    var files = [predictions, labels].compactMap(\.self)
    if case .files(let champion) = champion { files.append(champion) }
    return files
  }

  /// The columns that a model's predictions must have, by what they hold.
  func columns(of task: Task) -> [ColumnRequest] {
    switch task {
    case .binary(let columns):
      return [
        columns.score.map { ColumnRequest($0, as: .numeric) },
        columns.prediction.map { ColumnRequest($0, as: .category) },
      ]
      .compactMap { $0 }
    case .multiclass(let columns):
      return columns.scores.map { ColumnRequest($0.column, as: .numeric) }
        + [columns.prediction.map { ColumnRequest($0, as: .category) }].compactMap { $0 }
    case .regression(let columns):
      return columns.quantiles.map { ColumnRequest($0.column, as: .numeric) }
        + [columns.prediction.map { ColumnRequest($0, as: .numeric) }].compactMap { $0 }
    }
  }

  /// The column of labels, which a champion's files need not have.
  private func labelColumn(required: Bool) -> ColumnRequest {
    if case .regression = task { return ColumnRequest(label, as: .numeric, required: required) }
    return ColumnRequest(label, as: .category, required: required)
  }

  private var idColumn: ColumnRequest { ColumnRequest(id, as: .text) }

  /// What the predictions must have.
  var ownColumns: [ColumnRequest] {
    var (columns, isJoined) = (columns(of: task), labels != nil)
    if labels == nil { columns.append(labelColumn(required: true)) }
    if let weight { columns.append(ColumnRequest(weight, as: .numeric)) }
    columns += groups.map { ColumnRequest($0, as: .category) }
    switch champion {
    case .files: isJoined = true
    case .column: columns += championTask.map { self.columns(of: $0) } ?? []
    case nil: break
    }
    return columns + (isJoined ? [idColumn] : [])
  }

  /// What files of labels must have.
  var labelColumns: [ColumnRequest] { [labelColumn(required: true), idColumn] }

  /// What a champion's files must have, and the labels that they may have.
  var championColumns: [ColumnRequest] {
    columns(of: task) + (labels == nil ? [labelColumn(required: false)] : []) + [idColumn]
  }

  /// How the champion's columns are called: as the candidate's in files of its own, and beside the candidate's one
  /// column, which has scores of a binary task and predictions of any other; nil without a champion. What decides by a
  /// column has no threshold that such a champion's scores could be held to.
  var championTask: Task? {
    guard case .column(let column) = champion else { return champion == nil ? nil : task }
    switch task {
    case .binary(var columns):
      columns.score = column
      columns.prediction = nil
      return .binary(columns)
    case .multiclass: return .multiclass(ClassColumns(prediction: column, scores: []))
    case .regression: return .regression(RegressionColumns(prediction: column, quantiles: []))
    }
  }
}
