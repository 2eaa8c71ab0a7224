import RefitTesting
import Testing

/// Projects whose train job waits for the file `go`.
extension TestProject {
  /// Where the train job of a first run, in its sandbox, tells that it runs.
  static let started = "state/runs/loans/1/train/1/output/started"

  static let waitingJob = """
    echo started >> "$REFIT_OUTPUT/started"
    while [ ! -e go ]; do sleep 0.05; done
    . jobs/train.sh
    """

  /// One that has data, and has ticked on day 16.
  ///
  /// - Parameter options: further settings of the train job.
  static func withWaitingJob(options: String = "") throws -> TestProject {
    let project = try TestProject(train: "slow.sh", options: options)
    try project.scratch.write(waitingJob, to: "jobs/slow.sh")
    try project.live(0...14, truth: 1.5, version: nil)
    try project.tick(16)
    return project
  }

  /// One whose first run is in training.
  static func inTraining(options: String = "") throws -> TestProject {
    let project = try withWaitingJob(options: options)
    try project.refit("retrain", "loans", "--because", "first")
    #expect(eventually { project.scratch.exists(started) })
    return project
  }
}
