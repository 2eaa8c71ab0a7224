import Foundation
import RefitTesting

/// A small real project whose jobs leave a witness of their own, outside of `state/`.
///
/// `loans` is evaluated often and promotes by itself; `churn` is retrained by its schedule, judged on a fixed holdout,
/// and waits for a person.
final class TorturedProject: @unchecked Sendable {
  enum Clock: String, CaseIterable, Sendable { case simulated, wall }

  /// What the jobs do beside their work.
  enum Jobs: Sendable {
    /// All succeed at once, in a few milliseconds.
    case calm
    /// They take up to 300 ms; some fail, some are killed, some leave a stray.
    case wild
  }

  /// What `loans` says of its jobs' sandbox; `churn` says nothing.
  enum Sandbox: String, CaseIterable, Sendable { case auto, none }

  let path: String
  let clock: Clock
  private let sandbox: Sandbox
  private var kept: ScratchDirectory?
  private var commands = 0

  static let models = ["loans", "churn"]

  init(_ clock: Clock, _ jobs: Jobs, sandbox: Sandbox = .auto) throws {
    let scratch = try ScratchDirectory("refit-torture")
    kept = scratch
    path = scratch.path
    self.clock = clock
    self.sandbox = sandbox
    for folder in ["output", "state/monitoring/loans"] { try scratch.makeDirectory(folder) }
    try FileManager.default.createDirectory(atPath: witness, withIntermediateDirectories: true)
    if jobs == .calm { try Data().write(to: URL(filePath: "\(witness)/calm")) }
    try scratch.write(configuration, to: "refit.yaml")
    for (name, text) in Self.jobs { try scratch.write(text, to: "jobs/\(name)") }
    try writeData(scratch)
  }

  /// A copy, in all that its folder holds.
  init(copyOf other: TorturedProject) throws {
    let scratch = try ScratchDirectory("refit-torture")
    kept = scratch
    path = scratch.path
    clock = other.clock
    sandbox = other.sandbox
    commands = other.commands
    for (from, to) in [("\(other.path)/.", path), (other.witness, witness)] {
      let copy = try Subprocess("/bin/cp", ["-a", from, to], output: .kept("\(path)/copied"))
      guard try copy.wait() == .exited(0) else { throw SupportFailure("\(from): \(copy.printed)") }
    }
  }

  deinit {
    if kept != nil { try? FileManager.default.removeItem(atPath: witness) }
  }

  /// Where the jobs leave their traces: neither in the project, which they may only read, nor in `/tmp`, of which each
  /// has its own.
  var witness: String { "/var/tmp/\(path.split(separator: "/").last!).witness" }

  /// Leaves the folder where it is, for someone to look into.
  func keep() {
    guard let scratch = kept else { return }
    // What holds the directory removes it at its end: it never comes.
    _ = Unmanaged.passRetained(scratch)
    kept = nil
  }

  // MARK: - The files

  private var configuration: String {
    let often = clock == .wall ? "* * * * *" : "*/20 * * * *"
    let rare = clock == .wall ? "*/2 * * * *" : "7 * * * *"
    let (age, cooldown) = clock == .wall ? ("45s", "5s") : ("50m", "10m")
    let job = "retries: {attempts: 4, backoff: 1s}, grace: 1s, timeout: 1m"
    return """
      version: 1
      project: torture
      clock: \(clock.rawValue)
      concurrency: 3
      models:
        loans:
          sandbox: \(sandbox.rawValue)
          predictions:
            path: data/predictions.csv
            columns: {id: id, time: time, score: score, version: version}
          features: {numeric: [x]}
          feedback:
            path: data/labels.csv
            columns: {id: id, time: time, label: label}
            matures: 1d
          holdout: {draw: {from: feedback, last: 365d, share: 0.5}, groups: [sex]}
          monitors: {performance: {metrics: [roc_auc], window: 7d}}
          schedules:
            often: {cron: "\(often)", do: evaluate}
          retrain:
            when: {any: [{age: {over: \(age)}}, {observation: {name: latency, above: 250}}]}
            cooldown: \(cooldown)
            after-failure: 0s
          pipeline:
            train: {kind: train, run: [/bin/sh, jobs/train.sh], training: training.csv, id: id, \(job)}
            score: {kind: score, needs: train, run: [/bin/sh, jobs/score.sh], \(job)}
          gates:
            - metric: {name: roc_auc, at-least: 0.6}
            - champion: {metric: roc_auc, not-worse-by: 0.2, confidence: 0.95}
            - leakage: {}
          promotion: automatic
        churn:
          holdout: {path: data/holdout.csv}
          features: {numeric: [x]}
          schedules:
            regularly: {cron: "\(rare)", do: retrain}
          retrain: {cooldown: 0s, after-failure: 0s}
          pipeline:
            train: {kind: train, run: [/bin/sh, jobs/train.sh], \(job)}
            score: {kind: score, needs: train, run: [/bin/sh, jobs/score.sh], \(job)}
          gates:
            - metric: {name: roc_auc, at-least: 0.6}
            - champion: {metric: roc_auc, not-worse-by: 0.2, confidence: 0.95}
          promotion: approval
      """
  }

