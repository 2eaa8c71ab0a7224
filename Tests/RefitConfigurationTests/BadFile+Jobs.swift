extension BadFile {
  static let graph = [
    BadFile(
      "job 'train' needs the unknown job 'prepar': did you mean 'prepare'?",
      ("needs: prepare", "needs: «prepar"), beyondSchema: .relation),
    BadFile(
      "job 'score' needs the unknown job 'fetch'", ("needs: [train]", "needs: [train, «fetch]"),
      beyondSchema: .relation),
    BadFile(
      "jobs need each other in a circle: prepare → train → prepare",
      ("prepare: {run: [jobs/prepare],", "prepare: {needs: train, run: [jobs/prepare],"),
      ("needs: prepare", "needs: «prepare"), beyondSchema: .relation),
    BadFile(
      "jobs need each other in a circle: train → train", ("needs: prepare", "needs: «train"),
      beyondSchema: .relation),
    BadFile(
      "jobs need each other in a circle: a → c → b → a",
      (
        "train: {kind: train, run: [jobs/train]}",
        """
        train: {kind: train, needs: [a], run: [t]}
              a: {needs: c, run: [a]}
              b: {needs: «a, run: [b]}
              c: {needs: [train2, b], run: [c]}
              train2: {run: [t]}
        """
      ), in: SampleFile.smallest, beyondSchema: .relation),
    BadFile(
      "job 'score' scores what 'train' trained: add 'needs: train'",
      ("score: {kind: score, needs: [train],", "«score: {kind: score, needs: prepare,"),
      beyondSchema: .relation),
    BadFile(
      "the pipeline needs a job of 'kind: train': its model/ is the candidate",
      ("pipeline:", "«pipeline:"), ("kind: train, ", ""), in: SampleFile.smallest, beyondSchema: .relation),
    BadFile(
      "the pipeline may have only one job of 'kind: train', and it has 'train'",
      ("run: [jobs/train]}", "run: [jobs/train]}\n      «again: {kind: train, run: [jobs/train]}"),
      in: SampleFile.smallest, beyondSchema: .relation),
    BadFile(
      "the pipeline may have only one job of 'kind: score', and it has 'score'",
      ("    gates:", "      «other: {kind: score, needs: train, run: [s]}\n    gates:"),
      beyondSchema: .relation),
    BadFile(
      "job 'report' needs 'score', which is only run where there is a 'holdout', and model 'one' has none",
      (
        "train: {kind: train, run: [jobs/train]}",
        """
        train: {kind: train, run: [jobs/train]}
              score: {kind: score, needs: train, run: [jobs/score]}
              report: {needs: [train, «score], run: [jobs/report]}
        """
      ), in: SampleFile.smallest, beyondSchema: .relation),
    BadFile("unknown kind 'trian': did you mean 'train'?", ("kind: train\n", "kind: «trian\n")),
  ]

  static let jobs = [
    BadFile(
      "'training' needs 'id' beside it", ("        training: t", "        «training: t"),
      ("        id: application_id\n", "")),
    BadFile(
      "'id' needs 'training' beside it", ("        id: application_id\n", "        «id: application_id\n"),
      ("        training: training.csv\n", "")),
    BadFile("'training' is for the job of 'kind: train' only", ("code: jobs", "«training: t.csv")),
    BadFile(
      "'code' is for the job of 'kind: score' only",
      ("run: [jobs/prepare],", "run: [jobs/prepare], «code: jobs,")),
    BadFile(
      "'score.py' lies in the project's own folder: put it into a folder with all that it needs, or name that in "
        + "'code'",
      ("run: [python3, jobs/score.py], code: jobs", "«run: [python3, -u, score.py]"), beyondSchema: .meaning),
    BadFile(
      "'./score.sh' lies in the project's own folder: put it into a folder with all that it needs, or name that "
        + "in 'code'",
      ("run: [python3, jobs/score.py], code: jobs", "«run: [./score.sh, jobs/score.py]"),
      beyondSchema: .meaning),
    BadFile(
      "'given' is for the job of 'kind: score' only",
      ("run: [jobs/prepare],", "run: [jobs/prepare], «given: [sex],")),
    BadFile(
      "'region' is not in the holdout's 'groups': only those need be given",
      ("code: jobs", "given: [«region]"), beyondSchema: .relation),
    BadFile(
      "'sex' is not in 'features': only a feature may be given", ("code: jobs", "given: [«sex]"),
      beyondSchema: .relation),
    BadFile(
      "'region' is a feature and in the holdout's 'groups': list it in 'given' of job 'score'",
      ("groups: [sex, age_band]", "groups: [sex, region]"), ("      score: {kind", "      «score: {kind"),
      beyondSchema: .relation),
    BadFile(
      "'/tmp/x' must be a relative path", ("outputs: [training.csv,", "outputs: [training.csv, «/tmp/x,")),
    BadFile(
      "'a/../../x' may not lead out by '..'",
      ("outputs: [training.csv,", "outputs: [training.csv, «a/../../x,")),
    BadFile("'.' is not the path of a file", ("outputs: [training.csv,", "outputs: [training.csv, «.,")),
    BadFile("'../jobs' may not lead out by '..'", ("code: jobs", "code: «../jobs")),
    BadFile("'training.txt' must end in .csv", ("training: training.csv", "training: «training.txt")),
    BadFile(
      "'data/labels' must end in .csv, .csv.gz, .jsonl, .jsonl.gz, .ndjson, .ndjson.gz, .parquet or .pq",
      ("path: data/labels/*.csv", "path: «data/labels")),
    BadFile(
      "'h.parquet' must end in .csv",
      ("draw: {from: feedback, last: 30d, share: 0.3, by: id}", "path: «h.parquet")),
    BadFile(
      "a holdout needs feedback whose path ends in .csv, since its rows are withheld from jobs there: "
        + "'data/labels/*.jsonl' does not",
      ("path: data/labels/*.csv", "path: data/labels/*.jsonl"), ("    holdout:", "    «holdout:"),
      beyondSchema: .relation),
    BadFile("unknown sandbox 'non': did you mean 'none'?", ("log: 1MiB", "sandbox: «non")),
    BadFile(
      "unknown sandbox 'bubblewrap': use auto, none, required",
      ("promotion: automatic", "sandbox: «bubblewrap")),
    BadFile(
      "references are read in 'variables' only, not in a path",
      ("path: data/labels/*.csv", "path: «${DATA}/*.csv")),
    BadFile(
      "'${1X}' is no reference: write ${NAME} or ${file:PATH}", ("pg://${DB_USER}", "pg://«${1X}"),
      beyondSchema: .meaning),
    BadFile(
      "'${file:}' is no reference: write ${NAME} or ${file:PATH}", ("${file:/run/token}", "«${file:}"),
      beyondSchema: .meaning),
    BadFile(
      "the reference '${' has no end: write ${NAME} or ${file:PATH}", ("${file:/run/token}", "x«${file:/run"),
      beyondSchema: .meaning),
  ]
}
