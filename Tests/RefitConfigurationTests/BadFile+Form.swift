extension BadFile {
  static let keys = [
    BadFile("unknown key 'clocks' in the file: did you mean 'clock'?", ("clock: wall", "«clocks: wall")),
    BadFile(
      "unknown key 'treshold' in condition 'drift': did you mean 'above'?",
      ("above: 0.2,", "above: 0.2, «treshold: 1,")),
    BadFile("unknown key 'owner' in model 'credit-risk'", ("mode: promote", "mode: promote\n    «owner: me")),
    BadFile(
      "unknown key 'env' in job 'prepare': did you mean 'variables'?",
      ("run: [jobs/prepare]", "run: [jobs/prepare], «env: {A: b}")),
    BadFile(
      "unknown key 'group' in 'columns' of 'predictions'", ("version: model_version", "«group: sex")),
    BadFile(
      "unknown key 'every' in 'retries'", ("attempts: 3", "attempts: 3, «every: 1m")),
    BadFile("missing key 'project' in the file", ("version: 1\nproject: lending", "«version: 1")),
    BadFile("missing key 'version' in the file", ("version: 1\nproject", "«project")),
    BadFile("missing key 'models' in the file", ("SAMPLE", "«version: 1\nproject: x\n"), in: "SAMPLE"),
    BadFile(
      "missing key 'path' in 'feedback'", ("feedback:\n      path: data/labels/*.csv", "«feedback:")),
    BadFile(
      "missing key 'columns' in 'predictions'", ("predictions:", "«predictions:"),
      (
        "      columns: {id: application_id, time: scored_at, score: probability, version: model_version}\n",
        ""
      )),
    BadFile(
      "missing key 'metric' in condition 'performance'", ("performance: {metric: roc_auc,", "«performance: {")
    ),
    BadFile("missing key 'over' in condition 'age'", ("age: {over: 180d,", "«age: {")),
    BadFile("missing key 'run' in job 'prepare'", ("prepare: {run: [jobs/prepare],", "«prepare: {")),
    BadFile("missing key 'cron' in schedule 'nightly'", ("nightly: {cron: \"15 2 * * *\",", "«nightly: {")),
    BadFile(
      "missing key 'metrics' in monitor 'performance'",
      ("performance: {metrics: [roc_auc, recall, brier],", "«performance: {")),
    BadFile(
      "missing key 'groups' in gate 'fairness'", ("- fairness", "- «fairness"), ("groups: [sex], ", "")),
    BadFile(
      "missing key 'pipeline' in model 'one'", ("one:", "«one:"),
      ("    pipeline:\n      train: {kind: train, run: [jobs/train]}\n", ""), in: SampleFile.smallest),
    BadFile(
      "missing key 'schedules' in model 'one'", ("one:", "«one:"),
      ("    schedules:\n      weekly: {cron: \"@weekly\", do: retrain}\n", ""), in: SampleFile.smallest),
  ]

  static let types = [
    BadFile("'above' must be a number that is not negative, not 'high'", ("above: 0.2,", "above: «high,")),
    BadFile(
      "'rows' must be a whole number of at least 1, not the number 5000.5", ("rows: 5000", "rows: «5000.5")),
    BadFile("'rows' must be a whole number of at least 1, not '5_000'", ("rows: 5000", "rows: «5_000")),
    BadFile("'rows' must be a whole number of at least 1, not '5000'", ("rows: 5000", "rows: «\"5000\"")),
    BadFile(
      "'drop' must be a number over 0 such as 0.03, or a part of the baseline such as 5%, not '3 %'",
      ("drop: 0.03", "drop: «3 %")),
    BadFile(
      "'share' must be a number over 0 and under 1, not the boolean true", ("share: 0.3", "share: «true")),
    BadFile(
      "'cooldown' must be a duration such as 7d, 12h or 0s, not the number 7",
      ("cooldown: 3d", "cooldown: «7")),
    BadFile(
      "'cooldown' must be a duration such as 7d, 12h or 0s, not '7 days'",
      ("cooldown: 3d", "cooldown: «7 days")),
    BadFile(
      "'memory' must be a size such as 4GiB, 512MiB or 64KiB, not '4GB'", ("memory: 4GiB", "memory: «4GB")),
    BadFile(
      "'label' must be text, not the boolean true: write \"true\"", ("label: defaulted", "label: «true")),
    BadFile("'label' must be text, not empty text", ("label: defaulted", "label: «\"\"")),
    BadFile(
      "an item of 'run' must be text, not the number 3: write \"3\"", ("--depth, \"3\"", "--depth, «3")),
    BadFile(
      "'OMP_NUM_THREADS' must be text, not the number 2: write \"2\"",
      ("OMP_NUM_THREADS: \"2\"", "OMP_NUM_THREADS: «2")),
    BadFile("'run' must be a list, not 'jobs/prepare'", ("run: [jobs/prepare]", "run: «jobs/prepare")),
    BadFile("'run' may not be empty", ("run: [jobs/prepare]", "run: «[]")),
    BadFile(
      "the first item of 'run' is the program: it may not be empty", ("run: [jobs/prepare]", "run: [«\"\"]")),
    BadFile(
      "'metrics' must be a list, not 'roc_auc'", ("metrics: [roc_auc, recall, brier]", "metrics: «roc_auc")),
    BadFile(
      "'decision' must be a map, not the number 0.12", ("{threshold: 0.12, favourable: below}", "«0.12")),
    BadFile(
      "'favourable' must be one of above, below, not the boolean false",
      ("favourable: below", "favourable: «false")),
    BadFile("unknown side 'under': use above, below", ("favourable: below", "favourable: «under")),
    BadFile("unknown mode 'promot': did you mean 'promote'?", ("mode: promote", "mode: «promot")),
    BadFile("unknown metric 'auc': did you mean 'roc_auc'?", ("name: roc_auc", "name: «auc")),
    BadFile("unknown statistic 'ks': did you mean 'ks_statistic'?", ("[psi, ks_statistic]", "[psi, «ks]")),
    BadFile("'psi' is listed twice in 'statistics'", ("[psi, ks_statistic]", "[psi, «psi]")),
    BadFile(
      "'gates' must be a list, not a map",
      ("- metric: {name: roc_auc, at-least: 0.74, confidence: 0.95}\n", "«leakage: {}\n"),
      ("      - champion: {metric: roc_auc, not-worse-by: 0.02, confidence: 0.95}\n", ""),
      (
        "      - fairness: {measure: equalized_odds_difference, groups: [sex], at-most: 0.1, "
          + "min-group: 50}\n",
        ""
      ),
      ("      - leakage: {}\n", "")),
    BadFile("the file must be a map, not a list", ("SAMPLE", "«- version: 1\n"), in: "SAMPLE"),
    BadFile("'models' may not be empty", ("SAMPLE", "version: 1\nproject: x\nmodels: «{}\n"), in: "SAMPLE"),
    BadFile(
      "'version' must be a whole number from 1 to 1, not the number 2", ("version: 1\n", "version: «2\n")),
  ]
}
