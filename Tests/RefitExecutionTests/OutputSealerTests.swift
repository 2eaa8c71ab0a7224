import Glibc
import RefitCore
import Testing

@testable import RefitExecution

@Suite("What an attempt has left, looked through and sealed")
struct OutputSealerTests {
  private var project = ExecutionProject()
  private let train: Job
  private let score: Job

  init() {
    train = project.model.pipeline.train!
    score = project.model.pipeline.score!
    project.files.makeDirectory("state/runs/loans/3/train/2/output")
    project.files.makeDirectory("state/runs/loans/3/score/2/output")
  }

  private func write(_ text: String, to name: String, of job: String = "train") {
    project.files.write(text, to: "state/runs/loans/3/\(job)/2/output/\(name)")
  }

  private func seal(_ job: Job, holdout: HoldoutRows? = nil) throws -> AttemptOutputs {
    try OutputSealer(project: project.directory, vault: project.vault).seal(
      project.attempt(job.name.text), job: job, of: project.run(), holdout: holdout)
  }

  private func reason(_ job: Job, holdout: HoldoutRows? = nil) -> String {
    do {
      _ = try seal(job, holdout: holdout)
      return "it was sealed"
    } catch {
      return "\(error is DataError ? "" : "\(type(of: error)) ")\(error)"
    }
  }

