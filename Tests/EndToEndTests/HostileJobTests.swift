import Foundation
import RefitTesting
import Testing

/// Jobs that don't do what they should: the run fails with the true reason, and the model's next run is not blocked.
@Suite struct HostileJobTests {
  struct Case: CustomTestStringConvertible, Sendable {
    let name: String
    let script: String
    var options = ""
    let reason: String
    var testDescription: String { name }
  }

  static let cases = [
    Case(name: "fails", script: "exit 3", reason: "exit code 3"),
    Case(name: "asks to be tried later", script: "exit 75", reason: "tried again later"),
    Case(name: "is killed", script: "kill -9 $$", reason: "signal 9"),
    Case(
      name: "hangs", script: "sleep 600", options: ", timeout: 1s, grace: 1s",
      reason: "longer than its timeout of 1s"),
    Case(
      name: "ignores TERM", script: "trap '' TERM; while :; do sleep 1; done",
      options: ", timeout: 1s, grace: 1s",
      reason: "longer than its timeout of 1s"),
    Case(
      name: "exits 0 without output", script: "exit 0", reason: "exit 0 but the output 'model' is missing"),
    Case(
      name: "leaves an empty model", script: "mkdir $REFIT_OUTPUT/model",
      reason: "the output directory 'model' is empty"),
    Case(
      name: "forks away and leaves nothing", script: "(setsid sh -c 'sleep 600' &) ; exit 0",
      reason: "exit 0 but the output 'model' is missing"),
    Case(
      name: "reports NaN", script: ". jobs/train.sh; echo '{\"loss\": NaN}' > $REFIT_OUTPUT/metrics.json",
      reason: "metrics.json must be a flat JSON object with finite numbers"),
    Case(
      name: "reports nested metrics",
      script: ". jobs/train.sh; echo '{\"a\": {\"b\": 1}}' > $REFIT_OUTPUT/metrics.json",
      reason: "metrics.json must be a flat JSON object"),
    Case(
      name: "leaves a symbolic link", script: ". jobs/train.sh; ln -s /etc/passwd $REFIT_OUTPUT/model/link",
      reason: "exit 0 but"),
    Case(
      name: "leaves a named pipe", script: ". jobs/train.sh; mkfifo $REFIT_OUTPUT/model/pipe",
      reason: "exit 0 but"),
    Case(
      name: "leaves a socket",
      script: """
        . jobs/train.sh; cd $REFIT_OUTPUT/model
        perl -MIO::Socket::UNIX -e 'IO::Socket::UNIX->new(Local => "socket", Listen => 1) or die'
        """, reason: "exit 0 but"),
    Case(
      name: "takes too much memory", script: "exec perl -e 'my $x = q(x) x 200_000_000; sleep 600'",
      options: ", memory: 60MiB", reason: "it used more than its memory limit of 60MiB"),
    Case(
      name: "has a child that takes too much memory, and exits 0",
      script: "perl -e 'my $x = q(x) x 200_000_000; sleep 600'; . jobs/train.sh; exit 0",
      options: ", memory: 60MiB", reason: "it used more than its memory limit of 60MiB"),
    Case(
      name: "hides its token and forks away",
      script: "(env -i setsid sh -c 'trap \"\" TERM; sleep 600' &) ; exit 4", options: ", grace: 1s",
      reason: "exit code 4"),
    Case(
      name: "breaks off half-way",
      script: "mkdir $REFIT_OUTPUT/model; echo 1 > $REFIT_OUTPUT/model/w; exit 6",
      reason: "exit code"),
    Case(
      name: "declares no training rows",
      script: "mkdir $REFIT_OUTPUT/model; echo 1 > $REFIT_OUTPUT/model/weight", reason: "training.csv"),
  ]

  @Test(arguments: cases)
  func `a hostile train job fails with its true reason`(_ hostile: Case) throws {
    let project = try TestProject(train: "hostile.sh", options: hostile.options)
    try project.scratch.write(hostile.script, to: "jobs/hostile.sh")
    try project.live(0...12, truth: 1.5, version: nil, rows: 20)
    try project.tick(14)
    try project.refit("retrain", "loans", "--because", "first", "--wait")
    #expect(try project.runStates() == ["failed"])
    let reason = try project.reason(ofRun: 1)
    #expect(reason.contains(hostile.reason), "\(reason)")
    #expect(try project.processes().isEmpty, "a process was left behind")

    try project.scratch.write(". jobs/train.sh", to: "jobs/hostile.sh")
    try project.refit("retrain", "loans", "--because", "mended", "--wait")
    #expect(try project.runStates().count == 2, "the next run is not blocked")
  }

  static let scores = [
    ("a row too few", "sed -i '$d' $REFIT_OUTPUT/predictions.csv", "lacks 1 of"),
    ("a row twice", "tail -1 $REFIT_OUTPUT/predictions.csv >> $REFIT_OUTPUT/predictions.csv", "occurs twice"),
    ("a row of its own", "echo 'nobody,0.5' >> $REFIT_OUTPUT/predictions.csv", "is not in the holdout"),
    ("not a number", "sed -i '2s/,.*/,high/' $REFIT_OUTPUT/predictions.csv", "predictions.csv"),
    ("an infinite score", "sed -i '2s/,.*/,inf/' $REFIT_OUTPUT/predictions.csv", "not a finite number"),
    ("nothing", "rm $REFIT_OUTPUT/predictions.csv", "the output 'predictions.csv' is missing"),
  ]

  @Test(arguments: scores)
  func `malformed predictions fail the run`(_ name: String, _ change: String, _ reason: String) throws {
    let project = try TestProject(score: "hostile.sh")
    try project.scratch.write(". jobs/score.sh\n\(change)", to: "jobs/hostile.sh")
    try project.live(0...12, truth: 1.5, version: nil, rows: 20)
    try project.tick(14)
    try project.refit("retrain", "loans", "--because", "first", "--wait")
    #expect(try project.runStates() == ["failed"])
    let told = try project.reason(ofRun: 1)
    #expect(told.contains(reason), "\(told)")
  }

  @Test func `a job whose program is missing fails at once, however many attempts it has`() throws {
    let project = try TestProject(options: ", retries: {attempts: 5, backoff: 1s}")
    let text = try project.scratch.read("refit.yaml")
    try project.scratch.write(
      text.replacingOccurrences(of: "/bin/sh, jobs/train.sh", with: "/no/such/program"), to: "refit.yaml")
    try project.live(0...12, truth: 1.5, version: nil, rows: 20)
    try project.tick(14)
    try project.refit("retrain", "loans", "--because", "first", "--wait")
    #expect(try project.reason(ofRun: 1).contains("'/no/such/program' could not be started"))
  }
}
