import Testing

@testable import Lending

/// Hours of study and whether the exam was passed: the example of Wikipedia's article "Logistic regression".
private let hours = [
  0.50, 0.75, 1.00, 1.25, 1.50, 1.75, 1.75, 2.00, 2.25, 2.50, 2.75, 3.00, 3.25, 3.50, 4.00, 4.25, 4.50, 4.75,
  5.00,
  5.50,
]
private let passed = [0, 0, 0, 0, 0, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 1, 1, 1, 1, 1].map { $0 == 1 }

@Test func `the fit without a penalty agrees with the published one`() throws {
  let frame = Frame(rowCount: hours.count, numeric: ["hours": hours])
  let model = try LogisticRegression(ridge: 0).fit(frame, labels: passed)
  #expect(abs(model.intercept - -4.0777) < 5e-5)
  #expect(abs(model.numeric[0].coefficient - 1.5046) < 5e-5)
  #expect(abs(model.probabilities(frame)[2] - 0.07) < 0.005)
}

@Test func `the penalised fit agrees with scikit-learn's on standardised columns`() throws {
  // LogisticRegression(C=1/2, tol=1e-12).fit(StandardScaler().fit_transform(hours), passed), scikit-learn 1.9.1
  let frame = Frame(rowCount: hours.count, numeric: ["hours": hours])
  let model = try LogisticRegression(ridge: 2).fit(frame, labels: passed)
  let mean = hours.reduce(0, +) / Double(hours.count)
  let variance = hours.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(hours.count)
  let slope = model.numeric[0].coefficient * variance.squareRoot()
  #expect(abs(slope - 1.102470813360522) < 1e-6)
  #expect(abs(model.intercept + model.numeric[0].coefficient * mean - 0.020758920205640945) < 1e-6)
}

@Test func `one category's term is the difference of its log-odds from the commonest's`() throws {
  let texts = Array(repeating: "a", count: 10) + Array(repeating: "b", count: 5)
  let labels = [4, 2].enumerated().flatMap { index, positives in
    (0..<[10, 5][index]).map { $0 < positives }
  }
  let frame = Frame(rowCount: 15, categorical: ["kind": texts])
  let model = try LogisticRegression(ridge: 0).fit(frame, labels: labels)
  #expect(model.categorical.map(\.category) == ["b"])
  #expect(abs(model.intercept - -0.4054651081) < 1e-9)  // ln(4/6)
  #expect(abs(model.categorical[0].coefficient) < 1e-9)  // 2/5 is the same share
}

@Test func `a missing value counts as the column's mean`() throws {
  let gaps = hours.enumerated().map { $0.offset % 5 == 0 ? Double.nan : $0.element }
  let model = try LogisticRegression().fit(Frame(rowCount: 20, numeric: ["hours": gaps]), labels: passed)
  let typical = model.numeric[0].typical
  let present = gaps.filter { !$0.isNaN }
  #expect(abs(typical - present.reduce(0, +) / Double(present.count)) < 1e-12)
  let scored = model.probabilities(Frame(rowCount: 2, numeric: ["hours": [.nan, typical]]))
  #expect(scored[0] == scored[1])
}

@Test func `one label alone, and separable rows without a penalty, are errors and not models`() {
  let frame = Frame(rowCount: 4, numeric: ["x": [1, 2, 3, 4]])
  #expect(throws: LendingError.notEnough("the 4 training rows do not hold both labels")) {
    try LogisticRegression().fit(frame, labels: [true, true, true, true])
  }
  #expect(throws: LendingError.self) {
    try LogisticRegression(ridge: 0).fit(frame, labels: [false, false, true, true])
  }
  #expect(throws: Never.self) {
    try LogisticRegression(ridge: 1).fit(frame, labels: [false, false, true, true])
  }
}

@Test func `a model reads back as it was written, odd names included`() throws {
  let model = LogisticModel(
    intercept: -1.25, numeric: [.init(column: "income, net", coefficient: 0.1 + 0.2, typical: 2_500)],
    categorical: [.init(column: "work", category: #"the "old" trade"#, coefficient: -1e-17)])
  let table = try CommaSeparatedTable(bytes: Array(model.text.utf8), path: "coefficients.csv")
  #expect(try LogisticModel(table) == model)
}

/// The first is scikit-learn's own example of `roc_auc_score`.
@Test(arguments: [
  Ranking(scores: [0.1, 0.4, 0.35, 0.8], labels: [false, false, true, true], area: 0.75),
  Ranking(scores: [0.5, 0.5, 0.5, 0.5], labels: [false, true, false, true], area: 0.5),
  Ranking(scores: [0.9, 0.1], labels: [false, true], area: 0),
])
func `the area under the curve counts pairs in order`(ranking: Ranking) {
  #expect(areaUnderCurve(scores: ranking.scores, labels: ranking.labels) == ranking.area)
}

struct Ranking: Sendable {
  var scores: [Double]
  var labels: [Bool]
  var area: Double
}

@Test func `the area under the curve is nothing where a label is missing`() {
  #expect(areaUnderCurve(scores: [0.1, 0.2], labels: [true, true]) == nil)
}
