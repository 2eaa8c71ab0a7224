import RefitConfiguration
import RefitCore
import RefitStatistics
import Testing

@Suite struct AcceptedValueTests {
  @Test("A value is read for what it says, and survives being resolved", arguments: AcceptedValue.all)
  func value(_ accepted: AcceptedValue) throws {
    let project = try SampleFile.parse(accepted.file).project
    #expect(accepted.holds(project, project.models[0]))
    let resolved = ConfigurationFile.resolvedYAML(project)
    #expect(try SampleFile.parse(resolved).project == project)
  }
}

/// A change to the big sample, and what it means.
struct AcceptedValue: Sendable, CustomTestStringConvertible {
  let file: String
  let testDescription: String
  let holds: @Sendable (Project, Model) -> Bool

  init(
    _ old: String, _ new: String, in file: String = SampleFile.lending,
    _ holds: @escaping @Sendable (Project, Model) -> Bool
  ) {
    let parts = file.split(separator: old, omittingEmptySubsequences: false)
    precondition(parts.count == 2, "'\(old)' is \(parts.count - 1) times in the file")
    self.file = parts.joined(separator: new)
    testDescription = new.isEmpty ? "without \(old)" : new
    self.holds = holds
  }

  static let all = scalars + defaults + conditions + gates + jobs

