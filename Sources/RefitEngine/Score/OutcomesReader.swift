import RefitCore
import RefitStatistics
import RefitTables

/// Brings together what the columns of a request say of some rows.
struct OutcomesReader {
  let request: ScoreRequest
  let labels: ScoredTable
  /// Where weights are, row by row beside the labels.
  let predictions: ScoredTable
  /// Rows of it that have a label.
  let rows: [Int]

  /// What the model says whose columns are in a table, of the rows there that stand beside those of the labels.
  func read(_ model: ScoredTable, rows modelRows: [Int], _ task: ScoreRequest.Task) throws(ScoreError)
    -> ScoredOutcomes
  {
    let weights = try weights()
    switch task {
    case .binary(let columns):
      let (truth, meaning) = try labels.binaryLabels(request.label, positive: columns.positive, rows: rows)
      var scores: [Double]?
      if let name = columns.score { scores = try model.finite(name, rows: modelRows) }
      var predictions = columns.threshold.flatMap { threshold in scores?.map { $0 >= threshold } }
      if let name = columns.prediction { predictions = try model.decisions(name, meaning, rows: modelRows) }
      return .binary(
        ScoredOutcomes.Binary(labels: truth, scores: scores, predictions: predictions, weights: weights))
    case .multiclass(let columns):
      return .multiclass(try classes(model, rows: modelRows, columns, weights))
    case .regression(let columns):
      return .regression(try regression(model, rows: modelRows, columns, weights))
    }
  }

  private func weights() throws(ScoreError) -> [Double]? {
    guard let weight = request.weight else { return nil }
    return try predictions.weights(weight, rows: rows)
  }

  // MARK: - Several classes

  private func classes(
    _ model: ScoredTable, rows modelRows: [Int], _ columns: ScoreRequest.ClassColumns, _ weights: [Double]?
  ) throws(ScoreError) -> ScoredOutcomes.Classes {
    let names = columns.scores.map { LabelText($0.name) }
    if let twice = names.indices.first(where: { names[..<$0].contains(names[$0]) }) {
      throw .file(
        model.name,
        "--scores names class '\(names[twice].text)' twice; a whole number is the same with .0 behind it")
    }
    var places = ClassPlaces(names, areAll: !names.isEmpty)
    let truth = try places.codes(labels, request.label, rows: rows, called: "label")
    var predictions: [Int]?
    if let name = columns.prediction {
      predictions = try places.codes(model, name, rows: modelRows, called: "prediction")
    }
    var scores: [[Double]] = []
    for score in columns.scores { scores.append(try model.finite(score.column, rows: modelRows)) }
    if predictions == nil {
      predictions = modelRows.indices.map { row in
        scores.indices.reduce(0) { scores[$1][row] > scores[$0][row] ? $1 : $0 }
      }
    }
    return ScoredOutcomes.Classes(
      names: places.names.map(\.text), labels: truth, predictions: predictions,
      scores: scores.isEmpty ? nil : scores, weights: weights)
  }

  // MARK: - Regression

  private func regression(
    _ model: ScoredTable, rows modelRows: [Int], _ columns: ScoreRequest.RegressionColumns,
    _ weights: [Double]?
  ) throws(ScoreError) -> ScoredOutcomes.Regression {
    var quantiles: [RegressionScoring.Quantile] = []
    for quantile in columns.quantiles {
      quantiles.append(
        RegressionScoring.Quantile(
          level: quantile.level, predictions: try model.finite(quantile.column, rows: modelRows)))
    }
    var predictions = quantiles.first { $0.level == 0.5 }?.predictions
    if let name = columns.prediction { predictions = try model.finite(name, rows: modelRows) }
    return ScoredOutcomes.Regression(
      targets: try labels.finite(request.label, rows: rows), predictions: predictions, quantiles: quantiles,
      weights: weights)
  }
}

/// The classes of a task in the order of their scores' columns, or of their first appearance.
private struct ClassPlaces {
  private(set) var names: [LabelText]
  private var places: [LabelText: Int]
  /// Whether a class without a column is an error.
  private let areAll: Bool

  init(_ names: [LabelText], areAll: Bool) {
    self.names = names
    places = Dictionary(names.enumerated().map { ($1, $0) }) { first, _ in first }
    self.areAll = areAll
  }

  mutating func codes(
    _ file: ScoredTable, _ column: String, rows: [Int], called what: String
  ) throws(ScoreError) -> [Int] {
    let (codes, texts) = try file.texts(column, rows: rows)
    var found = [Int?](repeating: nil, count: texts.count)
    var result: [Int] = []
    result.reserveCapacity(codes.count)
    for (index, code) in codes.enumerated() {
      if let known = found[Int(code)] {
        result.append(known)
        continue
      }
      let text = texts[Int(code)]
      if places[text] == nil {
        guard !areAll else {
          let known = names.map { "'\($0.text)'" }.joined(separator: ", ")
          throw file.value(
            rows[index],
            "the \(what) '\(text.text)' in column '\(column)' is no class that --scores names (\(known))")
        }
        places[text] = names.count
        names.append(text)
      }
      found[Int(code)] = places[text]
      result.append(places[text] ?? 0)
    }
    return result
  }
}
