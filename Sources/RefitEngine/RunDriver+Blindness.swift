import RefitCore
import RefitStore

extension RunDriver {
  /// What has kept the holdout's labels from the jobs that made and scored the run's candidate: the sandbox where
  /// all of them ran in it, else their promise, with the jobs that ran without.
  func blindness(of run: Run) throws -> String {
    var open: [String] = []
    for record in try store.attempts(run.id) {
      guard record.attempt.subject == .candidate, record.attempt.state == .succeeded,
        record.exit?.guarantee != .namespace
      else { continue }
      open.append(record.attempt.job.text)
    }
    return open.isEmpty ? "by sandbox" : "by convention (without sandbox: \(open.joined(separator: ", ")))"
  }
}