  @Test("a model, parameters, metrics, training rows and anything else become artifacts of the run")
  func sealed() throws {
    var train = train
    train.training = "training.csv"
    write("1", to: "model/weights")
    write(#"{"depth": 3, "eta": 0.1, "kind": "tree", "fast": true}"#, to: "params.json")
    write(#"{"auc": 0.75}"#, to: "metrics.json")
    write("loan,x\nA,1\nB,2\n", to: "training.csv")
    write("picture", to: "plots/curve.txt")
    let outputs = try seal(train)
    #expect(
      Set(outputs.uses.map { "\($0.name) \($0.role.rawValue)" }) == [
        "model model", "params.json output", "metrics.json output", "training.csv training", "plots output",
      ])
    #expect(outputs.uses.allSatisfy { $0.direction == .output && $0.attempt == project.attempt().key })
    #expect(outputs.parameters == #"{"depth":3,"eta":0.1,"fast":true,"kind":"tree"}"#)
    #expect(outputs.metrics == #"{"auc":0.75}"#)
    #expect(outputs.training?.rows == 2)
    #expect(outputs.training?.columns == 2)
    #expect(outputs.model?.form == .tree)
    for use in outputs.uses { try project.vault.verify(use.artifact.digest) }
  }

  @Test("what was sealed does not change with what the job left")
  func copied() throws {
    write("1", to: "model/weights")
    let model = try #require(try seal(train).model)
    write("2", to: "model/weights")
    try project.vault.verify(model.digest)
    #expect(try seal(train).model != model)
  }

  @Test(
    "exit 0 without a whole model is a failure, and says which",
    arguments: [
      (nil, "exit 0 but the output 'model' is missing"),
      ("empty", "exit 0 but the output directory 'model' is empty"),
      ("file", "exit 0 but the output 'model' must be a directory"),
    ])
  func noModel(what: String?, says: String) {
    if what == "empty" { project.files.makeDirectory("state/runs/loans/3/train/2/output/model") }
    if what == "file" { write("1", to: "model") }
    #expect(reason(train) == says)
  }

  @Test(
    "declared outputs are there and not empty",
    arguments: [
      (nil, "exit 0 but the output 'report.html' is missing"),
      ("", "exit 0 but the output 'report.html' is empty"),
    ])
  func declared(text: String?, says: String) {
    let job = Job(name: Name("train")!, run: ["true"], outputs: ["report.html"])
    if let text { write(text, to: "report.html") }
    #expect(reason(job) == says)
  }

  @Test(
    "metrics and parameters are flat objects of finite numbers, texts and truth values",
    arguments: [
      "", "3", "[1]", "{", #"{"a": {"b": 1}}"#, #"{"a": [1]}"#, #"{"a": null}"#, #"{"a": NaN}"#,
      #"{"a": Infinity}"#,
      #"{"a": 1e999}"#, #"{"a": -Infinity}"#, String(repeating: #"{"a":"#, count: 5000), "\u{FEFF}x",
      #"{"a": 1} {"b": 2}"#,
    ])
  func malformed(text: String) {
    for name in ["metrics.json", "params.json"] {
      write("1", to: "model/weights")
      write(text, to: name)
      #expect(reason(train).hasPrefix("exit 0 but \(name) must be a flat JSON object with finite numbers"))
      write("{}", to: name)
    }
    #expect(reason(train) == "it was sealed")
  }

  @Test("a metrics file that is enormous is refused")
  func enormous() {
    write("1", to: "model/weights")
    write(#"{"a": ""# + String(repeating: "x", count: 1 << 20) + #""}"#, to: "metrics.json")
    #expect(reason(train).hasPrefix("exit 0 but metrics.json: is larger than"))
  }

  @Test("what is no file or directory can't be an output", arguments: ["link", "pipe", "inside"])
  func unsuitable(kind: String) {
    let output = project.files.path("state/runs/loans/3/train/2/output")
    write("1", to: "model/weights")
    switch kind {
    case "link": symlink("/etc/passwd", "\(output)/passwd")
    case "pipe": mkfifo("\(output)/metrics.json", 0o600)
    default: symlink("/etc/passwd", "\(output)/model/passwd")
    }
    #expect(reason(train).hasPrefix("exit 0 but "))
  }

  @Test(
    "a name that is no text, an output directory that is gone: the job's doing", arguments: [true, false])
  func jobsDoing(isMisnamed: Bool) {
    write("1", to: "model/weights")
    let output = project.files.path("state/runs/loans/3/train/2/output")
    if isMisnamed {
      let name = Array(output.utf8CString.dropLast()) + [47, -1, -2, 0]
      close(open(name, O_CREAT | O_WRONLY, 0o644))
    } else {
      rename(output, output + ".away")
    }
    #expect(reason(train).hasPrefix("exit 0 but "))
  }

  @Test("a vault that can't be written to is no fault of the job's")
  func storage() {
    write("1", to: "model/weights")
    project.files.write("in the way", to: "state/vault")
    #expect(reason(train).hasPrefix("VaultError "))
  }

  @Test("a score job's predictions are checked against the holdout before they count")
  func predictions() throws {
    let full = project.files.write("id,x,(label)\nA,1,1\nB,1,0\n", to: "full.csv")
    let rows = try HoldoutRows.read(full, model: project.model)
    #expect(reason(score, holdout: rows) == "exit 0 but the output 'predictions.csv' is missing")
    write("id,score\nA,1\n", to: "predictions.csv", of: "score")
    #expect(reason(score, holdout: rows).hasPrefix("exit 0 but predictions.csv lacks 1 of 2 rows"))
    write("id,score\nA,1\nB,0\n", to: "predictions.csv", of: "score")
    #expect(try seal(score, holdout: rows).uses.map(\.role) == [.predictions])
  }

  @Test("a training file may be the output of a job that this one needs")
  func trainingOfNeed() throws {
    var train = train
    train.training = "rows.csv"
    train.needs = [Name("prepare")!]
    write("1", to: "model/weights")
    #expect(
      reason(train)
        == "exit 0 but the declared training file 'rows.csv' is neither among its outputs nor among its inputs"
    )
    project.files.write("loan\nA\n", to: "state/runs/loans/3/train/2/input/prepare/rows.csv")
    let use = try #require(try seal(train).uses.first { $0.role == .training })
    #expect(use.direction == .input)
    #expect(use.name == "prepare/rows.csv")
    #expect(use.artifact.rows == 1)
  }

  @Test("data sets that a job says it read: a local file is hashed, of others its word is recorded")
  func inputs() throws {
    write("1", to: "model/weights")
    let digest = FileDigest.digest(of: "remote".utf8)
    project.files.write("rows", to: "data/rows.csv")
    write(
      #"[{"name": "r", "uri": "data/rows.csv"}, {"name": "s", "uri": "s3://b/s.csv", "sha256": "\#(digest)"}]"#,
      to: "inputs.json")
    let inputs = try seal(train).uses.filter { $0.role == .dataset }
    #expect(inputs.map(\.name) == ["data/rows.csv", "s3://b/s.csv"])
    #expect(inputs.map(\.artifact.digest) == [FileDigest.digest(of: "rows".utf8), digest])
    #expect(inputs.allSatisfy { $0.direction == .input })
  }

  @Test(
    "inputs that can't be traced fail the job",
    arguments: [
      #"[{"name": "s", "uri": "s3://b/s.csv"}]"#, #"[{"name": "s", "uri": "s3://b/s.csv", "sha256": "12"}]"#,
      #"[{"name": "r", "uri": "data/nowhere.csv"}]"#, #"{"name": "r"}"#, "[3]", "",
    ])
  func untraceable(text: String) {
    write("1", to: "model/weights")
    write(text, to: "inputs.json")
    #expect(reason(train).hasPrefix("exit 0 but inputs.json"))
  }
}
