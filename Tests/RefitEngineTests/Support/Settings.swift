extension EngineProject {
  /// What its `refit.yaml` says.
  struct Settings {
    var clock = "simulated"
    var models = [ModelSettings()]

    init(_ change: (inout ModelSettings) -> Void = { _ in }) {
      change(&models[0])
    }

    var text: String {
      """
      version: 1
      project: test
      clock: \(clock)
      models:
      \(models.map(\.text).joined(separator: "\n"))
      """
    }
  }

  /// One model of it.
  struct ModelSettings {
    var name = "loans"
    var mode = "promote"
    var promotion = "automatic"
    var schedules = #"{nightly: {cron: "0 3 * * *", do: evaluate}}"#
    var retrain = "{cooldown: 2d}"
    var holdout = "{draw: {from: feedback, last: 10d, share: 0.5}}"
    var gates = """
      [{metric: {name: roc_auc, at-least: 0.6}}, \
      {champion: {metric: roc_auc, not-worse-by: 0.02, confidence: 0.95}}]
      """
    var train = ""
    var score = "score: {kind: score, needs: train, run: [python3, jobs/score.py]}"

    var text: String {
      """
        \(name):
          mode: \(mode)
          predictions:
            path: data/\(name)/predictions/*.csv
            columns: {id: id, time: at, score: score, version: version}
          features: {numeric: [x]}
          feedback:
            path: data/\(name)/labels/*.csv
            columns: {id: id, time: at, label: label}
            matures: 1d
          holdout: \(holdout)
          monitors: {performance: {metrics: [roc_auc], window: 7d}}
          schedules: \(schedules)
          retrain: \(retrain)
          pipeline:
            train: {kind: train, run: [python3, jobs/train.py], training: training.csv, id: id\(train)}
            \(score)
          gates: \(gates)
          promotion: \(promotion)
      """
    }
  }
}
