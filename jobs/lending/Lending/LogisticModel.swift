import Glibc

/// A logistic regression on columns as they are logged: no scaling is left to remember.
public struct LogisticModel: Equatable, Sendable {
  /// The effect of one unit of a column on the log-odds; `typical` stands in for a missing value.
  public struct NumericTerm: Equatable, Sendable {
    public var column: String
    public var coefficient: Double
    public var typical: Double

    public init(column: String, coefficient: Double, typical: Double) {
      self.column = column
      self.coefficient = coefficient
      self.typical = typical
    }
  }

  /// The effect of one category on the log-odds; a category without a term has none.
  public struct CategoricalTerm: Equatable, Sendable {
    public var column: String
    public var category: String
    public var coefficient: Double

    public init(column: String, category: String, coefficient: Double) {
      self.column = column
      self.category = category
      self.coefficient = coefficient
    }
  }

  public var intercept: Double
  public var numeric: [NumericTerm]
  public var categorical: [CategoricalTerm]

  public init(intercept: Double, numeric: [NumericTerm], categorical: [CategoricalTerm]) {
    self.intercept = intercept
    self.numeric = numeric
    self.categorical = categorical
  }

  /// The columns that scoring needs.
  public var numericColumns: [String] { numeric.map(\.column) }
  public var categoricalColumns: [String] { Set(categorical.map(\.column)).sorted() }

  /// The probability of the positive label for each row; the frame must have the model's columns.
  public func probabilities(_ frame: Frame) -> [Double] {
    var logOdds = [Double](repeating: intercept, count: frame.rowCount)
    for term in numeric {
      for (row, value) in frame.numeric[term.column]!.enumerated() {
        logOdds[row] += term.coefficient * (value.isNaN ? term.typical : value)
      }
    }
    for term in categorical {
      for (row, value) in frame.categorical[term.column]!.enumerated() where value == term.category {
        logOdds[row] += term.coefficient
      }
    }
    return logOdds.map { 1 / (1 + exp(-$0)) }
  }
}

extension LogisticModel {
  /// The name of the file inside `model/`.
  public static let fileName = "coefficients.csv"

  /// The model as CSV: `column,category,coefficient,typical`, the intercept first with no column.
  public var text: String {
    var lines = ["column,category,coefficient,typical", ",,\(intercept),"]
    lines += numeric.map { "\(commaSeparatedField($0.column)),,\($0.coefficient),\($0.typical)" }
    lines += categorical.map {
      "\(commaSeparatedField($0.column)),\(commaSeparatedField($0.category)),\($0.coefficient),"
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// Reads what `text` wrote from the folder at `path`.
  public init(folder path: String) throws(LendingError) {
    try self.init(try CommaSeparatedTable(path: path + "/" + Self.fileName))
  }

  /// Reads what `text` wrote.
  public init(_ table: CommaSeparatedTable) throws(LendingError) {
    let (columns, categories) = (try table.texts("column"), try table.texts("category"))
    let (coefficients, typical) = (try table.numbers("coefficient"), try table.numbers("typical"))
    guard columns.first == "", coefficients.allSatisfy(\.isFinite) else {
      throw .malformed(
        path: table.path, line: 2, reason: "the intercept comes first; coefficients are finite")
    }
    self.init(intercept: coefficients[0], numeric: [], categorical: [])
    for row in columns.indices.dropFirst() {
      if typical[row].isNaN {
        categorical.append(
          CategoricalTerm(column: columns[row], category: categories[row], coefficient: coefficients[row]))
      } else {
        numeric.append(
          NumericTerm(column: columns[row], coefficient: coefficients[row], typical: typical[row]))
      }
    }
  }
}