  private static let scalars = [
    AcceptedValue("concurrency: 2", "concurrency: 010") { project, _ in project.concurrency == 10 },
    AcceptedValue("concurrency: 2", "concurrency: 0x10") { project, _ in project.concurrency == 16 },
    AcceptedValue("concurrency: 2", "concurrency: 0o10") { project, _ in project.concurrency == 8 },
    AcceptedValue("concurrency: 2", "concurrency: +3") { project, _ in project.concurrency == 3 },
    AcceptedValue("clock: wall", "clock: simulated") { project, _ in project.clock == .simulated },
    AcceptedValue("data/predictions/*.csv", "data/predictions/*.jsonl.gz") {
      $1.predictions?.path == "data/predictions/*.jsonl.gz"
    },
    AcceptedValue("data/predictions/*.csv", "p.csv.gz") { $1.predictions?.path == "p.csv.gz" },
    AcceptedValue("data/predictions/*.csv", "p.ndjson") { $1.predictions?.path == "p.ndjson" },
    AcceptedValue("data/reference.csv", "r.parquet") { $1.reference == .table("r.parquet") },
    AcceptedValue("data/reference.csv", "{same: week, back: 52}") {
      $1.reference == .season(Season(.week, back: 52))
    },
    AcceptedValue("data/reference.csv", "{same: week}") { $1.reference == .season(Season(.week, back: 1)) },
    AcceptedValue("data/reference.csv", "{same: day, back: 7}") {
      $1.reference == .season(Season(.day, back: 7))
    },
    AcceptedValue("threshold: 0.12", "threshold: -1.5e+2") { $1.decision?.threshold == -150 },
    AcceptedValue("threshold: 0.12", "threshold: .5") { $1.decision?.threshold == 0.5 },
    AcceptedValue("threshold: 0.12", "threshold: 620") { $1.decision?.threshold == 620 },
    AcceptedValue("positive: 1", "positive: no") { $1.feedback?.positive == "no" },
    AcceptedValue("positive: 1", "positive: 01") { $1.feedback?.positive == "01" },
    AcceptedValue("positive: 1", "positive: true") { $1.feedback?.positive == "true" },
    AcceptedValue("positive: 1", "positive: 'a \" \\ b'") { $1.feedback?.positive == "a \" \\ b" },
    AcceptedValue("positive: 1", #"positive: "ü\u2028\t\x07\U0001F600 #""#) {
      $1.feedback?.positive == "ü\u{2028}\t\u{7}\u{1F600} #"
    },
    AcceptedValue("label: defaulted", "label: yes") { $1.feedback?.columns.label == "yes" },
    AcceptedValue("label: defaulted", "label: 1_000") { $1.feedback?.columns.label == "1_000" },
    AcceptedValue("label: defaulted", "label: \"1e3\"") { $1.feedback?.columns.label == "1e3" },
    AcceptedValue("matures: 30d", "matures: 0s") { $1.feedback?.matures == .zero },
    AcceptedValue("cooldown: 3d", "cooldown: 2w") { $1.retrain.cooldown == .days(14) },
    AcceptedValue("path: data/labels/*.csv", "path: ../../labels.csv") {
      $1.feedback?.path == "../../labels.csv"
    },
    AcceptedValue("mode: promote", "mode: train") { $1.mode == .train },
    AcceptedValue("mode: promote", "mode: observe") { $1.mode == .observe },
    AcceptedValue("promotion: automatic", "promotion: approval") { $1.promotion == .approval },
    AcceptedValue("do: retrain, timezone", "do: retrain, overlap: queue, timezone") {
      $1.schedules[1].overlap == .queue
    },
    AcceptedValue("misfire: once", "ready: {run: [jobs/landed, \"2\"]}") {
      $1.schedules[0].ready
        == ReadyRule(run: ["jobs/landed", "2"], every: .minutes(5), within: .hours(6))
    },
    AcceptedValue("misfire: once", "ready: {run: [jobs/landed], every: 12h}") {
      $1.schedules[0].ready?.within == .hours(12)
    },
    AcceptedValue("misfire: once", "misfire: skip") { $1.schedules[0].misfire == MisfireRule(run: .skip) },
    AcceptedValue("misfire: once", "misfire: {run: all, grace: 1h, within: 3d}") {
      $1.schedules[0].misfire == MisfireRule(run: .all, grace: .hours(1), within: .days(3))
    },
    AcceptedValue("misfire: once", "misfire: {within: 10m}") {
      $1.schedules[0].misfire == MisfireRule(grace: .minutes(10), within: .minutes(10))
    },
    AcceptedValue("cron: \"15 2 * * *\"", "cron: \"@hourly\"") { $1.schedules[0].cron.source == "@hourly" },
    // printf %s lending/credit-risk/nightly/minute | sha256sum: a64d08c2…, and 0xa64d08c2 modulo 60 is 10.
    AcceptedValue("cron: \"15 2 * * *\"", "cron: \"H 2 * * *\"") {
      $1.schedules[0].cron.source == "10 2 * * *"
    },
    AcceptedValue("cron: \"15 2 * * *\"", "cron: H/15 2 * * *") {
      $1.schedules[0].cron.source == "*(10-59)/15 2 * * *" && $1.schedules[0].cron.isWildcard
    },
    AcceptedValue("draw: {from: feedback, last: 30d, share: 0.3, by: id}", "path: h.csv") {
      $1.holdout?.origin == .path("h.csv")
    },
  ]

