import RefitCore
import RefitStatistics
import RefitTesting

/// Makes valid projects of every shape, with texts that are hard to write.
struct RandomProject {
  private var random: SeededGenerator

  init(seed: UInt64) {
    random = SeededGenerator(seed: seed)
  }

  mutating func project() -> Project {
    let models = (0..<int(1...3)).map { model(Name("model-\($0)")!) }
    return Project(
      name: name(), timezone: pick(SampleFile.zones.sorted()), concurrency: int(1...9),
      clock: pick(Project.Clock.allCases), models: models)
  }

  // MARK: - Choices

  private mutating func int(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &random) }
  private mutating func flip() -> Bool { Bool.random(using: &random) }
  private mutating func pick<Value>(_ values: [Value]) -> Value { values[int(0...(values.count - 1))] }
  private mutating func span() -> Timespan { Timespan(seconds: Int64(int(1...10_000_000))) }
  private mutating func size() -> ByteCount { ByteCount(bytes: Int64(int(1...1 << 40))) }
  private mutating func maybe<Value>(_ value: Value) -> Value? { flip() ? value : nil }

  /// Up to 1, of every magnitude.
  private mutating func unit() -> Double {
    pick([0, 1, 0.1, 1e-300, .leastNonzeroMagnitude, 1 - 0x1p-53, Double.random(in: 0...1, using: &random)])
  }

  private mutating func number() -> Double {
    pick([0, -0.5, 1e300, .greatestFiniteMagnitude, Double.random(in: -1e6...1e6, using: &random)])
  }

  private mutating func name() -> Name {
    let letters = Array("abcz09-")
    return Name("x" + String((0..<int(0...62)).map { _ in pick(letters) }))!
  }

  private mutating func text() -> String {
    let pieces = [
      "a", "true", "no", "1", "0x1f", "1e5", "~", " ", ":", "#", "\"", "'", "\\", "\n", "\t", "-", "*", "&",
      "%", "@",
      "ü", "🦉", "\u{7}", "\u{2028}", "\u{85}", "\u{FEFF}", "{", "]", ",", "?", "|", ">", "\u{7F}", "\u{1F}",
      "/",
    ]
    return (0...int(0...4)).map { _ in pick(pieces) }.joined()
  }

  /// Different texts.
  private mutating func texts(_ count: Int, prefix: String) -> [String] {
    (0..<count).map { "\(prefix)\($0)\(text())" }
  }

  // MARK: - Models

  private mutating func model(_ name: Name) -> Model {
    let task = pick(Model.Task.allCases)
    let isBinary = task == .binaryClassification
    let features = Features(
      numeric: texts(int(1...3), prefix: "n"), categorical: texts(int(0...2), prefix: "c"))
    let groups = texts(int(1...2), prefix: "g")
    let holdout = Holdout(
      origin: flip() ? .path(text() + ".csv") : .draw(Holdout.Draw(last: span(), share: 0.25)), groups: groups
    )
    let metrics = PerformanceMetric.allCases.filter { $0.isForClassification == isBinary }
    let gates = gates(metrics, groups: groups, isBinary: isBinary)
    return Model(
      name: name, mode: pick(Model.Mode.allCases), task: task, predictions: predictions(), features: features,
      feedback: feedback(),
      decision: isBinary ? DecisionThreshold(threshold: number(), favourable: .below) : nil,
      reference: flip()
        ? .table(text() + ".csv") : .season(Season(pick(Season.Cycle.allCases), back: int(1500...1600))),
      holdout: holdout, monitors: monitors(metrics, features),
      schedules: schedules(),
      retrain: RetrainPolicy(
        when: maybe(condition(metrics, features, depth: 3)), cooldown: span(), cooldownAfterFailure: .zero),
      pipeline: pipeline(), gates: gates, promotion: pick(PromotionSetting.allCases))
  }

  private mutating func predictions() -> PredictionLog {
    PredictionLog(
      path: "/" + text() + ".csv",
      columns: PredictionLog.Columns(
        id: "id" + text(), time: "time" + text(), score: "score", prediction: maybe("hard"),
        version: maybe("v")))
  }

  private mutating func feedback() -> FeedbackLog {
    FeedbackLog(
      path: "../" + text() + ".csv",
      columns: FeedbackLog.Columns(id: "id", time: "at", label: "label" + text()),
      positive: text(), matures: flip() ? .zero : span())
  }

  private mutating func monitors(_ metrics: [PerformanceMetric], _ features: Features) -> Monitors {
    let performance = Monitors.Performance(
      metrics: metrics.shuffled(using: &random), window: span(), by: pick(WindowTime.allCases))
    let statistics = DriftStatistic.allCases.filter {
      $0.scope != .categorical || !features.categorical.isEmpty
    }
    let drift = Monitors.Drift(
      statistics: statistics.shuffled(using: &random), window: span(),
      by: pick(WindowTime.allCases))
    return Monitors(performance: maybe(performance), drift: maybe(drift))
  }

  private mutating func schedules() -> [Schedule] {
    let crons = ["15 2 * * *", "@weekly", "*/5 1-3,7 * jan mon", "*(7-59)/15 2 * * *"]
    return (0...int(0...2)).map { number in
      let action = pick(Schedule.Action.allCases)
      let every = span()
      let ready = ReadyRule(
        run: ["r" + text(), ""], every: every, within: Timespan(seconds: every.seconds + span().seconds))
      do throws(CronError) {
        return Schedule(
          name: Name("s\(number)")!, cron: try CronExpression(pick(crons)),
          timezone: pick(SampleFile.zones.sorted()), action: action, misfire: misfire(),
          overlap: action == .retrain ? pick(Schedule.Overlap.allCases) : .forbid, ready: maybe(ready))
      } catch {
        preconditionFailure("\(error)")
      }
    }
  }

  private mutating func misfire() -> MisfireRule {
    let grace = flip() ? .zero : span()
    return MisfireRule(
      run: pick(MisfireRule.Run.allCases), grace: grace,
      within: maybe(Timespan(seconds: grace.seconds + span().seconds)))
  }

  private mutating func pipeline() -> Pipeline {
    let prepare = Job(
      name: Name("prepare")!, run: ["run" + text(), text(), ""],
      outputs: ["out/put" + text().filter { $0 != "/" }],
      memory: size())
    let train = Job(
      name: Name("train")!, kind: .train, needs: flip() ? [prepare.name] : [], run: ["t"],
      training: "sub/t.csv", id: "id" + text(), timeout: span(), grace: .zero,
      retries: RetryRule(attempts: int(1...100), backoff: span()), memory: maybe(size()), log: size(),
      sandbox: pick(Job.Sandbox.allCases),
      variables: ["A": text(), "_b9": "", "TOKEN": "x${A_1}${file:/\(text())}"])
    let score = Job(
      name: Name("score")!, kind: .score, needs: [train.name], run: ["s"], code: maybe("jobs"))
    return Pipeline(jobs: [prepare, train, score])
  }

  private mutating func gates(_ metrics: [PerformanceMetric], groups: [String], isBinary: Bool) -> [Gate] {
    let metric = pick(metrics)
    let confidence = metric == .rocAUC || metric == .accuracy ? maybe(0.95) : nil
    let bound = metric.better == .higher ? Bound.atLeast(unit()) : Bound.atMost(unit())
    let margin = flip() ? ChampionGate.Margin.notWorseBy(unit()) : .betterBy(unit())
    let measure = pick(FairnessMeasure.allCases)
    let fairness = FairnessGate(
      measure: measure, groups: groups, bound: measure.isRatio ? .atLeast(unit()) : .atMost(unit()),
      minimumGroup: int(1...500))
    var gates: [Gate] = [
      .leakage, .metric(MetricGate(name: metric, bound: bound, confidence: confidence)),
      .champion(ChampionGate(metric: metric, margin: margin, confidence: confidence)),
    ]
    if isBinary { gates.append(.fairness(fairness)) }
    return Array(gates.shuffled(using: &random).prefix(int(0...4)))
  }

  // MARK: - Conditions

  private mutating func condition(_ metrics: [PerformanceMetric], _ features: Features, depth: Int)
    -> Condition
  {
    guard depth > 0, flip() else { return leaf(metrics, features) }
    let parts = (0...int(0...2)).map { _ in condition(metrics, features, depth: depth - 1) }
    return pick([.any(parts), .all(parts), .not(parts[0])])
  }

  private mutating func leaf(_ metrics: [PerformanceMetric], _ features: Features) -> Condition {
    switch int(0...4) {
    case 0: .performance(performance(pick(metrics)))
    case 1: .drift(drift(features))
    case 2: .feedback(FeedbackCondition(rows: int(1...Int.max)))
    case 3: .age(AgeCondition(over: span(), since: pick(AgeCondition.Since.allCases)))
    default:
      .observation(
        ObservationCondition(
          name: text(), threshold: flip() ? .below(number()) : .above(number()), persistence: persistence()))
    }
  }

  private mutating func persistence() -> Persistence {
    let of = int(1...9)
    return Persistence(of: of, atLeast: int(1...of))
  }

  private mutating func performance(_ metric: PerformanceMetric) -> PerformanceCondition {
    let change = flip() ? Change.absolute(unit() + 1e-9) : .relative(percent: pick([5, 0.25, 1e-7, 250]))
    let baseline = pick([PerformanceCondition.Baseline.promotion, .best])
    let test: PerformanceCondition.Test =
      if flip() {
        .past(metric.better == .higher ? .below(unit()) : .above(unit()))
      } else {
        metric.better == .higher ? .drop(change, from: baseline) : .rise(change, from: baseline)
      }
    return PerformanceCondition(
      metric: metric, test: test, window: span(), persistence: persistence(), minimumSamples: int(1...9999))
  }

  private mutating func drift(_ features: Features) -> DriftCondition {
    let breadth: DriftCondition.Breadth = pick([
      .atLeastColumns(1), .share(0.5), .share(1), .columns(features.numeric),
    ])
    return DriftCondition(
      statistic: pick(DriftStatistic.allCases.filter { $0.growsWithDrift && $0.scope != .categorical }),
      above: unit(), breadth: breadth, window: span(),
      persistence: persistence(), minimumSamples: int(1...9999))
  }
}
