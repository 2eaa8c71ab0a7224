import Foundation
import RefitTesting
import Testing

/// What a job leaves that nobody could mean: the attempt fails with a sentence that names it, and no tick hangs.
@Suite struct LeftBehindTests {
  static let leftovers = [
    ("a pipe for its metrics", "mkfifo $REFIT_OUTPUT/metrics.json", "metrics.json"),
    ("a device for its metrics", "ln -s /dev/zero $REFIT_OUTPUT/metrics.json", "metrics.json"),
    ("a directory for its metrics", "mkdir $REFIT_OUTPUT/metrics.json", "metrics.json"),
    ("a tebibyte of metrics", "truncate -s 1T $REFIT_OUTPUT/metrics.json", "metrics.json"),
    (
      "metrics with a key twice", "echo '{\"a\": 1, \"a\": 2}' > $REFIT_OUTPUT/metrics.json",
      "'a' stands twice"
    ),
    (
      "metrics a hundred thousand deep",
      "head -c 100000 /dev/zero | tr '\\\\0' '[' > $REFIT_OUTPUT/metrics.json", "metrics.json"
    ),
    ("metrics in no UTF-8", "printf '{\"\\377\": 1}' > $REFIT_OUTPUT/metrics.json", "metrics.json"),
    ("a huge number", "echo '{\"a\": 1e999}' > $REFIT_OUTPUT/metrics.json", "metrics.json"),
    (
      "the kernel's memory as its input",
      #"echo '[{"name": "k", "uri": "/proc/kcore"}]' > $REFIT_OUTPUT/inputs.json"#, "/proc/kcore"
    ),
    (
      "a pipe as its input",
      #"echo '[{"name": "k", "uri": "pipe"}]' > $REFIT_OUTPUT/inputs.json"#, "pipe"
    ),
    (
      "a socket",
      "python3 -c \"import socket,os; socket.socket(socket.AF_UNIX).bind(os.environ['REFIT_OUTPUT'] + '/s')\"",
      "socket"
    ),
    ("a name that is no UTF-8", "touch \"$REFIT_OUTPUT/$(printf 'a\\377')\"", "UTF-8"),
    ("a tree in itself", "ln -s .. $REFIT_OUTPUT/model/up", "link"),
    ("nothing to train on", ": > $REFIT_OUTPUT/training.csv", "a header is needed"),
  ]

  @Test(arguments: leftovers)
  func `what a job leaves is refused by name`(_ name: String, _ script: String, _ reason: String) throws {
    let project = try TestProject(train: "hostile.sh")
    try project.scratch.write(". jobs/train.sh\n\(script)", to: "jobs/hostile.sh")
    try #require(mkfifo(project.scratch.path("pipe"), 0o600) == 0)
    try project.live(0...12, truth: 1.5, version: nil, rows: 20)
    try project.tick(14)
    try project.refit("retrain", "loans", "--because", "first", "--wait")
    #expect(try project.runStates() == ["failed"], "\(name)")
    let told = try project.reason(ofRun: 1)
    #expect(told.contains(reason), "\(name): \(told)")
    #expect(try project.refit("audit", "verify").status == 0)
  }

  @Test func `a file of holes that is larger than its disk is not copied`() throws {
    let project = try TestProject(train: "hostile.sh")
    try project.scratch.write(
      ". jobs/train.sh\nfor size in 4E 900P 100P 15T 7T; do truncate -s $size $REFIT_OUTPUT/model/hole && break; done",
      to: "jobs/hostile.sh")
    try project.live(0...12, truth: 1.5, version: nil, rows: 20)
    try project.tick(14)
    try project.refit("retrain", "loans", "--because", "first", "--wait")
    let told = try project.reason(ofRun: 1)
    #expect(told.contains("the output 'model' is larger than the disk"), "\(told)")
  }

  @Test func `progress that can't be read is passed over`() throws {
    let project = try TestProject(train: "hostile.sh")
    try project.scratch.write(
      ". jobs/train.sh\n{ rm $REFIT_PROGRESS && mkfifo $REFIT_PROGRESS; } || truncate -s 1T $REFIT_PROGRESS",
      to: "jobs/hostile.sh")
    try project.live(0...14, truth: 1.5, version: nil, rows: 30)
    try project.tick(16)
    try project.refit("retrain", "loans", "--because", "first", "--wait")
    #expect(try project.runStates() == ["promoted"])
    #expect(try project.refit("show", "loans#1").status == 0)
  }
}
