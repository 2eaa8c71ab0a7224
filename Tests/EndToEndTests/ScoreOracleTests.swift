import Foundation
import RefitTesting
import Testing

/// The numbers of `refit score`, against scikit-learn, fairlearn and scipy, which read the same files.
@Suite struct ScoreOracleTests {
  private struct Dataset: Decodable {
    let csv: String
    let champion: String
  }

  private func dataset(_ name: String) throws -> (ScratchDirectory, Dataset) {
    let files = try Oracle.ask(
      "score_oracle.py", JSONTree.object(["kind": .text("dataset"), "name": .text(name)]), as: Dataset.self)
    return (try scratch(files.csv, champion: files.champion), files)
  }

  private func scratch(_ csv: String, champion: String? = nil) throws -> ScratchDirectory {
    let scratch = try ScratchDirectory("refit-score")
    try scratch.write(csv, to: "new.csv")
    if let champion { try scratch.write(champion, to: "old.csv") }
    return scratch
  }

  private func score(_ scratch: ScratchDirectory, _ arguments: [String]) throws -> JSONTree {
    let command = try Command.run(
      try Products.path("refit"), ["score", "new.csv", "--json"] + arguments, in: scratch.path)
    try #require([0, 1, 2].contains(command.status), "\(command.errors)")
    return try JSONDecoder().decode(JSONTree.self, from: Data(command.output.utf8))
  }

  private func expected(_ question: [String: JSONTree]) throws -> JSONTree {
    try Oracle.ask("score_oracle.py", JSONTree.object(question), as: JSONTree.self)
  }

