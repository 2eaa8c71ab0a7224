import Foundation
import RefitConfiguration
import Testing

@Suite("What is allowed and probably not meant is warned of") struct WarningTests {
  @Test("A file has one warning, at its place, or none", arguments: Warned.all)
  func warning(of file: Warned) {
    let warnings = SampleFile.diagnostics(of: file.text).map(\.description)
    #expect(warnings == file.expected)
  }

  /// A change to a sample, with the mark `«` where the warning is expected; nil for none.
  struct Warned: Sendable, CustomTestStringConvertible {
    let text: String
    let expected: [String]
    let testDescription: String

    init(_ message: String, _ old: String, _ new: String, in file: String) {
      let parts = file.split(separator: old, omittingEmptySubsequences: false)
      precondition(parts.count == 2, "'\(old)' is \(parts.count - 1) times in the file")
      let marked = MarkedText(parts.joined(separator: new))
      text = marked.text
      expected = ["refit.yaml:\(marked.line):\(marked.column): warning: \(message)"]
      testDescription = message
    }

    init(without text: String) {
      self.text = text
      expected = []
      testDescription = "no warning"
    }

    /// The big sample has one warning of its own.
    private static let calm = SampleFile.lending.split(separator: ", for: {of: 5, at-least: 3}").joined()

    static let all = [
      Warned(without: calm),
      Warned(without: SampleFile.observed),
      Warned(
        "the windows of 3d overlap: schedule 'nightly' evaluates every 1d, so that what agrees is mostly "
          + "the same rows",
        ", for: {of: 5", ", «for: {of: 5", in: SampleFile.lending),
      Warned(
        "nothing of model 'one' will be promoted automatically: it has no holdout", "one:", "«one:",
        in: SampleFile.smallest),
      Warned(
        "nothing of model 'credit-risk' will be promoted automatically: it has no gates",
        gates, "    gates: []\n    promotion: «automatic", in: calm),
      Warned(
        "nothing evaluates this policy: model 'credit-risk' has no schedule with 'do: evaluate'",
        "do: evaluate, misfire: once}", "do: retrain}", in: calm.marking("      when:", "      «when:")),
      Warned(
        "schedule 'yearly-refresh' has no effect: with 'mode: observe' nothing is retrained", "mode: promote",
        "mode: observe", in: calm.marking("yearly-refresh", "«yearly-refresh")),
      Warned(
        "'grace' of 1d is not shorter than the 1d between occurrences: one that was left out is not late yet when "
          + "the next one comes", "misfire: once", "misfire: {run: skip, grace: «1d}", in: calm),
      Warned(
        "roc_auc is better when it is higher: this is true of a good model", "drop: 0.03, from: promotion",
        "«above: 0.9", in: calm),
      Warned(
        "the gate 'leakage' will be inconclusive: job 'train' does not declare 'training' and 'id'",
        "        training: training.csv\n        id: application_id\n", "",
        in: calm.marking("      train:", "      «train:")),
      Warned(
        "schedule 'hourly' decides nothing: there are no 'monitors', and 'retrain' has no 'when'",
        "    monitors:\n      performance: {metrics: [rmse, mae]}\n", "",
        in: idle.marking("hourly", "«hourly")),
    ]

    private static let gates = String(
      calm[calm.range(of: "    gates:")!.lowerBound..<calm.range(of: "promotion: automatic")!.upperBound])

    private static let idle = String(
      SampleFile.observed[..<SampleFile.observed.range(of: "    retrain:")!.lowerBound])
  }
}

extension String {
  fileprivate func marking(_ old: String, _ new: String) -> String {
    split(separator: old, omittingEmptySubsequences: false).joined(separator: new)
  }
}
