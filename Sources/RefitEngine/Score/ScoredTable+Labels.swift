import RefitCore
import RefitStatistics
import RefitTables

extension ScoredTable {
  /// The rows that have a label: in a column of numbers all but the missing ones, which may not be infinite.
  func labelledRows(_ column: String, _ task: ScoreRequest.Task) throws(ScoreError) -> [Int] {
    if case .regression = task {
      let numbers = try numbers(column)
      let rows = numbers.indices.filter { !numbers[$0].isNaN }
      for row in rows where !numbers[row].isFinite {
        throw value(row, "the label in column '\(column)' is not finite")
      }
      return rows
    }
    let codes = try categories(column).codes
    return codes.indices.filter { codes[$0] >= 0 }
  }

  /// The weights of some rows.
  func weights(_ column: String, rows: [Int]) throws(ScoreError) -> [Double] {
    let weights = try finite(column, rows: rows)
    for (index, weight) in weights.enumerated() where weight < 0 {
      throw value(rows[index], "the weight in column '\(column)' is negative")
    }
    return weights
  }

  /// Whether each label is the positive one.
  ///
  /// - Throws: where there are more than two labels, or nothing says which is positive.
  func binaryLabels(
    _ column: String, positive: String?, rows: [Int]
  ) throws(ScoreError) -> (labels: [Bool], meaning: BinaryMeaning) {
    let (codes, names) = try texts(column, rows: rows)
    var meaning = BinaryMeaning(positive: positive.map(LabelText.init))
    var found = [Bool?](repeating: nil, count: names.count)
    var labels: [Bool] = []
    labels.reserveCapacity(codes.count)
    for (index, code) in codes.enumerated() {
      if let known = found[Int(code)] {
        labels.append(known)
        continue
      }
      let label = names[Int(code)]
      guard let isPositive = meaning.isPositive(label) else {
        if let positive, !names.contains(LabelText(positive)) {
          throw .file(name, "no label in column '\(column)' is '\(positive)', which --positive names")
        }
        let remedy = positive == nil ? ": say which label is positive with --positive" : ""
        throw value(rows[index], meaning.refusal(of: label, column: column) + remedy)
      }
      found[Int(code)] = isPositive
      labels.append(isPositive)
    }
    return (labels, meaning)
  }

  /// Whether each decision is for the positive class, told by the labels' own texts, or by 1 and 0 or true and false
  /// where these are no labels.
  func decisions(_ column: String, _ meaning: BinaryMeaning, rows: [Int]) throws(ScoreError) -> [Bool] {
    let (codes, names) = try texts(column, rows: rows)
    var words = meaning.words
    var found = [Bool?](repeating: nil, count: names.count)
    return try codes.enumerated().map { index, code throws(ScoreError) in
      if let known = found[Int(code)] { return known }
      let text = names[Int(code)]
      guard let isPositive = words.isPositive(text) else {
        throw value(
          rows[index], "the prediction '\(text.text)' in column '\(column)' is \(words.expected)")
      }
      found[Int(code)] = isPositive
      return isPositive
    }
  }
}
