import Foundation
import RefitTesting

/// A small project of a test's own, with jobs in shell: a loan is repaid or not by one number, `x`, and the model is
/// one weight. The file `weight` says what the train job will find, so that a test decides how good a candidate is.
final class TestProject {
  let scratch: ScratchDirectory
  private let refit: String
  private var random = SeededGenerator(seed: 42)

  var path: String { scratch.path }

  /// - Parameter model: further lines of the model, indented by four.
  init(
    weight: Double = 1, when: String? = nil, promotion: String = "automatic", train: String = "train.sh",
    score: String = "score.sh", options: String = "", gates: String = TestProject.gates, extra: String = "",
    clock: String = "simulated"
  ) throws {
    scratch = try ScratchDirectory("refit-project")
    refit = try Products.path("refit")
    try scratch.write(
      """
      version: 1
      project: test
      clock: \(clock)
      models:
        loans:
          predictions:
            path: data/predictions/*.csv
            columns: {id: application, time: scored_at, score: probability, version: model_version}
          features: {numeric: [x]}
          feedback:
            path: data/labels/*.csv
            columns: {id: application, time: labelled_at, label: defaulted}
            matures: 1d
          holdout: {draw: {from: feedback, last: 10d, share: 0.3}, groups: [sex]}
          monitors: {performance: {metrics: [roc_auc], window: 7d}}
          schedules: {nightly: {cron: "0 3 * * *", do: evaluate}}
          retrain:
            \(when.map { "when: \($0)" } ?? "cooldown: 7d")
            \(when == nil ? "" : "cooldown: 2d")
          pipeline:
            train: {kind: train, run: [/bin/sh, jobs/\(train)], training: training.csv, id: application\(options)}
            score: {kind: score, needs: train, run: [/bin/sh, jobs/\(score)]}
          gates:
      \(gates)
          promotion: \(promotion)
      \(extra)
      """, to: "refit.yaml")
    try writeJobs()
    try setWeight(weight)
  }

  static let gates = """
            - metric: {name: roc_auc, at-least: 0.6}
            - champion: {metric: roc_auc, not-worse-by: 0.02, confidence: 0.95}
            - leakage: {}
    """

  private func writeJobs() throws {
    try scratch.write(
      """
      set -e
      mkdir "$REFIT_OUTPUT/model"
      cp weight "$REFIT_OUTPUT/model/weight"
      awk -F, 'NR == FNR { withheld[$1] = 1; next } FNR > 1 && !($1 in withheld) { print $1 "," $3 }' \
        "$REFIT_INPUT/withheld.csv" data/predictions/*.csv | sed '1i application,x' > "$REFIT_OUTPUT/training.csv"
      echo "{\\"weight\\": $(cat weight)}" > "$REFIT_OUTPUT/params.json"
      echo "trained with seed $REFIT_SEED"
      """, to: "jobs/train.sh")
    try scratch.write(
      """
      set -e
      awk -F, -v w="$(cat "$REFIT_INPUT/model/weight")" \
        'NR == 1 { print "id,score"; next } { printf "%s,%.6f\\n", $1, 1 / (1 + exp(-w * $3)) }' \
        "$REFIT_INPUT/holdout.csv" > "$REFIT_OUTPUT/predictions.csv"
      """, to: "jobs/score.sh")
  }

  /// What the next training will find.
  func setWeight(_ weight: Double) throws {
    try scratch.write("\(weight)\n", to: "weight")
  }

  // MARK: - The world

  /// Writes days of predictions and of labels that come a day later.
  ///
  /// - Parameters:
  ///   - days: counted from 2026-01-01.
  ///   - truth: how the label really depends on x; the champion's ranking is right while its sign agrees.
  ///   - version: the version that scored; nil: history.
  func live(_ days: ClosedRange<Int>, truth: Double, version: Int?, rows: Int = 120) throws {
    for day in days {
      var predictions = "application,scored_at,x,sex,probability,model_version\n"
      var labels = "application,labelled_at,defaulted\n"
      for row in 0..<rows {
        let x = random.unit() * 6 - 3
        let id = "\(day)-\(row)"
        let sex = random.unit() < 0.5 ? "f" : "m"
        let label = random.unit() < 1 / (1 + exp(-truth * x)) ? 1 : 0
        let score = version.map { _ in String(format: "%.6f", 1 / (1 + exp(-x))) } ?? ""
        predictions += "\(id),\(Self.time(day, hour: 12)),\(String(format: "%.5f", x)),\(sex),\(score),"
        predictions += "\(version.map(String.init) ?? "")\n"
        labels += "\(id),\(Self.time(day + 1, hour: 1)),\(label)\n"
      }
      try scratch.write(predictions, to: "data/predictions/day-\(String(format: "%03d", day)).csv")
      try scratch.write(labels, to: "data/labels/day-\(String(format: "%03d", day)).csv")
    }
  }

  static func time(_ day: Int, hour: Int = 3) -> String {
    let start = Date(timeIntervalSince1970: 1_767_225_600 + Double(day * 86_400 + hour * 3600))
    return start.ISO8601Format()
  }

  // MARK: - The command

  @discardableResult
  func refit(_ arguments: String...) throws -> Command {
    try Command.run(refit, arguments + ["--project", path])
  }

  func start(_ arguments: String...) throws -> Command.Started {
    try Command.start(refit, arguments + ["--project", path])
  }

  /// A tick in the morning of a day.
  @discardableResult
  func tick(_ day: Int, wait: Bool = true) throws -> Command {
    try Command.run(
      refit, ["tick", "--now", Self.time(day)] + (wait ? ["--wait"] : []) + ["--project", path])
  }

  /// What a command with `--json` answers.
  func json(_ arguments: String...) throws -> [String: Any] {
    let command = try Command.run(refit, arguments + ["--json", "--project", path])
    let object = try JSONSerialization.jsonObject(with: Data(command.output.utf8))
    return object as? [String: Any] ?? [:]
  }

  /// The states of the runs, the oldest first.
  func runStates() throws -> [String] {
    let runs = try json("runs")["runs"] as? [[String: Any]] ?? []
    return runs.reversed().compactMap { $0["state"] as? String }
  }

  func reason(ofRun number: Int) throws -> String {
    try json("show", "loans#\(number)")["reason"] as? String ?? ""
  }

  /// Processes of this project's jobs, told by the output directory in their environment.
  func processes() throws -> [String] {
    let found = try Command.run(
      "/bin/sh", ["-c", "grep -ls REFIT_OUTPUT=\(path)/ /proc/[0-9]*/environ || true"])
    return found.output.split(separator: "\n").map(String.init)
  }

  /// Where the link leads; nil while nothing is published.
  var champion: Int? {
    let link = try? FileManager.default.destinationOfSymbolicLink(
      atPath: "\(path)/state/models/loans/champion")
    return link.flatMap { Int(URL(filePath: $0).lastPathComponent) }
  }
}