  /// Every leaf of the expected tree is in the answer; what does not exist there has a reason.
  private func expectAgreement(_ answer: JSONTree?, _ expected: JSONTree, at place: String) {
    guard case .object(let members) = expected else { return expectLeaf(answer, expected, at: place) }
    for (key, value) in members {
      if key == "standard_error_about" {
        let ratio = (answer?["standard_error"]?.number ?? 0) / (value.number ?? 1)
        #expect(abs(ratio - 1) < 0.2, "\(place): a standard error \(ratio) times that of numpy's resamples")
        continue
      }
      expectAgreement(answer?[key], value, at: "\(place).\(key)")
      if value == .null { #expect(answer?["\(key)_undefined"]?.text != nil, "\(place).\(key) has no reason") }
    }
  }

  private func expectLeaf(_ answer: JSONTree?, _ expected: JSONTree, at place: String) {
    guard case .number(let wanted) = expected, let number = answer?.number else {
      #expect(answer == expected, "\(place)")
      return
    }
    let isPValue = place.contains("p_value")
    let reach = isPValue ? 1e-6 : max(1e-8 * max(abs(number), abs(wanted)), 1e-11)
    #expect(abs(number - wanted) <= reach, "\(place): \(number) and not \(wanted)")
  }

  // MARK: - Binary

  @Test func `a model of breast cancer is scored, grouped and compared as the libraries do`() throws {
    let (scratch, files) = try dataset("breast_cancer")
    let answer = try score(
      scratch,
      [
        "--task", "binary-classification", "--label", "y", "--score", "p1", "--groups", "sex,race",
        "--min-group", "30",
        "--against", "old.csv", "--confidence", "0.9", "--resamples", "300", "--margin", "0.01",
        "--lift", "0.3,0.65", "--costs", "fp=5,fn=1,tp=-0.5",
      ])
    let wanted = try expected([
      "kind": .text("binary"), "csv": .text(files.csv), "champion": .text(files.champion),
      "label": .text("y"),
      "score": .text("p1"), "threshold": .number(0.5), "confidence": .number(0.9), "minimum": .number(30),
      "groups": .list([.text("sex"), .text("race")]), "bootstrap": .truth(true),
      "lift": .list([.number(0.3), .number(0.65)]),
      "costs": .object(["fp": .number(5), "fn": .number(1), "tp": .number(-0.5)]),
    ])
    expectAgreement(answer, wanted, at: "breast_cancer")
    #expect(answer["metrics"]?.keys == wanted["metrics"]?.keys)
    #expect(answer["comparison", "metrics"]?.keys == wanted["metrics"]?.keys, "what is scored is compared")
    #expect(answer["fairness"]?.keys == ["sex", "race", "sex & race"])
    for (_, interval) in try #require(answer["intervals"]).members {
      let (low, high) = (try #require(interval["lower"]?.number), try #require(interval["upper"]?.number))
      #expect(low < high)
      #expect(interval["confidence"]?.number == 0.9)
    }
  }

  @Test func `what is below the threshold may be the favourable decision`() throws {
    let (scratch, files) = try dataset("breast_cancer")
    let answer = try score(
      scratch,
      [
        "--task", "binary-classification", "--label", "y", "--score", "p1", "--groups", "race", "--min-group",
        "1",
        "--favourable", "below", "--threshold", "0.7", "--resamples", "100",
      ])
    let wanted = try expected([
      "kind": .text("binary"), "csv": .text(files.csv), "label": .text("y"), "score": .text("p1"),
      "threshold": .number(0.7), "confidence": .number(0.95), "minimum": .number(1),
      "groups": .list([.text("race")]),
      "favourable": .text("below"),
    ])
    expectAgreement(answer, wanted, at: "below")
  }

  @Test(arguments: [UInt64](1...4))
  func `files with weights, missing labels and quotes are read as Python reads them`(seed: UInt64) throws {
    var world = RandomPredictions(seed: seed)
    let csv = world.file()
    let isWeighted = seed % 2 == 0
    let answer = try score(
      try scratch(csv),
      [
        "--task", "binary-classification", "--label", "the \"label\"", "--score", "score", "--prediction",
        "said",
        "--positive", "yes, please", "--groups", "group", "--min-group", "5", "--resamples", "100",
        "--lift", "0.15", "--costs", "fn=3,fp=1",
      ] + (isWeighted ? ["--weight", "weight"] : []))
    var question: [String: JSONTree] = [
      "kind": .text("binary"), "csv": .text(csv), "label": .text("the \"label\""), "score": .text("score"),
      "prediction": .text("said"), "positive": .text("yes, please"), "threshold": .number(0.5),
      "confidence": .number(0.95), "minimum": .number(5), "groups": .list([.text("group")]),
      "lift": .list([.number(0.15)]), "costs": .object(["fn": .number(3), "fp": .number(1)]),
    ]
    if isWeighted { question["weight"] = .text("weight") }
    expectAgreement(answer, try expected(question), at: "seed \(seed)")
    #expect(answer["rows_without_label"]?.number ?? 0 > 0)
  }

  // MARK: - Others

  @Test func `a model of three wines is scored and compared as the libraries do`() throws {
    let (scratch, files) = try dataset("wine")
    let answer = try score(
      scratch,
      [
        "--task", "multiclass-classification", "--label", "y", "--scores", "0=p0,1=p1,2=p2", "--against",
        "old.csv",
        "--resamples", "100", "--groups", "sex", "--min-group", "10",
      ])
    let wanted = try expected([
      "kind": .text("multiclass"), "csv": .text(files.csv), "champion": .text(files.champion),
      "label": .text("y"),
      "scores": .object(["0": .text("p0"), "1": .text("p1"), "2": .text("p2")]), "confidence": .number(0.95),
    ])
    expectAgreement(answer, wanted, at: "wine")
    #expect(answer["metrics"]?.keys == wanted["metrics"]?.keys)
    #expect(answer["comparison", "metrics"]?.keys == wanted["metrics"]?.keys, "what is scored is compared")
    let groups = try #require(answer["fairness"]?["sex"])
    let accuracies = ["F", "M"].compactMap { groups["groups", $0, "accuracy"]?.number }
    #expect(groups["measures", "accuracy_parity_difference"]?.number == abs(accuracies[0] - accuracies[1]))
  }

  @Test(arguments: [nil, "weight"])
  func `a model of diabetes is scored, grouped and compared as the libraries do`(weight: String?) throws {
    let (scratch, files) = try dataset("diabetes")
    let answer = try score(
      scratch,
      [
        "--task", "regression", "--label", "y", "--prediction", "p", "--quantiles", "0.1=low,0.5=p,0.9=high",
        "--against", "old.csv", "--groups", "sex", "--resamples", "400",
      ] + (weight.map { ["--weight", $0] } ?? []))
    var question: [String: JSONTree] = [
      "kind": .text("regression"), "csv": .text(files.csv), "champion": .text(files.champion),
      "label": .text("y"),
      "prediction": .text("p"), "confidence": .number(0.95), "groups": .list([.text("sex")]),
      "quantiles": .object(["0.1": .text("low"), "0.5": .text("p"), "0.9": .text("high")]),
      "span": .list([.text("0.1"), .text("0.9")]),
    ]
    if let weight { question["weight"] = .text(weight) }
    let wanted = try expected(question)
    expectAgreement(answer, wanted, at: "diabetes")
    #expect(answer["metrics"]?.keys == wanted["metrics"]?.keys)
    #expect(answer["comparison", "metrics"]?.keys == wanted["metrics"]?.keys, "what is scored is compared")
    #expect(abs((answer["span", "nominal_coverage"]?.number ?? 0) - 0.8) < 1e-12)
  }
}

extension JSONTree {
  fileprivate var members: [String: JSONTree] { if case .object(let members) = self { members } else { [:] } }
}

/// Predictions with whatever a file can hold beside them.
private struct RandomPredictions {
  private var generator: SeededGenerator

  init(seed: UInt64) { generator = SeededGenerator(seed: seed) }

  mutating func file() -> String {
    "\"the \"\"label\"\"\",score,said,weight,group,note\n"
      + (0..<Int.random(in: 60...160, using: &generator)).map { _ in row() + "\n" }.joined()
  }

  private mutating func row() -> String {
    let isPositive = generator.chance(0.4)
    let label = generator.chance(0.1) ? "" : isPositive ? "\"yes, please\"" : "no"
    let score = min(1, max(0, (generator.bell() / 4 + (isPositive ? 0.6 : 0.4)) * 20).rounded() / 20)
    let said = generator.chance(0.7) ? "\(score >= 0.5 ? 1 : 0)" : score >= 0.5 ? "\"yes, please\"" : "no"
    let group = generator.pick(["Ä", "\"B, \"\"b\"\"\"", "C", ""])
    return "\(label),\(score),\(said),\(generator.pick([0.0, 0.5, 1, 2])),\(group),\"a\nnote\""
  }
}
