import RefitConfiguration
import RefitCore
import Testing

@Suite struct AllErrorsTests {
  @Test("Every error of a file is told at once, in the order of their places")
  func atOnce() {
    let text = """
      version: 2
      project: Big Bank
      timezone: Nowhere
      colour: blue
      models:
        credit risk: {}
        credit-risk:
          mode: promot
          like: scorecard
          predictions:
            path: data/predictions.xlsx
            columns: {id: a, time: b, score: c}
          feedback:
            path: labels.csv
            columns: {id: a, time: b}
          schedules:
            nightly: {cron: "99 2 * * *", do: evaluate, do: retrain}
          retrain:
            when:
              any:
                - performance: {metric: roc_auc, drop: 0.03, from: promotion, for: 0}
                - drift: {statistic: psi, treshold: 0.2}
            cooldown: 7
          pipeline:
            train: {kind: train, needs: prepar, run: [a], timeout: 0s}
            prepare: {run: "a b"}
          gates:
            - metric: {name: auc, at-least: 7}
      """
    #expect(
      SampleFile.diagnostics(of: text).map { "\($0.line):\($0.column) \($0.message.prefix(34))" } == [
        "1:10 'version' must be a whole number f", "2:10 'project' must be text of 1 to 63 ",
        "3:11 unknown time zone 'Nowhere': names", "4:1 unknown key 'colour' in the file",
        "6:3 the name of a model must be text o", "8:11 unknown mode 'promot': did you mea",
        "9:5 'like' is not supported yet", "11:13 'data/predictions.xlsx' must end i",
        "15:7 missing key 'label' in 'columns' o", "17:24 cron expression, minute: 99 is out",
        "17:51 duplicate key 'do': it is already ", "21:78 'for' must be a whole number from ",
        "22:13 missing key 'above' in condition '", "22:37 unknown key 'treshold' in conditio",
        "23:17 'cooldown' must be a duration such", "25:35 job 'train' needs the unknown job ",
        "25:62 'timeout' must be a duration such ", "26:22 'run' must be a list, not 'a b'",
        "28:9 gate 'metric' needs a 'holdout', a", "28:9 gate 'metric' needs a job of 'kind",
        "28:24 unknown metric 'auc': did you mean",
      ])
  }

  @Test("A part that is wrong causes no second error in what refers to it")
  func noFollowUp() {
    let text = SampleFile.lending.split(separator: "label: defaulted").joined(separator: "label: 1")
      .split(separator: "numeric: [income, loan_amount]").joined(separator: "numeric: income")
      .split(separator: "share: 0.3").joined(separator: "share: 3")
    #expect(SampleFile.errors(of: text).map(\.line) == [13, 16, 22])
  }

  @Test("Errors and warnings print as compilers do, and are JSON for programs")
  func printing() throws {
    let error = ConfigurationDiagnostic(severity: .error, file: "a.yaml", line: 3, column: 4, message: "bad")
    let warning = ConfigurationDiagnostic(
      severity: .warning, file: "a.yaml", line: 5, column: 1, message: "odd")
    #expect("\(error)" == "a.yaml:3:4: bad")
    #expect("\(warning)" == "a.yaml:5:1: warning: odd")
    #expect("\(ConfigurationError(diagnostics: [error, warning]))" == "\(error)")
  }
}
