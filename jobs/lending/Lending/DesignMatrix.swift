/// Standardised numeric columns, indicators of categories and a leading 1, row by row.
struct DesignMatrix {
  private(set) var values: [Double]
  let width: Int
  let rowCount: Int
  private let numeric: [(column: String, mean: Double, deviation: Double)]
  private let categories: [(column: String, category: String)]

  /// Lays out the columns of `frame`; of each categorical column the commonest category is the one without a term.
  init(_ frame: Frame) {
    let numeric = frame.numeric.keys.sorted().map { column in
      let present = frame.numeric[column]!.filter { !$0.isNaN }
      let mean = present.reduce(0, +) / Double(max(present.count, 1))
      let variance = present.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(max(present.count, 1))
      return (column: column, mean: mean, deviation: variance > 0 ? variance.squareRoot() : 1)
    }
    var categories: [(column: String, category: String)] = []
    for (column, texts) in frame.categorical.sorted(by: { $0.key < $1.key }) {
      let counts = Dictionary(texts.map { ($0, 1) }, uniquingKeysWith: +)
      let commonest = counts.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key
      categories += counts.keys.filter { $0 != commonest }.sorted().map { (column, $0) }
    }
    width = 1 + numeric.count + categories.count
    rowCount = frame.rowCount
    values = [Double](repeating: 0, count: width * rowCount)
    for row in 0..<rowCount { values[row * width] = 1 }
    for (offset, term) in numeric.enumerated() {
      for (row, value) in frame.numeric[term.column]!.enumerated() where !value.isNaN {
        values[row * width + 1 + offset] = (value - term.mean) / term.deviation
      }
    }
    for (offset, term) in categories.enumerated() {
      for (row, text) in frame.categorical[term.column]!.enumerated() where text == term.category {
        values[row * width + 1 + numeric.count + offset] = 1
      }
    }
    self.numeric = numeric
    self.categories = categories
  }

  /// Coefficients on the standardised columns, told in the units of the logged ones.
  func model(_ coefficients: [Double]) -> LogisticModel {
    var intercept = coefficients[0]
    var terms: [LogisticModel.NumericTerm] = []
    for (term, coefficient) in zip(numeric, coefficients.dropFirst()) {
      let slope = coefficient / term.deviation
      intercept -= slope * term.mean
      terms.append(.init(column: term.column, coefficient: slope, typical: term.mean))
    }
    let indicators = zip(categories, coefficients.dropFirst(1 + numeric.count)).map { term, coefficient in
      LogisticModel.CategoricalTerm(column: term.column, category: term.category, coefficient: coefficient)
    }
    return LogisticModel(intercept: intercept, numeric: terms, categorical: indicators)
  }
}