  /// Gives the schedule of loans something more to say.
  func schedule(_ more: String) throws {
    let file = URL(filePath: "\(path)/refit.yaml")
    let text = try String(contentsOf: file, encoding: .utf8).replacing(
      "do: evaluate}", with: "do: evaluate, \(more)}")
    try Data(text.utf8).write(to: file)
  }

  /// Rows of the ten days before the project begins.
  private func writeData(_ scratch: ScratchDirectory) throws {
    var random = SeededGenerator(seed: 11)
    var predictions = "id,time,x,sex,score,version\n"
    var labels = "id,time,label\n"
    var holdout = "id,time,x,label\n"
    for row in 0..<160 {
      let time = begin.addingTimeInterval(-10 * 86_400 + Double(row) * 4000)
      let x = random.unit() * 6 - 3
      let label = random.chance(1 / (1 + exp(-1.5 * x))) ? 1 : 0
      let number = String(format: "%.4f", x)
      predictions += "p\(row),\(Self.text(time)),\(number),\(row % 2 == 0 ? "f" : "m"),,\n"
      labels += "p\(row),\(Self.text(time.addingTimeInterval(86_400))),\(label)\n"
      holdout += "h\(row),\(Self.text(time)),\(number),\(label)\n"
    }
    try scratch.write(predictions, to: "data/predictions.csv")
    try scratch.write(labels, to: "data/labels.csv")
    try scratch.write(holdout, to: "data/holdout.csv")
  }

  /// A number of another system that makes the next evaluation of `loans` retrain, or that can't be read.
  func observe(_ line: String, at time: Date, file: String = "latency") throws {
    let text =
      line.isEmpty
      ? """
      {"metric": "latency", "value": 300, "sample_size": 90, "window": {"start": \
      "\(Self.text(time.addingTimeInterval(-600)))", "end": "\(Self.text(time))"}}
      """ : line
    let temporary = "\(path)/data/latency.new"
    try Data((text + "\n").utf8).write(to: URL(filePath: temporary))
    rename(temporary, "\(path)/state/monitoring/loans/\(file).jsonl")
  }

  /// Lets the jobs that start from now on wait, after their first line, until they are let go.
  func hold() throws {
    try Data().write(to: URL(filePath: "\(witness)/hold"))
  }

  /// Lets the train jobs that start from now on leave more than a tick copies and hashes by itself.
  func makeHeavy() throws {
    try Data().write(to: URL(filePath: "\(witness)/heavy"))
  }

  func letGo() {
    unlink("\(witness)/hold")
  }

  // MARK: - Time

  /// The beginning: of simulated time, or the second in which the project was made.
  private(set) lazy var begin: Date = clock == .simulated ? Self.simulatedBegin : Date()

  /// 2026-01-16, midnight.
  static let simulatedBegin = Date(timeIntervalSince1970: 1_768_521_600)

  static func text(_ time: Date) -> String { time.ISO8601Format() }

  // MARK: - The command

  /// Starts the command on this project.
  func start(
    _ arguments: [String], at time: Date? = nil, environment: [String: String] = [:],
    output: Subprocess.Output? = nil, ownSession: Bool = false
  ) throws -> Subprocess {
    commands += 1
    var arguments = arguments
    if let time, clock == .simulated { arguments += ["--now", Self.text(time)] }
    return try Subprocess(
      Products.path("refit"), arguments + ["--project", path], environment: environment,
      output: output ?? .kept("\(path)/output/\(commands)-\(arguments[0])"), ownSession: ownSession)
  }

  /// Runs the command to its end.
  @discardableResult
  func refit(_ arguments: String...) throws -> (ending: Subprocess.Ending, printed: String) {
    let command = try start(arguments)
    let ending = try command.wait()
    return (ending, command.printed)
  }

  /// Makes a tick at a simulated time and waits for its jobs.
  @discardableResult
  func tick(at time: Date, wait: Bool = true) throws -> (ending: Subprocess.Ending, printed: String) {
    let command = try start(["tick"] + (wait ? ["--wait"] : []), at: time)
    let ending = try command.wait()
    return (ending, command.printed)
  }
}
