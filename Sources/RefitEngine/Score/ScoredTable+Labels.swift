import RefitStatistics
import RefitTables

extension ScoredTable {
  /// The rows that have a label: in a column of numbers all but the missing ones, which may not be infinite.
  func labelledRows(_ column: String, _ task: ScoreRequest.Task) throws(ScoreError) -> [Int] {
    if case .regression = task {
      let numbers = try numbers(column)
      let rows = numbers.indices.filter { !numbers[$0].isNaN }
      for row in rows where !numbers[row].isFinite {
        throw value(row, of: column, "the label in column '\(column)' is not finite")
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
      throw value(rows[index], of: column, "the weight in column '\(column)' is negative")
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
        throw value(rows[index], of: column, meaning.refusal(of: label, column: column))
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
          rows[index], of: column, "the prediction '\(text.text)' in column '\(column)' is \(words.expected)")
      }
      found[Int(code)] = isPositive
      return isPositive
    }
  }
}

/// What the labels of a binary task say.
struct BinaryMeaning {
  private let positive: LabelText?
  private var negative: LabelText?

  init(positive: LabelText?) { self.positive = positive }

  /// Whether a label is the positive one; nil for a third one, and where nothing says what it means.
  mutating func isPositive(_ label: LabelText) -> Bool? {
    guard let positive else { return label.truth }
    if label == positive { return true }
    if negative == nil { negative = label }
    return label == negative ? false : nil
  }

  /// How decisions about these labels are to be read.
  var words: DecisionWords { DecisionWords(positive: positive, negative: negative) }

  func refusal(of label: LabelText, column: String) -> String {
    guard let positive, let negative else {
      return
        "the label '\(label.text)' in column '\(column)' is neither 1 nor 0, neither true nor false: say which "
        + "label is positive with --positive"
    }
    return
      "the labels in column '\(column)' have more than two values ('\(negative.text)', '\(label.text)' and the "
      + "positive '\(positive.text)'): a binary task has two"
  }
}

/// The words for the two decisions in a column: the labels' own, and 1 and 0, true and false, unless these may be labels
/// that mean something else, as where the labels are 1 and 2.
struct DecisionWords {
  private let positive: LabelText?
  /// Nil while no row has shown it.
  private var negative: LabelText?
  private let areTruthsMeant: Bool

  fileprivate init(positive: LabelText?, negative: LabelText?) {
    self.positive = positive
    self.negative = negative
    let isPositiveAgreed = positive?.truth == true && (negative == nil || negative?.truth == false)
    let areWords = ![positive, negative].contains { $0?.truth != nil || $0?.isWholeNumber == true }
    areTruthsMeant = isPositiveAgreed || areWords
  }

  /// Whether a decision is for the positive class; nil for a word that says neither.
  mutating func isPositive(_ text: LabelText) -> Bool? {
    if text == positive { return true }
    if text == negative { return false }
    if areTruthsMeant, let truth = text.truth { return truth }
    // The other of two labels may be one that no row has.
    guard let positive, negative == nil, text.truth == nil || text.truth != positive.truth else { return nil }
    negative = text
    return false
  }

  /// `neither 'yes' nor 'no', nor 1 or 0`.
  var expected: String {
    guard let positive else { return "neither 1 nor 0, neither true nor false" }
    guard let negative else { return "neither '\(positive.text)' nor another label" }
    return "neither '\(positive.text)' nor '\(negative.text)'" + (areTruthsMeant ? ", nor 1 or 0" : "")
  }
}
