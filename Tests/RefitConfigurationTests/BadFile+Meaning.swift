import RefitCore

extension BadFile {
  private static let nameRule =
    "text of 1 to 63 lower-case letters, digits and hyphens that does not begin with a hyphen"

  static let names = [
    BadFile("'project' must be \(nameRule), not 'Lending'", ("project: lending", "project: «Lending")),
    BadFile("the name of a model must be \(nameRule), not 'credit_risk'", ("credit-risk:", "«credit_risk:")),
    BadFile(
      "the name of a job must be \(nameRule), not '-prepare'", ("prepare: {run", "«-prepare: {run"),
      ("needs: prepare", "needs: []")),
    BadFile("the name of a schedule must be \(nameRule), not 'Nightly run'", ("nightly:", "«Nightly run:")),
    BadFile(
      "the name of a schedule must be \(nameRule), not '\(String(repeating: "x", count: 57))…'",
      ("nightly:", "«\(String(repeating: "x", count: 64)):")),
    BadFile(
      "'2X' is no name of a variable: use letters, digits and _, not beginning with a digit",
      ("OMP_NUM_THREADS:", "«2X:")),
    BadFile(
      "'REFIT_SEED' can't be set: names that begin with REFIT_ are Refit's own",
      ("OMP_NUM_THREADS:", "«REFIT_SEED:")),
  ]

  static let ranges = [
    BadFile("'share' must be a number over 0 and under 1, not the number 1", ("share: 0.3", "share: «1")),
    BadFile("'share' must be a number over 0 and under 1, not the number 0", ("share: 0.3", "share: «0")),
    BadFile(
      "'confidence' must be a number over 0.5 and under 1, not the number 95",
      ("at-least: 0.74, confidence: 0.95", "at-least: 0.74, confidence: «95")),
    BadFile(
      "'confidence' must be a number over 0.5 and under 1, not the number 0.5",
      ("by: 0.02, confidence: 0.95", "by: 0.02, confidence: «0.5")),
    BadFile(
      "'min-samples' must be a whole number of at least 1, not the number 0",
      ("min-samples: 500", "min-samples: «0")),
    BadFile("'for' must be a whole number from 1 to 1000, not the number 0", ("for: 2", "for: «0")),
    BadFile(
      "'at-least' must be at most 'of', which is 5", ("at-least: 3}}", "at-least: «6}}"),
      beyondSchema: .relation),
    BadFile(
      "unknown misfire 'newest': use once, skip, all", ("misfire: once", "misfire: «newest")),
    BadFile("unknown misfire 'al': did you mean 'all'?", ("misfire: once", "misfire: {run: «al}")),
    BadFile(
      "unknown key 'graze' in 'misfire': did you mean 'grace'?",
      ("misfire: once", "misfire: {run: once, «graze: 5m}")),
    BadFile(
      "unknown key 'grace' in schedule 'nightly': did you mean 'misfire'?",
      ("misfire: once", "«grace: 15m")),
    BadFile(
      "'within' must be a duration such as 7d, 12h or 90s, not '0s'",
      ("misfire: once", "misfire: {within: «0s}")),
    BadFile(
      "'within' of 1h is shorter than the 'grace' of 2h: what is not late yet would be missed",
      ("misfire: once", "misfire: {grace: 2h, within: «1h}"), beyondSchema: .relation),
    BadFile(
      "'overlap' is for 'do: retrain' only: an evaluation always happens, and its decision is restrained while a run "
        + "is live", ("misfire: once", "«overlap: queue")),
    BadFile(
      "unknown overlap 'skip': use forbid, queue",
      ("do: retrain, timezone", "do: retrain, overlap: «skip, timezone")),
    BadFile("missing key 'run' in 'ready'", ("misfire: once", "«ready: {every: 5m}")),
    BadFile("'run' may not be empty", ("misfire: once", "ready: {run: «[]}")),
    BadFile(
      "the first item of 'run' is the program: it may not be empty",
      ("misfire: once", "ready: {run: [«\"\"]}")),
    BadFile(
      "'within' of 4m is shorter than 'every' of 5m: there would be one check, and no other",
      ("misfire: once", "ready: {run: [jobs/landed], within: «4m}"), beyondSchema: .relation),
    BadFile(
      "unknown key 'interval' in 'ready': did you mean 'every'?",
      ("misfire: once", "ready: {run: [jobs/landed], «interval: 5m}")),
    BadFile(
      "'attempts' must be a whole number from 1 to 100, not the number 101", ("attempts: 3", "attempts: «101")
    ),
    BadFile("'timeout' must be a duration such as 7d, 12h or 90s, not '0s'", ("timeout: 2h", "timeout: «0s")),
    BadFile(
      "'concurrency' must be a whole number from 1 to 1024, not the number 0",
      ("concurrency: 2", "concurrency: «0")),
    BadFile("'threshold' must be a number, not the number .inf", ("threshold: 0.12", "threshold: «.inf")),
    BadFile(
      "'threshold' must be a number, not the number .nan", ("threshold: 0.12", "threshold: «.nan"),
      beyondSchema: .json),
    BadFile("'threshold' must be a number, not the number 1e999", ("threshold: 0.12", "threshold: «1e999")),
    BadFile(
      "'at-least' must be a number from 0 to 1, not the number 74", ("at-least: 0.74", "at-least: «74")),
    BadFile(
      "'share' must be a number over 0 and up to 1, not the number 1.1",
      ("at-least-columns: 3", "share: «1.1")),
    BadFile(
      "'at-least-columns' must be a whole number of at least 1, not the number 0",
      ("at-least-columns: 3", "at-least-columns: «0")),
    BadFile(
      "'min-group' must be a whole number of at least 1, not the number 0", ("min-group: 50", "min-group: «0")
    ),
    BadFile(
      "'not-worse-by' must be a number from 0 to 1, not the number -0.1",
      ("not-worse-by: 0.02", "not-worse-by: «-0.1")),
    BadFile("'window' must be a duration such as 7d, 12h or 90s, not '0d'", ("window: 3d", "window: «0d")),
    BadFile(
      "'over' must be a duration such as 7d, 12h or 90s, not '367000d'", ("over: 180d", "over: «367000d"),
      beyondSchema: .meaning),
    BadFile(
      "'memory' must be a size such as 4GiB, 512MiB or 64KiB, not '0B'", ("memory: 4GiB", "memory: «0B")),
  ]