  private static let defaults = [
    AcceptedValue("timezone: Europe/Berlin\n", "") { project, model in
      project.timezone == "UTC" && model.schedules[0].timezone == "UTC"
    },
    AcceptedValue("concurrency: 2\n", "") { project, _ in project.concurrency == 2 },
    AcceptedValue("    mode: promote\n    task: binary-classification\n", "") {
      $1.mode == .promote && $1.task == .binaryClassification
    },
    AcceptedValue("    decision: {threshold: 0.12, favourable: below}\n", "") {
      $1.decision == DecisionThreshold()
    },
    AcceptedValue("      positive: 1\n      matures: 30d\n", "") {
      $1.feedback?.positive == "1" && $1.feedback?.matures == .zero
    },
    AcceptedValue(", misfire: once", "") { $1.schedules[0].misfire == .once },
    AcceptedValue("      cooldown: 3d\n      after-failure: 2h\n", "") {
      $1.retrain.cooldown == .days(7) && $1.retrain.cooldownAfterFailure == .hours(1)
    },
    AcceptedValue("    promotion: automatic\n", "") { $1.promotion == .approval },
    AcceptedValue("    reference: data/reference.csv\n", "") { $1.reference == nil },
    AcceptedValue(
      "promotion: automatic", "promotion: automatic", in: SampleFile.lending.replacingGates(with: "")
    ) {
      $1.gates == [
        .champion(ChampionGate(metric: .rocAUC, margin: .notWorseBy(0.02), confidence: 0.95)), .leakage,
      ]
    },
    AcceptedValue(
      "promotion: automatic", "promotion: automatic",
      in: SampleFile.lending.replacingGates(with: "    gates: []\n")
    ) {
      $1.gates.isEmpty
    },
    AcceptedValue(
      "    monitors:",
      """
          holdout: {path: h.csv}
          pipeline:
            train: {kind: train, run: [jobs/train]}
            score: {kind: score, needs: train, run: [jobs/score]}
          monitors:
      """, in: SampleFile.observed
    ) {
      $1.gates == [
        .champion(ChampionGate(metric: .r2, margin: .notWorseBy(0.02), confidence: 0.95)), .leakage,
      ]
    },
    AcceptedValue("project: small", "project: small", in: SampleFile.smallest) { project, model in
      let job = Job(name: Name("train")!, kind: .train, run: ["jobs/train"])
      return project.name.text == "small" && model.pipeline.jobs == [job] && model.gates.isEmpty
        && model.monitors == Monitors() && model.retrain == RetrainPolicy() && model.holdout == nil
    },
    AcceptedValue("project: energy", "project: energy", in: SampleFile.observed) { _, model in
      model.task == .regression && model.decision == nil && model.pipeline.jobs.isEmpty
        && model.monitors.performance == Monitors.Performance(metrics: [.rmse, .mae])
    },
  ]

  private static let leaf = "performance: {metric: roc_auc, drop: 0.03, from: promotion, min-samples: 500}"

  private static func performance(_ settings: String, _ expected: PerformanceCondition) -> AcceptedValue {
    AcceptedValue(leaf, "performance: {\(settings)}") { $1.retrain.when?.leaves[0] == .performance(expected) }
  }

  private static func drift(_ settings: String, _ expected: DriftCondition) -> AcceptedValue {
    AcceptedValue(
      "drift: {statistic: psi, above: 0.2, at-least-columns: 3, for: {of: 5, at-least: 3}}",
      "drift: {\(settings)}"
    ) { $1.retrain.when?.leaves[1] == .drift(expected) }
  }

  /// The windows of conditions without one are those of the monitors: 14 and 3 days.
  private static let conditions = [
    performance(
      "metric: recall, below: 0.7",
      PerformanceCondition(metric: .recall, test: .past(.below(0.7)), window: .days(14))),
    performance(
      "metric: brier, above: 0.3, for: 4, min-samples: 1",
      PerformanceCondition(
        metric: .brier, test: .past(.above(0.3)), window: .days(14), persistence: Persistence(inARow: 4),
        minimumSamples: 1)),
    performance(
      "metric: log_loss, rise: 7.5%, from: best, window: 1d",
      PerformanceCondition(
        metric: .logLoss, test: .rise(.relative(percent: 7.5), from: .best), window: .days(1))),
    performance(
      "metric: roc_auc, drop: 1e-2, from: holdout",
      PerformanceCondition(metric: .rocAUC, test: .drop(.absolute(0.01), from: .holdout), window: .days(14))),
    drift("statistic: psi, above: 0", DriftCondition(statistic: .psi, above: 0, window: .days(3))),
    drift(
      "statistic: ks_statistic, above: 0.1, columns: [income], window: 12h",
      DriftCondition(statistic: .ksStatistic, above: 0.1, breadth: .columns(["income"]), window: .hours(12))),
    drift(
      "statistic: psi, above: 0.25, share: 1",
      DriftCondition(statistic: .psi, above: 0.25, breadth: .share(1), window: .days(3))),
    AcceptedValue("when:\n        any:", "when:\n        all:") {
      if case .all(let parts) = $1.retrain.when { parts.count == 4 } else { false }
    },
    AcceptedValue("age: {over: 180d, since: promoted}", "age: {over: 180d}") {
      $1.retrain.when?.leaves.last == .age(AgeCondition(over: .days(180), since: .trained))
    },
    AcceptedValue(
      "not: {observation: {name: error_rate, above: 0.01, for: 2}}",
      "not: {observation: {name: x, below: -1}}"
    ) {
      $1.retrain.when?.leaves[3] == .observation(ObservationCondition(name: "x", threshold: .below(-1)))
    },
  ]

