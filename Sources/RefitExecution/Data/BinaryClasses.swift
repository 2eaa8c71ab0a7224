import RefitCore
import RefitTables

/// What labels of a model's binary classification say, and decisions about them: the same as `refit score` reads.
public struct BinaryClasses: Sendable {
  private var meaning: BinaryMeaning
  private let labelColumn: String

  /// No label has been read yet.
  public init(of model: Model) {
    meaning = BinaryMeaning(positive: LabelText(model.feedback?.positive ?? "1"))
    labelColumn = model.feedback?.columns.label ?? "label"
  }

  /// Whether the labels of some rows are of the positive class, in the order of the rows.
  ///
  /// - Parameter place: begins a sentence about a row, by its position among them.
  /// - Throws: a sentence for a label that is missing or, with those read before, a third one.
  public mutating func labels(
    _ column: CategoryColumn, rows: some Sequence<Int>, place: (Int) -> String
  ) throws(DataError) -> [Bool] {
    var isPositive = [Bool?](repeating: nil, count: column.names.count)
    var labels: [Bool] = []
    for (position, row) in rows.enumerated() {
      let code = Int(column.codes[row])
      guard code >= 0 else { throw DataError("\(place(position)): the label is missing") }
      if isPositive[code] == nil {
        let label = LabelText(column.names[code])
        guard let found = meaning.isPositive(label) else {
          throw DataError("\(place(position)): \(meaning.refusal(of: label, column: labelColumn))")
        }
        isPositive[code] = found
      }
      labels.append(isPositive[code] == true)
    }
    return labels
  }

  /// Whether the decisions in some rows are for the positive class, as the labels that were read tell.
  ///
  /// - Parameter place: begins a sentence about a row, by its position among them.
  /// - Throws: a sentence for a decision that is missing, or for neither class.
  public func decisions(
    _ column: CategoryColumn, rows: some Sequence<Int>, place: (Int) -> String
  ) throws(DataError) -> [Bool] {
    var words = meaning.words
    var isPositive = [Bool?](repeating: nil, count: column.names.count)
    var decisions: [Bool] = []
    for (position, row) in rows.enumerated() {
      let code = Int(column.codes[row])
      guard code >= 0 else { throw DataError("\(place(position)): the prediction is missing") }
      if isPositive[code] == nil {
        let text = LabelText(column.names[code])
        guard let found = words.isPositive(text) else {
          throw DataError("\(place(position)): the decision '\(text.text)' is \(words.expected)")
        }
        isPositive[code] = found
      }
      decisions.append(isPositive[code] == true)
    }
    return decisions
  }
}
