import RefitConfiguration
import RefitCore

/// Files that the tests begin with, and what comes of them.
enum SampleFile {
  /// A file that uses everything that can be configured.
  static let lending = """
    version: 1
    project: lending
    timezone: Europe/Berlin
    concurrency: 2
    clock: wall
    models:
      credit-risk:
        mode: promote
        task: binary-classification
        predictions:
          path: data/predictions/*.csv
          columns: {id: application_id, time: scored_at, score: probability, version: model_version}
        features: {numeric: [income, loan_amount], categorical: [region, employment]}
        feedback:
          path: data/labels/*.csv
          columns: {id: application_id, time: labelled_at, label: defaulted}
          positive: 1
          matures: 30d
        decision: {threshold: 0.12, favourable: below}
        reference: data/reference.csv
        holdout:
          draw: {from: feedback, last: 30d, share: 0.3, by: id}
          groups: [sex, age_band]
        monitors:
          performance: {metrics: [roc_auc, recall, brier], window: 14d, by: matured}
          drift: {statistics: [psi, ks_statistic], window: 3d, by: predicted}
        schedules:
          nightly: {cron: "15 2 * * *", do: evaluate, misfire: once}
          yearly-refresh: {cron: 0 5 2 2 *, do: retrain, timezone: America/New_York}
        retrain:
          when:
            any:
              - performance: {metric: roc_auc, drop: 0.03, from: promotion, min-samples: 500}
              - drift: {statistic: psi, above: 0.2, at-least-columns: 3, for: {of: 5, at-least: 3}}
              - all:
                  - feedback: {rows: 5000}
                  - not: {observation: {name: error_rate, above: 0.01, for: 2}}
              - age: {over: 180d, since: promoted}
          cooldown: 3d
          after-failure: 2h
        pipeline:
          prepare: {run: [jobs/prepare], outputs: [training.csv, profile/]}
          train:
            kind: train
            needs: prepare
            run: [python3, jobs/train.py, --depth, "3"]
            training: training.csv
            id: application_id
            timeout: 2h
            grace: 10s
            retries: {attempts: 3, backoff: 1m}
            memory: 4GiB
            log: 1MiB
            variables: {OMP_NUM_THREADS: "2", DSN: "pg://${DB_USER}@db/x", TOKEN: "${file:/run/token}"}
          score: {kind: score, needs: [train], run: [python3, jobs/score.py], code: jobs, timeout: 20m}
        gates:
          - metric: {name: roc_auc, at-least: 0.74, confidence: 0.95}
          - champion: {metric: roc_auc, not-worse-by: 0.02, confidence: 0.95}
          - fairness: {measure: equalized_odds_difference, groups: [sex], at-most: 0.1, min-group: 50}
          - leakage: {}
        promotion: automatic

    """

  /// The least that a file may say.
  static let smallest = """
    version: 1
    project: small
    models:
      one:
        schedules:
          weekly: {cron: "@weekly", do: retrain}
        pipeline:
          train: {kind: train, run: [jobs/train]}

    """

  /// A regression that is only observed.
  static let observed = """
    version: 1
    project: energy
    models:
      load:
        mode: observe
        task: regression
        predictions:
          path: /srv/predictions/*.csv
          columns: {id: id, time: at, score: predicted}
        feedback:
          path: ../labels.csv
          columns: {id: id, time: at, label: actual}
        monitors:
          performance: {metrics: [rmse, mae]}
        schedules:
          hourly: {cron: 5 * * * *, do: evaluate}
        retrain:
          when:
            performance: {metric: rmse, rise: 5%, from: promotion, window: 1h}

    """

  static let good = [lending, smallest, observed]

  /// What the tests call a zone.
  static let zones: Set<String> = ["UTC", "Europe/Berlin", "America/New_York"]

  static func parse(
    _ text: String
  ) throws(ConfigurationError) -> (project: Project, warnings: [ConfigurationDiagnostic]) {
    try parse(bytes: Array(text.utf8))
  }

  static func parse(
    bytes: [UInt8]
  ) throws(ConfigurationError) -> (project: Project, warnings: [ConfigurationDiagnostic]) {
    try ConfigurationFile.parse(bytes, file: "refit.yaml", zoneExists: zones.contains)
  }

  /// What is said of a file, warnings and all.
  static func diagnostics(of text: String) -> [ConfigurationDiagnostic] {
    do throws(ConfigurationError) {
      return try parse(text).warnings
    } catch {
      return error.diagnostics
    }
  }

  static func errors(of text: String) -> [ConfigurationDiagnostic] {
    diagnostics(of: text).filter { $0.severity == .error }
  }
}