  private static let gates = [
    AcceptedValue("leakage: {}", "leakage:") { $1.gates[3] == .leakage },
    AcceptedValue("not-worse-by: 0.02, confidence: 0.95", "better-by: 0") {
      $1.gates[1] == .champion(ChampionGate(metric: .rocAUC, margin: .betterBy(0)))
    },
    AcceptedValue("name: roc_auc, at-least: 0.74, confidence: 0.95", "name: brier, at-most: 0.2") {
      $1.gates[0] == .metric(MetricGate(name: .brier, bound: .atMost(0.2)))
    },
    AcceptedValue(
      "measure: equalized_odds_difference, groups: [sex], at-most: 0.1, min-group: 50",
      "measure: demographic_parity_ratio, groups: [age_band, sex], at-least: 0.8"
    ) {
      $1.gates[2]
        == .fairness(
          FairnessGate(measure: .demographicParityRatio, groups: ["age_band", "sex"], bound: .atLeast(0.8)))
    },
  ]

  private static let jobs = [
    AcceptedValue("log: 1MiB", "log: 1MiB") { _, model in
      model.pipeline.jobs.map(\.sandbox) == [.auto, .auto, .auto]
    },
    AcceptedValue("log: 1MiB", "sandbox: required") { _, model in
      model.pipeline.train?.sandbox == .required && model.pipeline.score?.sandbox == .auto
    },
    // The model's holds for the jobs that say nothing of it.
    AcceptedValue("promotion: automatic", "sandbox: none") { _, model in
      model.pipeline.jobs.allSatisfy { $0.sandbox == Job.Sandbox.none }
    },
    AcceptedValue("needs: [train]", "needs: [train, prepare]") {
      $1.pipeline.score?.needs.map(\.text) == ["prepare", "train"]
    },
    AcceptedValue("grace: 10s", "grace: 0s") { $1.pipeline.train?.grace == .zero },
    AcceptedValue("retries: {attempts: 3, backoff: 1m}", "retries: {backoff: 0s}") {
      $1.pipeline.train?.retries == RetryRule(attempts: 1, backoff: .zero)
    },
    AcceptedValue("[python3, jobs/train.py, --depth, \"3\"]", "[sh, -c, \"a && b\", \"\"]") {
      $1.pipeline.train?.run == ["sh", "-c", "a && b", ""]
    },
    AcceptedValue(
      "score: {kind: score, needs: [train],", "score: {given: [sex], kind: score, needs: [train],",
      in: SampleFile.lending.replacing("[region, employment]", with: "[region, employment, sex]")
    ) {
      $1.pipeline.score?.given == ["sex"]
    },
  ]
}

extension String {
  fileprivate func replacing(_ old: String, with new: String) -> String {
    split(separator: old, omittingEmptySubsequences: false).joined(separator: new)
  }

  /// The big sample without its gates.
  fileprivate func replacingGates(with gates: String) -> String {
    let lines = split(separator: "\n", omittingEmptySubsequences: false)
    let first = lines.firstIndex(of: "    gates:")!
    let last = lines.firstIndex { $0.hasPrefix("    promotion") }!
    return (lines[..<first].joined(separator: "\n") + "\n" + gates) + lines[last...].joined(separator: "\n")
  }
}
