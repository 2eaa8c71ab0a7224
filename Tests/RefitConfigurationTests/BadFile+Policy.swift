extension BadFile {
  private static let log = "{path: a.csv, columns: {id: a, time: b, score: c}}"
  private static let feedback = "{path: a.csv, columns: {id: a, time: b, label: c}}"

  static let conditions = [
    BadFile(
      "condition 'performance' may have only one of 'below', 'above', 'drop' and 'rise'",
      ("drop: 0.03,", "drop: 0.03, «below: 0.7,")),
    BadFile(
      "condition 'performance' needs one of 'below', 'above', 'drop' and 'rise'",
      ("performance: {metric: roc_auc, drop: 0.03, from: promotion,", "«performance: {metric: roc_auc,")),
    BadFile(
      "missing key 'from' in condition 'performance'",
      (
        "performance: {metric: roc_auc, drop: 0.03, from: promotion,",
        "«performance: {metric: roc_auc, drop: 0.03,"
      )),
    BadFile("'from' is for 'drop' and 'rise', not for 'below'", ("drop: 0.03, from", "below: 0.7, «from")),
    BadFile(
      "roc_auc is better when it is higher: use 'drop'", ("drop: 0.03", "«rise: 0.03"),
      beyondSchema: .relation),
    BadFile(
      "rmse is better when it is lower: use 'rise'", ("rise: 5%", "«drop: 5%"), in: SampleFile.observed,
      beyondSchema: .relation),
    BadFile(
      "roc_auc does not fit the task regression: use rmse, mae, mape, r2",
      ("metric: rmse", "metric: «roc_auc"),
      ("rise", "drop"), in: SampleFile.observed, beyondSchema: .relation),
    BadFile(
      "roc_auc does not fit the task regression: use rmse, mae, mape, r2",
      ("[rmse, mae]", "[rmse, «roc_auc]"),
      in: SampleFile.observed, beyondSchema: .relation),
    BadFile(
      "rmse reads 'score', which 'columns' of 'predictions' do not have", (", score: predicted", ""),
      ("[rmse, mae]", "[«rmse]"),
      ("performance: {metric: rmse, rise: 5%, from: promotion, window: 1h}", "age: {over: 1d}"),
      in: SampleFile.observed, beyondSchema: .relation),
    BadFile(
      "accuracy reads 'score' or 'prediction', which 'columns' of 'predictions' do not have",
      (", score: probability", ""), ("[roc_auc, recall, brier]", "[«accuracy]"),
      ("performance: {metric: roc_auc, drop: 0.03, from: promotion, min-samples: 500}", "age: {over: 1d}"),
      beyondSchema: .relation),
    BadFile(
      "'from: holdout' needs a gate 'metric' or 'champion' on recall",
      ("metric: roc_auc, drop: 0.03, from: promotion", "metric: recall, drop: 0.03, from: «holdout"),
      beyondSchema: .relation),
    BadFile(
      "'from: holdout' needs a 'holdout', and model 'load' has none", ("from: promotion", "from: «holdout"),
      in: SampleFile.observed, beyondSchema: .relation),
    BadFile(
      "condition 'drift' may have only one of 'at-least-columns', 'share' and 'columns'",
      ("at-least-columns: 3", "at-least-columns: 3, «share: 0.5")),
    BadFile(
      "psi is computed on 4 of the 'features', never on 5", ("at-least-columns: 3", "at-least-columns: «5"),
      beyondSchema: .relation),
    BadFile(
      "'incom' is not in 'features': did you mean 'income'?", ("at-least-columns: 3", "columns: [«incom]"),
      beyondSchema: .relation),
    BadFile(
      "'probability' is no feature: it is the column of the score",
      ("at-least-columns: 3", "columns: [«probability]"), beyondSchema: .relation),
    BadFile(
      "ks_statistic is for numeric columns, and 'region' is categorical",
      (
        "statistic: psi, above: 0.2, at-least-columns: 3",
        "statistic: ks_statistic, above: 0.2, columns: [«region]"
      ), beyondSchema: .relation),
    BadFile(
      "unseen_share is for categorical columns, and 'income' is numeric",
      (
        "statistic: psi, above: 0.2, at-least-columns: 3",
        "statistic: unseen_share, above: 0.2, columns: [«income]"
      ), beyondSchema: .relation),
    BadFile(
      "chi2_pvalue does not grow with drift; a bound needs one of "
        + "psi, psi_missing, psi_evidently, kl_reference_current, kl_current_reference, js_distance, hellinger, "
        + "total_variation, l_infinity, ks_statistic, wasserstein, wasserstein_normalised, chi2_statistic, "
        + "unseen_share, missing_share_current",
      ("statistic: psi, above: 0.2", "statistic: «chi2_pvalue, above: 0.2")),
    BadFile(
      "ks_statistic is for numeric columns, and 'features' lists none",
      ("numeric: [income, loan_amount], ", ""), ("[psi, ks_statistic]", "[psi, «ks_statistic]"),
      ("at-least-columns: 3", "at-least-columns: 2"), beyondSchema: .relation),
    BadFile(
      "condition 'drift' has nothing to compare with: give 'reference', or 'training' of the train job",
      (
        "performance: {metric: rmse, rise: 5%, from: promotion, window: 1h}",
        "drift: {statistic: «psi, above: 0.2}"
      ), in: SampleFile.observed, beyondSchema: .relation),
    BadFile(
      "the window of 3d of monitor 'drift' overlaps its reference, the same day, 2 days back: "
        + "let 'back' reach at least 3d",
      ("reference: data/reference.csv", "reference: {same: day, back: 2}"),
      ("psi, ks_statistic], window", "psi, ks_statistic], «window"),
      ("drift: {statistic: psi,", "drift: {statistic: psi, window: 1d,"), beyondSchema: .relation),
    BadFile(
      "the window of 8d of condition 'drift' overlaps its reference, the same week, 1 week back: "
        + "let 'back' reach at least 8d",
      ("reference: data/reference.csv", "reference: {same: week}"),
      ("drift: {statistic: psi,", "drift: {statistic: psi, «window: 8d,"), beyondSchema: .relation),
    BadFile(
      "'reference' needs 'predictions', and model 'one' has none",
      ("    pipeline:", "    «reference: {same: week}\n    pipeline:"), in: SampleFile.smallest,
      beyondSchema: .relation),
    BadFile(
      "unknown cycle 'year': use day, week", ("reference: data/reference.csv", "reference: {same: «year}")),
    BadFile(
      "'back' must be a whole number from 1 to 5200, not the number 0",
      ("reference: data/reference.csv", "reference: {same: week, back: «0}")),
    BadFile(
      "missing key 'same' in 'reference'", ("reference: data/reference.csv", "«reference: {back: 4}")),
    BadFile(
      "unknown key 'weeks' in 'reference': did you mean 'back'?",
      ("reference: data/reference.csv", "reference: {same: week, «weeks: 52}")),
    BadFile(
      "condition 'feedback' needs 'predictions', and model 'one' has none",
      (
        "    pipeline:",
        "    feedback: \(feedback)\n    retrain: {when: {«feedback: {rows: 1}}}\n    pipeline:"
      ), in: SampleFile.smallest, beyondSchema: .relation),
    BadFile(
      "monitor 'drift' needs 'predictions', and model 'one' has none",
      ("    pipeline:", "    reference: r.csv\n    monitors: {«drift: {statistics: [psi]}}\n    pipeline:"),
      in: SampleFile.smallest, beyondSchema: .relation),
    BadFile(
      "monitor 'performance' needs 'feedback', and model 'one' has none",
      (
        "    pipeline:",
        "    predictions: \(log)\n    monitors: {«performance: {metrics: [roc_auc]}}\n    pipeline:"
      ), in: SampleFile.smallest, beyondSchema: .relation),
    BadFile(
      "a holdout that is drawn needs 'feedback', and model 'one' has none",
      (
        "    pipeline:",
        "    predictions: \(log)\n    holdout: {«draw: {last: 1d, share: 0.5}}\n    pipeline:"
      ), in: SampleFile.smallest, beyondSchema: .relation),
    BadFile(
      "a condition has one key, and this one has 'age' and 'drift': begin it with '- '",
      (
        "age: {over: 180d, since: promoted}",
        "age: {over: 180d}\n            «drift: {statistic: psi, above: 0.1}"
      )),
    BadFile(
      "an empty condition: write one such as 'age: {over: 30d}'",
      ("not: {observation: {name: error_rate, above: 0.01, for: 2}}", "«not: {}")),
    BadFile(
      "'any' may not be empty",
      ("performance: {metric: rmse, rise: 5%, from: promotion, window: 1h}", "any: «[]"),
      in: SampleFile.observed),
    BadFile(
      "'income' is both numeric and categorical", ("[region, employment]", "[region, «income]"),
      beyondSchema: .relation),
    BadFile(
      "'scored_at' is no feature: it is the column of the time",
      ("[region, employment]", "[region, «scored_at]"), beyondSchema: .relation),
    BadFile(
      "'defaulted' is no feature: it is the column of the label",
      ("[region, employment]", "[region, «defaulted]"), beyondSchema: .relation),
    BadFile(
      "'features' lists no column: remove it, or list the columns",
      ("features: {numeric: [income, loan_amount], categorical: [region, employment]}", "«features: {}")),
    BadFile(
      "'application_id' is already the column of 'id'", ("time: scored_at", "time: «application_id"),
      beyondSchema: .relation),
    BadFile(
      "'decision' has no meaning for the task regression: remove it",
      ("task: regression", "task: regression\n    «decision: {threshold: 1}"), in: SampleFile.observed,
      beyondSchema: .relation),
  ]

  static let gates = [
    BadFile(
      "gate 'metric' needs one of 'at-least' and 'at-most'",
      ("metric: {name: roc_auc, at-least: 0.74,", "«metric: {name: roc_auc,")),
    BadFile(
      "gate 'champion' may have only one of 'not-worse-by' and 'better-by'",
      ("not-worse-by: 0.02", "not-worse-by: 0.02, «better-by: 0")),
    BadFile(
      "roc_auc is better when it is higher: use 'at-least'", ("at-least: 0.74", "«at-most: 0.74"),
      beyondSchema: .relation),
    BadFile(
      "equalized_odds_difference is better when it is lower: use 'at-most'",
      ("at-most: 0.1", "«at-least: 0.1"), beyondSchema: .relation),
    BadFile(
      "rmse does not fit the task binary-classification: use "
        + "roc_auc, average_precision, gini, ks, accuracy, balanced_accuracy, precision, recall, specificity, f1, "
        + "mcc, brier, log_loss, ece",
      ("metric: {name: roc_auc, at-least: 0.74, confidence: 0.95}", "metric: {name: «rmse, at-most: 3}"),
      beyondSchema: .relation),
    BadFile(
      "'region' is not in the holdout's 'groups'", ("groups: [sex],", "groups: [«region],"),
      beyondSchema: .relation),
    BadFile(
      "gate 'metric' needs a job of 'kind: score', and the pipeline has none",
      (
        "    pipeline:",
        "    holdout: {path: h.csv}\n    gates: [{«metric: {name: recall, at-least: 0.5}}]\n    pipeline:"
      ), in: SampleFile.smallest, beyondSchema: .relation),
    BadFile(
      "gate 'leakage' needs a 'holdout', and model 'one' has none",
      ("    pipeline:", "    gates: [«leakage: {}]\n    pipeline:"), in: SampleFile.smallest,
      beyondSchema: .relation),
    BadFile(
      "a gate has one key, and this one has 'champion' and 'leakage': begin it with '- '",
      ("      - leakage: {}", "        «leakage: {}"),
      (
        "      - fairness: {measure: equalized_odds_difference, groups: [sex], at-most: 0.1, "
          + "min-group: 50}\n",
        ""
      )),
    BadFile(
      "'defaulted' is no group: it is the column of the label", ("[sex, age_band]", "[sex, «defaulted]"),
      beyondSchema: .relation),
    BadFile(
      "'holdout' needs one of 'path' and 'draw'", ("    holdout:", "    «holdout:"),
      ("      draw: {from: feedback, last: 30d, share: 0.3, by: id}\n", "")),
    BadFile("'from' must be text: 'feedback', not 'predictions'", ("from: feedback", "from: «predictions")),
  ]
}
