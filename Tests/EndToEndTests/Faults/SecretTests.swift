import Foundation
import RefitTesting
import Testing

/// A canary that a job gets as a secret is in no file that Refit keeps, whatever the job does with it.
@Suite struct SecretTests {
  private func project(_ script: String, canary: String = "canary-4711") throws -> TestProject {
    let project = try TestProject(
      train: "talkative.sh",
      options: ", variables: {DATABASE: \"https://u:${file:password}@host\", KEY: \"${file:password}\"}")
    try project.scratch.write("\(canary)\n", to: "password")
    try project.scratch.write(". jobs/train.sh\n\(script)", to: "jobs/talkative.sh")
    try project.live(0...14, truth: 1.5, version: nil, rows: 20)
    try project.tick(16)
    try project.refit("retrain", "loans", "--because", "first", "--wait")
    return project
  }

  /// The names of files below `state/` that hold the canary, or are called by it.
  private func found(in project: TestProject) throws -> String {
    let held = try Command.run("/bin/grep", ["-rlaF", "-e", "canary", "state"], in: project.path)
    let named = try Command.run(
      "/usr/bin/find", ["state", "-name", "*canary*", "-o", "-lname", "*canary*"], in: project.path)
    return held.output + named.output
  }

  @Test func `a secret that a job prints is in no file that Refit keeps`() throws {
    let project = try project(
      "echo \"connecting to $DATABASE\"\necho \"by $KEY\" >&2\nprintf '%s' \"$KEY\" | sed 's/./&/g'")
    #expect(try project.runStates() == ["promoted"])
    let log = try project.scratch.read("state/runs/loans/1/train/1/log")
    #expect(log.hasSuffix("connecting to ***\nby ***\n***"), "\(log)")
    #expect(try found(in: project) == "")
  }

  @Test(arguments: [
    (
      "its parameters",
      "printf '{\"key\": \"a%s\", \"url\": \"%s\"}' $KEY $DATABASE > $REFIT_OUTPUT/params.json"
    ),
    ("its metrics", "printf '{\"auc\": 0.5, \"%s\": 1}' $KEY > $REFIT_OUTPUT/metrics.json"),
    (
      "what it says it has read",
      "printf '[{\"name\": \"%s\", \"uri\": \"weight\"}]' $KEY > $REFIT_OUTPUT/inputs.json"
    ),
    ("its progress", "printf '{\"done\": 1, \"note\": \"%s\"}\\n' \"$KEY\" > $REFIT_PROGRESS"),
  ])
  func `a secret in what a job reports is masked`(_ place: String, _ script: String) throws {
    let project = try project(script)
    #expect(try project.runStates() == ["promoted"], "\(place)")
    #expect(try found(in: project) == "", "\(place)")
    let shown =
      try project.refit("lineage", "loans", "--json").output + project.refit("show", "loans#1").output
    #expect(!shown.contains("canary"), "\(place): \(shown)")
  }

  @Test func `a secret is known in JSON, too, where it is written with escapes`() throws {
    let script = """
      python3 -c "import json,os; json.dump({'key': os.environ['KEY']}, open(os.environ['REFIT_OUTPUT']+'/params.json','w'))"
      """
    let project = try project(script, canary: "pa\"ss\\wörd\u{1F511}-canary")
    #expect(try project.runStates() == ["promoted"])
    #expect(try project.scratch.read("state/runs/loans/1/train/1/output/params.json") == #"{"key": "***"}"#)
    #expect(try found(in: project) == "")
  }

  @Test(arguments: [
    ("the model", "printf 'weights %s' \"$KEY\" > $REFIT_OUTPUT/model/settings", "'model/settings'"),
    (
      "a file of many pieces",
      "{ head -c 1048570 /dev/zero; printf '%s' \"$KEY\"; } > $REFIT_OUTPUT/model/weights", "'model/weights'"
    ),
    ("a table", "printf 'a,%s\\n' \"$DATABASE\" >> $REFIT_OUTPUT/training.csv", "'training.csv'"),
    (
      "a name",
      "touch $REFIT_OUTPUT/model/$KEY; mkdir $REFIT_OUTPUT/$KEY; echo 1 > $REFIT_OUTPUT/$KEY/weight",
      "held the value of a secret"
    ),
    ("a link", "ln -s \"$KEY\" $REFIT_OUTPUT/model/link", "'model/link'"),
    (
      "many files", "for n in 1 2 3; do printf '%s' \"$KEY\" > $REFIT_OUTPUT/model/$n; done",
      "and 2 more held"
    ),
  ])
  func `an output that holds a secret is removed, and the attempt fails`(
    _ place: String, _ script: String, _ told: String
  ) throws {
    let project = try project(script)
    #expect(try project.runStates() == ["failed"], "\(place)")
    let reason = try project.reason(ofRun: 1)
    #expect(reason.contains(told), "\(place): \(reason)")
    #expect(try found(in: project) == "", "\(place)")
    #expect(try project.refit("audit", "verify").status == 0)
  }

  @Test func `a job that is killed leaves no secret either`() throws {
    let project = try project("printf '%s' \"$KEY\" > $REFIT_OUTPUT/model/settings; kill -9 $$")
    #expect(try project.reason(ofRun: 1).contains("signal 9"))
    #expect(try found(in: project) == "")
  }
}