  static let features = ["id", "time"].map { name in
    BadFile(
      "no feature may be called '\(name)': holdout.csv, which score jobs read, has a column of that name",
      ("numeric: [income,", "numeric: [«\(name),"), beyondSchema: .relation)
  }

  static let schedules = [
    BadFile(cron("15 24 * * *"), ("15 2 * * *", "15 «24 * * *"), beyondSchema: .meaning),
    BadFile(cron("15 2 * *"), ("15 2 * * *", "15 2 * *«"), beyondSchema: .meaning),
    BadFile(cron("0 5 30 2 *"), ("0 5 2 2 *", "0 5 «30 2 *"), beyondSchema: .meaning),
    BadFile(cron("15 2 H(1-31) * *"), ("15 2 * * *", "15 2 H(«1-31) * *"), beyondSchema: .meaning),
    BadFile(cron("H/1 2 * * *"), ("15 2 * * *", "H/«1 2 * * *"), beyondSchema: .meaning),
    BadFile(cron("61 2 * * *"), ("\"15 2 * * *\"", "«\"\\x361 2 * * *\""), beyondSchema: .meaning),
    BadFile(
      "unknown time zone 'Europe/Berlyn': names look like Europe/Berlin or UTC",
      ("timezone: Europe/Berlin", "timezone: «Europe/Berlyn"), beyondSchema: .meaning),
    BadFile(
      "unknown time zone 'EST5': names look like Europe/Berlin or UTC",
      ("America/New_York", "«EST5"), beyondSchema: .meaning),
    BadFile("unknown action 'train': use evaluate, retrain", ("* *\", do: evaluate", "* *\", do: «train")),
    BadFile(
      "'schedules' may not be empty",
      (
        "SAMPLE",
        """
        version: 1
        project: x
        models: {one: {mode: observe, schedules: «{}}}
        """
      ), in: "SAMPLE"),
  ]

  /// What the expression's own reader says.
  private static func cron(_ expression: String) -> String {
    do throws(CronError) {
      _ = try CronExpression(expression)
      preconditionFailure("'\(expression)' is good")
    } catch {
      return "cron expression, \(error.field.map { "\($0): " } ?? "")\(error.message)"
    }
  }
}
